import Glibc

/// A program of the user's that prints a secret, such as `pass show …`: run without a shell.
///
/// What it writes to stderr is thrown away, for some programs say there what they failed to print.
struct SecretCommand {
  enum Failure: Error, Hashable {
    case notStarted(String)
    case exited(status: Int32)
    case killed(signal: Int32)
    case timedOut
    case tooMuch

    var text: String {
      switch self {
      case .notStarted(let reason): "could not be started: \(reason)"
      case .exited(let status): "ended with exit status \(status)"
      case .killed(let signal): "was ended by signal \(signal)"
      case .timedOut: "did not end in time"
      case .tooMuch: "printed more than a secret's worth"
      }
    }
  }

  let arguments: [String]
  let variables: [String: String]
  var timeout = Duration.seconds(30)

  private static let limit = 64 * 1024

  /// What the command printed, once it ended with status 0.
  func output() throws(Failure) -> [UInt8] {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process: pid_t
    do throws(Failure) {
      process = try start(writingTo: ends[1])
      close(ends[1])
    } catch {
      close(ends[1])
      throw error
    }
    do throws(Failure) {
      let deadline = ContinuousClock.now + timeout
      let bytes = try read(from: ends[0], until: deadline)
      try wait(for: process, until: deadline)
      return bytes
    } catch {
      if error == .timedOut || error == .tooMuch {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
      }
      throw error
    }
  }

  private func start(writingTo output: Int32) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

    var strings = arguments.map { strdup($0) } + [nil]
    var environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in strings + environment { free(string) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, &strings, &environment)
    guard failure == 0 else { throw .notStarted(String(cString: strerror(failure))) }
    return process
  }

  private func read(
    from descriptor: Int32,
    until deadline: ContinuousClock.Instant
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, milliseconds(until: deadline)) != 0 else { throw .timedOut }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= Self.limit else { throw .tooMuch }
    }
  }

  /// A command that closed its output and lives on is given the rest of its time.
  private func wait(
    for process: pid_t,
    until deadline: ContinuousClock.Instant
  ) throws(Failure) {
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      guard milliseconds(until: deadline) > 0 else { throw .timedOut }
      poll(nil, 0, 2)
    }
    let signal = status & 0x7f
    guard signal == 0 else { throw .killed(signal: signal) }
    let code = (status >> 8) & 0xff
    guard code == 0 else { throw .exited(status: code) }
  }

  private func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    Int32(clamping: Int(max(.zero, deadline - .now) / .milliseconds(1)))
  }
}
