import Synchronization

/// Lets only a few at once work on answers; the others wait for their turn.
///
/// What nobody wants any more is not done, and makes room for others as soon as it stands in their way.
final class AnswerSlots: Sendable {
  enum Outcome: Sendable {
    case done
    /// Too many wait already, and nothing was done.
    case full
    /// Nobody wants it any more, and nothing was done.
    case unwanted
  }

  private enum Turn {
    case now
    case full
    case unwanted
  }

  private struct Waiting {
    let isWanted: @Sendable () -> Bool
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State {
    var free: Int
    var waiting: [Waiting] = []

    /// Takes those out whose answers nobody wants.
    mutating func takeUnwanted() -> [Waiting] {
      // Each is asked once, since it may change at any time.
      let all = waiting.map { (waiting: $0, isWanted: $0.isWanted()) }
      waiting = all.filter(\.isWanted).map(\.waiting)
      return all.filter { !$0.isWanted }.map(\.waiting)
    }
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
  /// - Parameters:
  ///   - isWanted: Whether it still has to be done; asked only if it has to wait.
  ///   - body: What is done.
  /// - Returns: What came of it.
  @discardableResult
  func run(
    whileWanted isWanted: @escaping @Sendable () -> Bool = { true },
    _ body: () async -> Void
  ) async -> Outcome {
    switch await take(isWanted) {
    case .full: return .full
    case .unwanted: return .unwanted
    case .now: break
    }
    await body()
    giveBack()
    return .done
  }

  private func take(_ isWanted: @escaping @Sendable () -> Bool) async -> Turn {
    await withCheckedContinuation { continuation in
      let (turn, unwanted) = state.withLock { state -> (Turn?, [Waiting]) in
        if state.free > 0 {
          state.free -= 1
          return (.now, [])
        }
        let unwanted = state.waiting.count < mostWaiting ? [] : state.takeUnwanted()
        guard state.waiting.count < mostWaiting else { return (.full, unwanted) }
        state.waiting.append(Waiting(isWanted: isWanted, continuation: continuation))
        return (nil, unwanted)
      }
      for waiting in unwanted { waiting.continuation.resume(returning: .unwanted) }
      if let turn { continuation.resume(returning: turn) }
    }
  }

  private func giveBack() {
    let (next, unwanted) = state.withLock { state -> (Waiting?, [Waiting]) in
      let unwanted = state.takeUnwanted()
      guard !state.waiting.isEmpty else {
        state.free += 1
        return (nil, unwanted)
      }
      return (state.waiting.removeFirst(), unwanted)
    }
    for waiting in unwanted { waiting.continuation.resume(returning: .unwanted) }
    next?.continuation.resume(returning: .now)
  }
}
