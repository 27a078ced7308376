import CLinux
import Glibc

/// A user's program, which runs without a shell.
///
/// It has its own session, so that it can't ask on the dashboard's terminal, and so that all
/// processes it started can be ended with it, but for those that began a session of their own.
package struct ChildProcess: Sendable {
  /// How it ended.
  package enum End: Hashable, Sendable {
    case exited(Int32)
    case killed(Int32)
  }

  /// Why it could not be started, in the system's words.
  package struct NotStarted: Error, Hashable {
    package let reason: String

    /// The reason of the last failed call.
    fileprivate static var last: Self { Self(reason: String(cString: strerror(errno))) }
  }

  /// What a program writes, which is read without waiting.
  package struct Output: Sendable {
    fileprivate let reading: Int32
    fileprivate let writing: Int32

    package init() throws(NotStarted) {
      var ends: [Int32] = [-1, -1]
      guard Glibc.pipe(&ends) == 0 else { throw .last }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
      (reading, writing) = (ends[0], ends[1])
    }

    /// Reads what is there, up to about a limit; empty if there is nothing.
    package func read(upTo limit: Int) -> [UInt8] {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while bytes.count < limit {
        let count = Glibc.read(reading, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        bytes += buffer[..<count]
      }
      return bytes
    }

    /// Nothing is read any more; processes that were left running find that nobody listens.
    package func close() { Glibc.close(reading) }
  }

  /// Where the program's output goes; what has no place is dropped.
  package struct Streams: Sendable {
    /// What it may read; nil is nothing.
    package var input: [UInt8]?
    package var output: Output?
    package var error: Output?

    package init(input: [UInt8]? = nil, output: Output? = nil, error: Output? = nil) {
      (self.input, self.output, self.error) = (input, output, error)
    }
  }

  private let number: pid_t

  /// Starts a program; the first argument is its name or path.
  ///
  /// This process's ends of the outputs for writing are closed, whether it starts or not.
  package init(
    _ arguments: [String],
    variables: [String: String],
    _ streams: Streams
  ) throws(NotStarted) {
    defer { for case let output? in [streams.output, streams.error] { close(output.writing) } }
    let input = try streams.input.map { bytes throws(NotStarted) in try Self.file(of: bytes) }
    defer { if let input { close(input) } }
    number = try Self.start(arguments, variables, input, streams)
  }

  /// How it ended; nil while it runs.
  ///
  /// - Returns: An end only once: after it the process is nobody's any more.
  package func end() -> End? {
    var status: Int32 = 0
    guard waitpid(number, &status, WNOHANG) == number else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal)
  }

  /// Kills it and all that it started in its session, while it runs.
  package func kill() {
    // Each round finds what was started during the one before. It can't be used again as the number of
    // another session before it is waited for.
    for _ in 0..<Self.mostRounds {
      let processes = Self.processes(of: number)
      guard !processes.isEmpty else { break }
      for process in processes { _ = Glibc.kill(process, SIGKILL) }
      if processes == [number] { break }
    }
    waitpid(number, nil, 0)
  }

  private static let mostRounds = 10

  /// The processes of a session, also those in groups of their own: `timeout` and shells make such.
  private static func processes(of session: pid_t) -> [pid_t] {
    guard let directory = opendir("/proc") else { return [session] }
    defer { closedir(directory) }
    var processes: [pid_t] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let number = pid_t(name), getsid(number) == session { processes.append(number) }
    }
    return processes
  }

  /// A file without a name: a program that does not read it holds up nobody, as it would with a pipe.
  private static func file(of bytes: [UInt8]) throws(NotStarted) -> Int32 {
    let closeOnExec: UInt32 = 1
    let descriptor = memfd_create("input", closeOnExec)
    guard descriptor >= 0 else { throw .last }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        defer { close(descriptor) }
        throw .last
      }
      rest = rest.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func start(
    _ arguments: [String],
    _ variables: [String: String],
    _ input: Int32?,
    _ streams: Streams
  ) throws(NotStarted) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (place, descriptor) in [input, streams.output?.writing, streams.error?.writing].enumerated()
    {
      if let descriptor {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
      } else {
        let mode = place == 0 ? O_RDONLY : O_WRONLY
        posix_spawn_file_actions_addopen(&actions, Int32(place), "/dev/null", mode, 0)
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    separate(&attributes)

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
    guard failure == 0 else { throw NotStarted(reason: String(cString: strerror(failure))) }
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
}
