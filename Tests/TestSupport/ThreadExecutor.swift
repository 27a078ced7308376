import Foundation

/// Runs tasks on a few threads of its own, which they may hold up by waiting in system calls.
package final class ThreadExecutor: TaskExecutor {
  // Guarded by `condition`, which is why it may be shared.
  private nonisolated(unsafe) var jobs: [UnownedJob] = []
  private let condition = NSCondition()

  package init(threads: Int) {
    for _ in 0..<threads { Thread.detachNewThread { self.run() } }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.withLock { jobs.append(job) }
    condition.signal()
  }

  private func run() -> Never {
    while true {
      condition.lock()
      while jobs.isEmpty { condition.wait() }
      let job = jobs.removeFirst()
      condition.unlock()
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
