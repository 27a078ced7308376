import Synchronization

/// Lets only a few at once work on answers; the others wait for their turn.
final class AnswerSlots: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>
  private let mostWaiting: Int

  /// - Parameters:
  ///   - count: How many work at once.
  ///   - mostWaiting: How many may wait for their turn.
  init(count: Int, mostWaiting: Int = .max) {
    state = Mutex(State(free: count))
    self.mostWaiting = mostWaiting
  }

  var waitingCount: Int { state.withLock(\.waiting.count) }

  /// Returns false without having done anything if too many wait already.
  @discardableResult
  func run(_ body: () async -> Void) async -> Bool {
    guard await take() else { return false }
    await body()
    giveBack()
    return true
  }

  private enum Turn {
    case now
    case later
    case never
  }

  private func take() async -> Bool {
    var isTaken = true
    await withCheckedContinuation { continuation in
      let turn = state.withLock { state -> Turn in
        if state.free > 0 {
          state.free -= 1
          return .now
        }
        guard state.waiting.count < mostWaiting else { return .never }
        state.waiting.append(continuation)
        return .later
      }
      isTaken = turn != .never
      if turn != .later { continuation.resume() }
    }
    return isTaken
  }

  private func giveBack() {
    let next = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil as CheckedContinuation<Void, Never>?
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
