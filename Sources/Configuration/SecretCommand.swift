import Glibc

/// A user's program that prints a secret, such as `pass show …`; it runs without a shell.
///
/// It has its own session, so that it can't ask on the dashboard's terminal, and so that all
/// processes it started can be ended with it. Its stderr is dropped, because some programs print
/// secrets there.
struct SecretCommand: Hashable, Sendable {
  enum Failure: Error, Hashable {
    case notStarted(String)
    case exited(status: Int32)
    case killed(signal: Int32)
    case timedOut(after: Duration)
    case tooMuch
    case cancelled

    var text: String {
      switch self {
      case .notStarted(let reason): "could not be started: \(reason)"
      case .exited(let status): "ended with exit status \(status)"
      case .killed(let signal): "was killed by signal \(signal)"
      case .timedOut(let time): "did not end within \(ScalarForms.text(of: time))"
      case .tooMuch: "printed more than 64 KiB"
      case .cancelled: "was stopped before it printed a secret"
      }
    }
  }

  let arguments: [String]
  let variables: [String: String]
  var timeout = Duration.seconds(30)

  private static let limit = 64 * 1024

  /// The output of the command when it ended with status 0, even if it left processes running.
  ///
  /// If that takes too long, or the task is cancelled, all processes that it started are ended.
  @concurrent
  func output() async throws(Failure) -> [UInt8] {
    let (reading, writing) = try Self.pipe()
    defer { close(reading) }
    let started = Result { () throws(Failure) in try start(writingTo: writing) }
    close(writing)
    return try await output(of: try started.get(), from: reading)
  }

  /// Checks from time to time whether it has ended.
  ///
  /// Waiting for the pipe to close could take forever, since processes that it left running may
  /// keep it open.
  private func output(
    of process: pid_t,
    from descriptor: Int32
  ) async throws(Failure) -> [UInt8] {
    let start = ContinuousClock.now
    var bytes: [UInt8] = []
    do throws(Failure) {
      while true {
        // The status comes first: then all of the output is in the pipe.
        let status = Self.status(of: process)
        try Self.read(from: descriptor, into: &bytes)
        if let status {
          try Self.check(status)
          return bytes
        }
        let elapsed = ContinuousClock.now - start
        guard elapsed < timeout else { throw .timedOut(after: timeout) }
        let pause = min(max(elapsed / 8, .milliseconds(1)), .milliseconds(20))
        guard (try? await Task.sleep(for: pause)) != nil else { throw .cancelled }
      }
    } catch {
      Self.end(process)
      throw error
    }
  }

  private static func pipe() throws(Failure) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  private func start(writingTo output: Int32) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    Self.separate(&attributes)

    var strings = arguments.map { strdup($0) } + [nil]
    var environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in strings + environment { free(string) } }
    var process = pid_t()
    let failure = posix_spawnp(
      &process,
      arguments[0],
      &actions,
      &attributes,
      &strings,
      &environment
    )
    guard failure == 0 else { throw .notStarted(String(cString: strerror(failure))) }
    return process
  }

  /// Gives it its own session and the default signal handling, because we ignore and block some
  /// signals.
  private static func separate(_ attributes: inout posix_spawnattr_t) {
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // POSIX_SPAWN_SETSID, which the headers define only for GNU sources.
    let setsid: Int32 = 0x80
    let flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | setsid
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  /// Reads what is available.
  private static func read(from descriptor: Int32, into bytes: inout [UInt8]) throws(Failure) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw .tooMuch }
    }
  }

  /// Nil while it runs.
  private static func status(of process: pid_t) -> Int32? {
    var status: Int32 = 0
    return waitpid(process, &status, WNOHANG) == process ? status : nil
  }

  private static func check(_ status: Int32) throws(Failure) {
    let signal = status & 0x7f
    guard signal == 0 else { throw .killed(signal: signal) }
    let code = (status >> 8) & 0xff
    guard code == 0 else { throw .exited(status: code) }
  }

  /// Ends its process group.
  private static func end(_ process: pid_t) {
    kill(-process, SIGKILL)
    waitpid(process, nil, 0)
  }
}
