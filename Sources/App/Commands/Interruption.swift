import Dispatch
import Glibc
import Synchronization

/// Lets work that has started programs end them before a signal ends this process.
///
/// They have a session of their own, so that ^C does not reach them.
enum Interruption {
  /// Cancels the work at a signal, waits until it has cleaned up, and then ends as the signal asks.
  static func cancelling<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    let task = Task { await work() }
    let received = Mutex<Int32?>(nil)
    let signals = [SIGINT, SIGTERM, SIGHUP].filter(isHeeded)
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

  /// `nohup` and background jobs are started with some signals ignored, and stay so.
  private static func isHeeded(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0
  }
}
