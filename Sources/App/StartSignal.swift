import Synchronization

/// Holds back what must not delay the first frame.
final class StartSignal: Sendable {
  private struct State {
    var hasBegun = false
    var waiting: [AsyncStream<Never>.Continuation] = []
  }

  private let state = Mutex(State())

  func begin() {
    let waiting = state.withLock { state in
      state.hasBegun = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for waiter in waiting { waiter.finish() }
  }

  /// Returns once it has begun, or when the task is cancelled.
  func wait() async {
    let (start, source) = AsyncStream.makeStream(of: Never.self)
    let hasBegun = state.withLock { state in
      if !state.hasBegun { state.waiting.append(source) }
      return state.hasBegun
    }
    if hasBegun { return }
    for await _ in start {}
  }
}
