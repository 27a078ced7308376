import Dispatch

/// Runs work that may block on a disk, or on a network file system that does not answer.
enum Blocking {
  /// Runs it on a thread of its own, because Swift has only as many threads as there are cores.
  ///
  /// - Returns: Nil if the task was cancelled meanwhile; the work then continues without being
  ///   awaited.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
    let (results, source) = AsyncStream.makeStream(of: Value.self)
    DispatchQueue.global().async {
      source.yield(work())
      source.finish()
    }
    return await results.first { _ in true }
  }
}
