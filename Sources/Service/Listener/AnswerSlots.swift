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

  /// Does something when there is room.
  ///
  /// - Parameter body: Is told whether it had to wait.
  /// - Returns: False, without having done anything, if too many wait already.
  @discardableResult
  func run(_ body: (_ hasWaited: Bool) async -> Void) async -> Bool {
    let turn = await take()
    guard turn != .never else { return false }
    await body(turn == .later)
    giveBack()
    return true
  }

  private enum Turn {
    case now
    case later
    case never
  }

  private func take() async -> Turn {
    var turn = Turn.now
    await withCheckedContinuation { continuation in
      turn = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return .now
        }
        guard state.waiting.count < mostWaiting else { return .never }
        state.waiting.append(continuation)
        return .later
      }
      if turn != .later { continuation.resume() }
    }
    return turn
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
