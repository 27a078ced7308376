import Foundation
import Glibc

/// A program in a pseudo-terminal whose other side is this test: it reads, or does not, as the test says.
package final class PseudoTerminal {
  package enum End: Hashable, Sendable {
    case exited(Int32)
    case killed(Int32)
  }

  package struct Timeout: Error, CustomStringConvertible {
    package let description: String
  }

  /// POSIX_SPAWN_SETSID, which Swift does not see.
  private static let newSession: Int32 = 0x80

  private let number: pid_t
  /// The path of the side that the program has.
  private let path: [CChar]
  private var descriptor: Int32
  private var bytes: [UInt8] = []
  private var hasEnded = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - arguments: Without its name.
  ///   - width: In cells.
  ///   - height: In cells.
  ///   - variables: Its environment, beside what every test has; an empty value removes one.
  ///   - closed: Standard descriptors that it does not get.
  /// - Throws: Where there is no pseudo-terminal to be had.
  package init(
    _ program: String,
    _ arguments: [String],
    width: UInt16,
    height: UInt16,
    variables: [String: String] = [:],
    closing closed: [Int32] = []
  ) throws {
    var environment = [
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no",
      "HOME": NSTemporaryDirectory(), "XDG_STATE_HOME": NSTemporaryDirectory(),
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    ]
    environment.merge(variables) { $1 }
    let words = Self.strings([program] + arguments)
    let settings = Self.strings(environment.filter { !$0.value.isEmpty }.map { "\($0)=\($1)" })
    defer { for word in words + settings { free(word) } }
    var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
    var (ours, theirs) = (Int32(-1), Int32(-1))
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&ours, &theirs, &name, nil, &size) == 0 else {
      throw Timeout(description: "no pseudo-terminal: errno \(errno)")
    }
    defer { close(theirs) }
    descriptor = ours
    for end in [ours, theirs] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first that a new session opens becomes its terminal.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    for copy in [1, 2] as [Int32] { posix_spawn_file_actions_adddup2(&actions, 0, copy) }
    for closed in closed { posix_spawn_file_actions_addclose(&actions, closed) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Tests run on threads that hold back signals.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | Self.newSession))
    var number = pid_t()
    let result = posix_spawn(&number, program, &actions, &attributes, words, settings)
    guard result == 0 else {
      throw Timeout(description: "\(program) cannot be run: errno \(result)")
    }
    self.number = number
    path = name
  }

  deinit {
    if !hasEnded {
      kill(number, SIGKILL)
      waitpid(number, nil, 0)
    }
    hangUp()
  }

  /// All that was written so far, as far as it was read.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether lines are edited and echoed, as a shell leaves a terminal.
  package var hasEcho: Bool {
    var modes = termios()
    return tcgetattr(descriptor, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }

  package func type(_ keys: String) {
    let keys = Array(keys.utf8)
    _ = Glibc.write(descriptor, keys, keys.count)
  }

  package func send(_ signal: Int32) { kill(number, signal) }

  /// Takes the terminal away.
  package func hangUp() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Reads until a text is there.
  ///
  /// - Throws: `Timeout` with what came instead.
  package func read(until text: String, within time: Duration = .seconds(60)) throws {
    try read(until: "\"\(text)\"", within: time) { $0.contains(text) }
  }

  /// Reads until all that came so far is as it should be.
  ///
  /// - Throws: `Timeout` with what came instead.
  package func read(
    until what: String,
    within time: Duration = .seconds(60),
    _ isThere: (String) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + time
    while !isThere(text) {
      guard ContinuousClock.now < deadline else {
        throw Timeout(description: "waited in vain for \(what); what came: \(text.suffix(2000))")
      }
      readAvailable()
    }
  }

  /// Reads until a text stands on the screen.
  ///
  /// Counts and names come letter by letter, as they change. Only a whole screen has them in one piece, so
  /// it is asked for again and again.
  ///
  /// - Returns: How often it was asked for.
  /// - Throws: `Timeout` with what came instead.
  @discardableResult
  package func readScreen(until text: String) throws -> Int {
    for count in 1...80 {
      type("\u{C}")
      if (try? read(until: text, within: .milliseconds(500))) != nil { return count }
    }
    try read(until: text, within: .zero)
    return 80
  }

  /// Types the keys again and again, and reads nothing, until the terminal takes no more of what the program
  /// writes.
  ///
  /// - Throws: `Timeout` where it still takes more after a while.
  package func fill(typing keys: [String], within time: Duration = .seconds(60)) throws {
    let side = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    defer { close(side) }
    let deadline = ContinuousClock.now + time
    var round = 0
    while Self.isWritable(side) {
      guard ContinuousClock.now < deadline else { throw Timeout(description: "it is not full") }
      type(keys[round % keys.count])
      round += 1
      // As somebody holds a key: what is typed has to find room, too.
      usleep(10_000)
    }
  }

  private static func isWritable(_ descriptor: Int32) -> Bool {
    var query = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&query, 1, 0) > 0
  }

  /// How the program ends.
  ///
  /// - Throws: `Timeout` where it does not end in time.
  package func end(within time: Duration, isReading: Bool = true) throws -> End {
    let deadline = ContinuousClock.now + time
    var status: Int32 = 0
    while waitpid(number, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else { throw Timeout(description: "it still runs") }
      if isReading { readAvailable() } else { usleep(5_000) }
    }
    hasEnded = true
    if isReading { readAvailable() }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
  }

  private func readAvailable() {
    var query = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&query, 1, 20) > 0 else { return }
    var part = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(descriptor, &part, part.count)
    if count > 0 { bytes += part[..<count] } else { usleep(5_000) }
  }

  private static func strings(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    words.map { strdup($0) } + [nil]
  }
}
