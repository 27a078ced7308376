import Dispatch
import Glibc
import Synchronization

/// Lets work end the programs that it started before a signal ends this process.
///
/// They have their own session, so ^C does not reach them.
enum Interruption {
  /// On a signal, cancels the work, waits for its clean-up, and then ends by that signal.
  static func cancelling<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    let task = Task { await work() }
    let received = Mutex<Int32?>(nil)
    let signals = [SIGINT, SIGTERM, SIGHUP].filter(isHandled)
    let sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        received.withLock { $0 = number }
        task.cancel()
      }
      source.resume()
      return source
    }
    let value = await task.value
    for source in sources { source.cancel() }
    for number in signals { signal(number, SIG_DFL) }
    if let number = received.withLock({ $0 }) { kill(getpid(), number) }
    return value
  }

  /// Whether the signal is not ignored: `nohup` and background jobs ignore some signals.
  private static func isHandled(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0
  }
}
