import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What is asked of a terminal beside frames, and how it is given back.
@Suite(.serialized, .realTime, .timeLimit(.minutes(3)))
struct TerminalModesTests {
  private static let dark = "\u{1B}]11;rgb:1010/1010/1010\u{1B}\\"
  private static let light = "\u{1B}]11;rgb:fafa/fafa/fafa\u{1B}\\"
  private static let knowsModes = "\u{1B}[?1004;2$y\u{1B}[?2031;2$y"
  private static let knowsNoModes = "\u{1B}[?1004;0$y\u{1B}[?2031;0$y"
  private static let attributes = "\u{1B}[?64;1;2c"
  private static let question = "\u{1B}[?1004$p\u{1B}[?2031$p\u{1B}[c"
  private static let off = "\u{1B}[?1004l\u{1B}[?2004l\u{1B}[?2031l"

  /// Starts the demo in a terminal that answers so.
  private func start(
    answering answer: String,
    _ arguments: [String] = [],
    width: UInt16 = 80,
    height: UInt16 = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      Product.binary,
      ["demo", "--seed", "1", "--refresh", "30s", "--theme", "auto"] + arguments,
      width: width,
      height: height
    )
    try terminal.read(until: Self.question)
    terminal.type(answer)
    try terminal.read(until: "of 60")
    return terminal
  }

  enum Exit: CaseIterable { case key, term, interrupt, hangUp }

  @Test(arguments: Exit.allCases)
  func `modes that the terminal knows are on, and off after every way out`(exit: Exit) throws {
    let terminal = try start(answering: Self.dark + Self.knowsModes + Self.attributes)
    #expect(terminal.text.contains("\u{1B}[?1004h"))
    #expect(terminal.text.contains("\u{1B}[?2031h"))
    #expect(!terminal.text.contains("\u{1B}[?1004l"))
    switch exit {
    case .key: terminal.type("q")
    case .term: terminal.send(SIGTERM)
    case .interrupt: terminal.send(SIGINT)
    case .hangUp: terminal.send(SIGHUP)
    }
    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
    #expect(terminal.text.contains(Self.off))
  }

  @Test func `a fault switches them off too`() throws {
    let terminal = try start(answering: Self.dark + Self.knowsModes + Self.attributes)
    terminal.send(SIGSEGV)
    #expect(try terminal.end(within: .seconds(20)) == .killed(SIGSEGV))
    #expect(terminal.text.contains(Self.off))
  }

  @Test func `a terminal that does not know a mode is not sent it`() throws {
    let terminal = try start(answering: Self.dark + Self.knowsNoModes + Self.attributes)
    terminal.type("jj")
    try terminal.readScreen(until: "of 60")
    #expect(!terminal.text.contains("\u{1B}[?1004h"))
    #expect(!terminal.text.contains("\u{1B}[?2031h"))
  }

  @Test func `answers that come late count, and are no keys`() throws {
    let terminal = try start(answering: Self.attributes)
    terminal.type(Self.knowsModes)
    try terminal.read(until: "\u{1B}[?1004h")
    try terminal.read(until: "\u{1B}[?2031h")
    // Letters of an answer would have quit or opened something.
    try terminal.readScreen(until: "of 60")
  }

  @Test func `a terminal that turns light is asked once, and gets the light theme`() throws {
    let terminal = try start(answering: Self.dark + Self.knowsModes + Self.attributes)
    let asked = "\u{1B}]11;?"
    let former = terminal.text.components(separatedBy: asked).count
    terminal.type("\u{1B}[?997;2n\u{1B}[?997;2n")
    try terminal.read(until: "asked again") { $0.components(separatedBy: asked).count > former }
    #expect(terminal.text.components(separatedBy: asked).count == former + 1)
    let before = terminal.text.utf8.count
    terminal.type(Self.light)
    // Another style sheet: every row is sent again, which no age and no clock amounts to.
    try terminal.read(until: "a whole screen") { $0.utf8.count > before + 4000 }
  }

  @Test func `typing a filter shows no cursor and clears no screen`() throws {
    let terminal = try start(answering: Self.dark + Self.knowsModes + Self.attributes)
    let before = terminal.text.utf8.count
    for key in ["/", "a", "c", "m"] {
      terminal.type(key)
      try terminal.read(until: "the frame") { $0.utf8.count > before }
    }
    let repaints = try terminal.readScreen(until: "acm")
    let sent = String(decoding: Array(terminal.text.utf8.dropFirst(before)), as: UTF8.self)
    #expect(!sent.contains("\u{1B}[?25h") && !sent.contains("\u{1B}[?12l"))
    // A screen that was asked for is cleared first, and no other.
    let clears = ["\u{1B}[2J", "\u{1B}[H\u{1B}[J"].map { sent.ranges(of: $0).count }
    #expect(clears.reduce(0, +) <= repaints)
  }

  @Test func `an address is a link, and its text stands there bare`() throws {
    let terminal = try start(
      answering: Self.dark + Self.knowsModes + Self.attributes,
      width: 160,
      height: 50
    )
    try terminal.read(until: "\u{1B}]8;id=")
    try terminal.read(until: ";https://")
    try terminal.read(until: "\u{1B}]8;;\u{1B}\\\u{1B}8")
  }
}
