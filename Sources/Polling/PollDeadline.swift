import Synchronization

/// Ends one poll from outside.
///
/// A sleeping task per poll would do the same, but the system keeps a cancelled timer until its time:
/// at thousands of polls a second that is a pile. So one timer per account calls `pass`.
final class PollDeadline: Sendable {
  private enum State {
    case ahead
    case awaited(CheckedContinuation<Void, Never>)
    case passed
  }

  private let state = Mutex(State.ahead)

  func pass() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      defer { state = .passed }
      if case .awaited(let continuation) = state { return continuation }
      return nil
    }
    waiting?.resume()
  }

  /// What the work returns, or nil when the deadline passes or the task is cancelled first.
  ///
  /// The work is cancelled then and has to end soon, as all that waits on the network or on time does.
  @concurrent
  func race<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer) async -> Answer? {
    await withTaskGroup(of: Answer?.self) { group in
      group.addTask { await work() }
      group.addTask {
        await self.wait()
        return nil
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? nil
    }
  }

  /// Returns when the deadline has passed or the task is cancelled.
  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let hasPassed = state.withLock { state -> Bool in
          if case .passed = state { return true }
          state = .awaited(continuation)
          return false
        }
        if hasPassed { continuation.resume() }
      }
    } onCancel: {
      pass()
    }
  }
}
