import Foundation
import Glibc
import TestSupport
import Testing

/// What shells, lines and other programs do to a process: none of it may leave a terminal or a core
/// behind.
@Suite(.serialized, .realTime, .timeLimit(.minutes(5)))
struct ProcessTests {
  /// Keys after which all is drawn anew: they soon fill what lies between program and terminal.
  private static let fullScreens = ["\u{C}2", "\u{C}1"]

  private func demo(
    _ arguments: [String] = ["demo", "--seed", "1"],
    closing closed: [Int32] = [],
    variables: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      Product.binary,
      arguments,
      width: 80,
      height: 24,
      variables: variables,
      closing: closed
    )
  }

  @Test(arguments: [[0], [2], [0, 2]] as [[Int32]])
  func `standard descriptors that are closed at the start do no harm`(closed: [Int32]) throws {
    let terminal = try demo(closing: closed)
    try terminal.readScreen(until: "of 60")
    terminal.type("q")

    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
  }

  @Test func `closed standard output is said and ends`() throws {
    let terminal = try demo(closing: [1])

    #expect(try terminal.end(within: .seconds(20)) == .exited(3))
  }

  @Test(arguments: ["themes", "config paths", "check --demo --output json", "simulate"])
  func `a result that goes nowhere is said`(command: String) throws {
    let terminal = try PseudoTerminal(
      "/bin/sh",
      ["-c", "\(Product.binary) \(command) >&-"],
      width: 120,
      height: 24
    )
    try terminal.read(until: "could not be written: Bad file descriptor")

    #expect(try terminal.end(within: .seconds(20)) == .exited(3))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a terminal that does not read holds up no end`(signal: Int32) throws {
    let terminal = try demo(["demo", "--numbers", "2000", "--refresh", "1s"])
    try terminal.readScreen(until: "of 2000")
    try terminal.fill(typing: Self.fullScreens)
    terminal.send(signal)

    #expect(try terminal.end(within: .seconds(20), isReading: false) == .exited(0))
  }

  @Test(arguments: ["q", "TERM", "HUP", "KILLED"])
  func `nor does a large one that stops to read while frames are drawn`(end: String) throws {
    let terminal = try PseudoTerminal(
      Product.binary,
      ["demo", "--seed", "1"],
      width: 160,
      height: 50,
      variables: ["SWIFT_BACKTRACE": ""]
    )
    try terminal.readScreen(until: "of 60")
    try terminal.fill(typing: ["\u{1B}[6~", "2", "1", "3", "4"])
    switch end {
    case "q": terminal.type("q")
    case "TERM": terminal.send(SIGTERM)
    case "HUP": terminal.send(SIGHUP)
    default: terminal.send(SIGILL)
    }

    let expected: PseudoTerminal.End = end == "KILLED" ? .killed(SIGILL) : .exited(0)
    #expect(try terminal.end(within: .seconds(20), isReading: false) == expected)
  }

  @Test func `a proxy in the environment is not for the simulator`() throws {
    let terminal = try demo(
      ["snapshot", "--demo", "--size", "120x40"],
      variables: ["http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "socks5://127.0.0.1:1"]
    )

    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
    #expect(terminal.text.contains("● OK"))
    #expect(!terminal.text.contains("unreachable"))
  }

  @Test func `the keys of connections are written nowhere, whatever the environment says`() throws {
    let path = NSTemporaryDirectory() + "wabatop-keys-\(UUID().uuidString)"
    defer { unlink(path) }
    let terminal = try demo(
      ["snapshot", "--demo", "--size", "120x40"],
      variables: ["SSLKEYLOGFILE": path]
    )

    // libcurl opens the file when it is started, before there is any connection.
    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
    #expect(terminal.text.contains("● OK"))
    #expect(access(path, F_OK) != 0)
  }

  @Test func `libraries that only some commands need are not loaded at the start`() throws {
    let terminal = try demo(variables: ["LD_TRACE_LOADED_OBJECTS": "1"])
    _ = try terminal.end(within: .seconds(20))

    #expect(terminal.text.contains("libncursesw"))
    for library in ["libcurl", "libssl", "libcrypto"] {
      #expect(!terminal.text.contains(library), "\(library)")
    }
  }

  @Test func `keys go on while a terminal does not read, and q ends`() throws {
    let terminal = try demo(["demo", "--numbers", "2000", "--refresh", "1s"])
    try terminal.readScreen(until: "of 2000")
    try terminal.fill(typing: Self.fullScreens)
    terminal.type("q")

    #expect(try terminal.end(within: .seconds(20), isReading: false) == .exited(0))
  }

  @Test func `a terminal that reads again gets a whole screen`() throws {
    let terminal = try demo(["demo", "--numbers", "2000", "--refresh", "1s"])
    try terminal.readScreen(until: "of 2000")
    try terminal.fill(typing: Self.fullScreens)
    terminal.type("?")
    try terminal.read(until: "Esc")
    terminal.type("\u{1B}q")

    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
  }

  @Test(arguments: [SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGSEGV, SIGILL])
  func `a signal that ends it gives the terminal back at once, with no prompt`(
    signal: Int32
  ) throws {
    let terminal = try demo(variables: ["SWIFT_BACKTRACE": ""])
    try terminal.readScreen(until: "of 60")
    terminal.send(signal)

    #expect(try terminal.end(within: .seconds(20)) == .killed(signal))
    #expect(terminal.text.contains("\u{1B}[?1049l"))
    #expect(terminal.hasEcho)
  }

  @Test(arguments: [32, 64])
  func `few descriptors are enough`(limit: Int) throws {
    // What the tests have open is not to count.
    let command = """
      for number in {3..250}; do eval "exec $number>&-"; done
      ulimit -n \(limit); exec \(Product.binary) demo --seed 1
      """
    let terminal = try PseudoTerminal("/bin/bash", ["-c", command], width: 80, height: 24)
    try terminal.readScreen(until: "of 60")
    terminal.type("q")

    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
  }

  @Test func `a terminal that is gone ends it`() throws {
    let terminal = try demo()
    try terminal.readScreen(until: "of 60")
    terminal.hangUp()

    #expect(try terminal.end(within: .seconds(20), isReading: false) == .exited(0))
  }

  @Test(arguments: ["sh", "bash"])
  func `behind a shell it writes nothing, and fg brings the screen back`(
    shell: String
  ) async throws {
    guard Tmux.isInstalled else { return }
    let terminal = try Tmux(width: 80, height: 24)
    try terminal.type("exec \(shell)")
    let product = Product(terminal: terminal)
    try terminal.type(product.command("demo --seed 1 --refresh 30s"))
    try await terminal.wait(for: "of 60")
    try terminal.press("C-z")
    try await terminal.wait(until: "the shell is there") { $0.contains { $0.contains("Stopped") } }
    try terminal.type("clear")
    try terminal.type("bg")
    try terminal.type("echo still-here")
    try await terminal.wait(for: "still-here")
    // Long enough for several frames.
    try await Task.sleep(for: .seconds(2))
    let screen = try terminal.screen

    #expect(!screen.contains { $0.contains("of 60") })
    #expect(screen.contains { $0.hasSuffix("still-here") && !$0.contains("echo") }, "\(screen)")
    #expect(Product.isRunning(try product.processNumber))
    try terminal.type("fg")
    try await terminal.wait(for: "of 60")
    // The keys are the screen's again, and not echoed.
    try terminal.press("2")
    try await terminal.wait(for: "[2]Tiles")
    try terminal.press("q")
    try await terminal.wait(until: "the shell is there") { !$0.contains { $0.contains("of 60") } }
  }
}
