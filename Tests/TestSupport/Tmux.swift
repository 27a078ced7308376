package import Foundation
import Glibc

/// A terminal to run the product in: one pane with a shell, on a tmux server of its own.
///
/// What is waited for is polled, with a deadline; when it does not come, the whole screen is in the
/// error.
package final class Tmux {
  package struct Timeout: Error, CustomStringConvertible {
    package let description: String
  }

  /// Tests that need it are skipped where it is missing.
  package static let isInstalled = (try? output(of: "tmux", ["-V"])) != nil

  private static let patience = Duration.seconds(60)

  private let socket = "wabatop-\(UUID().uuidString)"
  /// Removed with the server.
  package let directory: URL

  package init(
    width: Int,
    height: Int,
    environment: [String: String] = [:]
  ) throws {
    directory = URL.temporaryDirectory.appending(path: socket)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    // Dates, widths and messages are the same on every machine, and nothing of the user's is read.
    let fixed = [
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "screen-256color", "PS1": "$ ",
      "HOME": directory.path, "XDG_CONFIG_HOME": directory.path, "XDG_STATE_HOME": directory.path,
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let variables = fixed.merging(environment) { _, given in given }
    try run(
      ["-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", "env", "-i"]
        + ["PATH=\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
        + variables.map { "\($0.key)=\($0.value)" } + ["sh"]
    )
    try run(["set-option", "-g", "window-size", "manual"])
  }

  deinit { close() }

  /// Presses keys by tmux's names: `Down`, `Enter`, `C-c`, or single characters.
  package func press(_ keys: String...) throws {
    try run(["send-keys"] + keys)
  }

  /// Types a command line and presses Enter.
  package func type(_ line: String) throws {
    try run(["send-keys", "-l", line])
    try press("Enter")
  }

  /// Sends bytes as they are, such as what a mouse says.
  package func send(_ text: String) throws {
    try run(["send-keys", "-l", text])
  }

  /// Pastes as a terminal does: in brackets, where the program has asked for them.
  package func paste(_ text: String) throws {
    let file = directory.appending(path: "pasted")
    try Data(text.utf8).write(to: file)
    try run(["load-buffer", "-b", "pasted", file.path])
    try run(["paste-buffer", "-p", "-r", "-d", "-b", "pasted"])
  }

  /// Tells tmux to take what programs copy.
  package func acceptCopies() throws { try run(["set-option", "-s", "set-clipboard", "on"]) }

  /// What the program has put into the clipboard.
  package var copied: String {
    get throws { (try? run(["show-buffer"])) ?? "" }
  }

  package func resize(width: Int, height: Int) throws {
    try run(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Ends the server, as a terminal goes when its window is closed.
  package func close() {
    _ = try? run(["kill-server"])
    try? FileManager.default.removeItem(at: directory)
  }

  package var screen: [String] {
    get throws {
      try run(["capture-pane", "-p"])
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The colour sequences that the screen is made with now.
  package var colors: Set<Substring> {
    get throws { Set(try run(["capture-pane", "-p", "-e"]).matches(of: /\e\[[0-9;]*m/).map(\.0)) }
  }

  package var isAlternateScreen: Bool {
    get throws { try run(["display-message", "-p", "#{alternate_on}"]).hasPrefix("1") }
  }

  package var isCursorVisible: Bool {
    get throws { try run(["display-message", "-p", "#{cursor_flag}"]).hasPrefix("1") }
  }

  /// Waits until a line of the screen holds the text.
  ///
  /// - Parameters:
  ///   - text: What must be in one line.
  ///   - row: Which line it must be in, counted from 0; any if nil.
  /// - Returns: The screen on which it was.
  /// - Throws: `Timeout` with the whole screen when it did not come.
  @discardableResult
  package func wait(for text: String, row: Int? = nil) async throws -> [String] {
    try await wait(until: "\"\(text)\" is there") { screen in
      guard let row else { return screen.contains { $0.contains(text) } }
      return row < screen.count && screen[row].contains(text)
    }
  }

  /// Waits until the screen is as described.
  ///
  /// - Parameters:
  ///   - description: For the error.
  ///   - condition: Asked again and again.
  /// - Returns: The screen on which it was so.
  /// - Throws: `Timeout` with the whole screen when it did not come.
  @discardableResult
  package func wait(
    until description: String,
    _ condition: ([String]) -> Bool
  ) async throws -> [String] {
    let deadline = ContinuousClock.now + Self.patience
    var last: [String] = []
    while ContinuousClock.now < deadline {
      last = try screen
      if condition(last) { return last }
      // A terminal tells nobody when it has drawn. The thread is held up, since a task that sleeps is woken
      // on the threads of all tests.
      usleep(30_000)
    }
    let shown = last.joined(separator: "\n")
    throw Timeout(description: "waited in vain until \(description); the screen:\n\(shown)")
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    try Self.output(of: "tmux", ["-L", socket] + arguments)
  }

  private struct Failure: Error {
    let command: [String]
    let status: Int32
  }

  /// Runs a program to its end.
  ///
  /// Not with Foundation's `Process`, which waits until nobody holds a descriptor that the server
  /// inherits and keeps; and into a file, since the server would keep a pipe open too.
  private static func output(of program: String, _ arguments: [String]) throws -> String {
    let file = URL.temporaryDirectory.appending(path: "wabatop-\(UUID().uuidString).out")
    defer { try? FileManager.default.removeItem(at: file) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, file.path, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Tests run on threads that hold back signals, which the server would inherit: it could not be
    // ended.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var number = pid_t()
    guard posix_spawnp(&number, program, &actions, &attributes, &words, environ) == 0 else {
      throw Failure(command: [program] + arguments, status: -1)
    }
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw Failure(command: [program] + arguments, status: status) }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
