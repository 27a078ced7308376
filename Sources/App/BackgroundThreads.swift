import DequeModule
import Glibc
import ServiceLifecycle

/// Threads of a lower priority, for everything but the screen.
///
/// As many numbers as answer are polled at once, and each answer is work for every core. A thread that
/// is woken by a key would wait for its turn among these; with a higher priority it runs at once.
final class BackgroundThreads: TaskExecutor {
  static let shared = BackgroundThreads(count: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// The nice value: about a tenth of the processor time that a thread of the screen gets, when both
  /// want it.
  private static let niceness: Int32 = 10

  // Guarded by the lock, which is why they may be shared.
  private nonisolated(unsafe) var jobs: Deque<UnownedJob> = []
  private nonisolated(unsafe) var idle = 0
  // Never moved or freed, because the executor's threads never end.
  private nonisolated(unsafe) let lock: UnsafeMutablePointer<pthread_mutex_t>
  private nonisolated(unsafe) let arrival: UnsafeMutablePointer<pthread_cond_t>

  private init(count: Int) {
    (lock, arrival) = (.allocate(capacity: 1), .allocate(capacity: 1))
    pthread_mutex_init(lock, nil)
    pthread_cond_init(arrival, nil)
    for _ in 0..<count { startThread() }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    pthread_mutex_lock(lock)
    jobs.append(job)
    let isAwaited = idle > 0
    pthread_mutex_unlock(lock)
    if isAwaited { pthread_cond_signal(arrival) }
  }

  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread,
      nil,
      { context in
        guard let context else { return nil }
        Unmanaged<BackgroundThreads>.fromOpaque(context).takeRetainedValue().run()
      },
      context
    )
    precondition(result == 0, "no thread could be started")
    pthread_detach(thread)
  }

  private func run() -> Never {
    // Signals must be delivered to the threads that handle them.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    // On Linux it counts for the thread only. Without it everything works as well, but slower.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
    while true { takeJob().runSynchronously(on: asUnownedTaskExecutor()) }
  }

  private func takeJob() -> UnownedJob {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let job = jobs.popFirst() { return job }
      idle += 1
      pthread_cond_wait(arrival, lock)
      idle -= 1
    }
  }
}

/// A service whose tasks run on the background threads.
struct BackgroundService: Service {
  let service: any Service

  func run() async throws {
    try await withTaskExecutorPreference(BackgroundThreads.shared) { try await service.run() }
  }
}
