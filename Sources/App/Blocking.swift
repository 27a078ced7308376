import Dispatch

/// Work that may wait for a disk, or for a network file system that does not answer.
enum Blocking {
  /// Runs it on a thread that nobody else needs: Swift's own are as few as there are cores.
  ///
  /// - Returns: Nil when the task was cancelled meanwhile; the work is then left to itself.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
    let (results, source) = AsyncStream.makeStream(of: Value.self)
    DispatchQueue.global().async {
      source.yield(work())
      source.finish()
    }
    return await results.first { _ in true }
  }
}
