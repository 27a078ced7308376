import DequeModule
import Dispatch
import Glibc
import ServiceLifecycle
import Synchronization

/// Threads of a lower priority, for everything but the screen.
///
/// As many numbers as answer are polled at once, and each answer is work for every core. A thread that
/// is woken by a key would wait for its turn among these; with a higher priority it runs at once.
final class BackgroundThreads: TaskExecutor {
  static let shared = BackgroundThreads(count: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// The nice value: about a tenth of the processor time that a thread of the screen gets, when both
  /// want it.
  private static let niceness: Int32 = 10

  private let jobs = Mutex<Deque<UnownedJob>>([])
  /// How many jobs wait.
  private let waiting = DispatchSemaphore(value: 0)

  private init(count: Int) {
    for _ in 0..<count { startThread() }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
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
    while true {
      waiting.wait()
      let job = jobs.withLock { $0.popFirst() }
      job?.runSynchronously(on: asUnownedTaskExecutor())
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
