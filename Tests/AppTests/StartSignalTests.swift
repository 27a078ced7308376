import Testing

@testable import App

/// What must not delay the first frame.
struct StartSignalTests {
  private let signal = StartSignal()

  @Test func `all that wait go on when it begins, and nobody waits after that`() async {
    let waiting = (0..<3).map { _ in Task { await signal.wait() } }
    signal.begin()
    for task in waiting { await task.value }
    await signal.wait()
  }

  @Test func `what is cancelled does not wait`() async {
    let waiting = Task { await signal.wait() }
    waiting.cancel()
    await waiting.value
  }
}
