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
  /// Of each thread: the job that it does next by itself.
  private let nextJob: pthread_key_t

  private init(count: Int) {
    var key = pthread_key_t()
    let result = pthread_key_create(&key, nil)
    precondition(result == 0, "no thread could have a job of its own")
    nextJob = key
    for _ in 0..<count { startThread() }
  }

  /// A job that one of the threads enqueues is mostly what that thread's own task goes on with, on
  /// another actor: it is done next by the same thread, where no other job waits, since to wake
  /// another thread would cost more than most of these jobs.
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let own = pthread_getspecific(nextJob)?.assumingMemoryBound(to: UnownedJob?.self)
    let isOwn = jobs.withLock { jobs in
      if let own, own.pointee == nil, jobs.isEmpty {
        own.pointee = job
        return true
      }
      jobs.append(job)
      return false
    }
    if !isOwn { waiting.signal() }
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
    let own = UnsafeMutablePointer<UnownedJob?>.allocate(capacity: 1)
    own.initialize(to: nil)
    pthread_setspecific(nextJob, own)
    while true {
      waiting.wait()
      own.pointee = jobs.withLock { $0.popFirst() }
      while let job = own.pointee {
        own.pointee = nil
        job.runSynchronously(on: asUnownedTaskExecutor())
      }
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
