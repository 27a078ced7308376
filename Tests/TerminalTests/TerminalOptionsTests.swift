import Testing

@testable import Canvas
@testable import Terminal

struct TerminalOptionsTests {
  @Test(arguments: [
    ("xterm-256color", ["xterm-256color", "xterm-256color", "xterm", "vt100"]),
    ("xterm-kitty", ["xterm-kitty", "xterm-256color", "xterm", "vt100"]),
    ("tmux-256color", ["tmux-256color", "screen-256color", "screen", "xterm-256color"]),
    ("linux", ["linux", "xterm-256color", "xterm", "vt100"]),
  ])
  func `an unknown terminal falls back to what it understands`(term: String, first: [String]) {
    let options = TerminalOptions(environment: ["TERM": term])
    #expect(Array(options.candidates.prefix(4)) == first)
  }

  @Test func `an emulator that says it has colours gets more than xterm's eight`() {
    let modest = TerminalOptions(environment: ["TERM": "xterm"])
    #expect(modest.candidates.first == "xterm")
    let able = TerminalOptions(environment: ["TERM": "xterm", "COLORTERM": "truecolor"])
    #expect(able.candidates.first == "xterm-256color")
    let asked = TerminalOptions(environment: ["TERM": "screen"], color: .indexed256)
    #expect(asked.candidates.first == "screen-256color")
    let refused = TerminalOptions(
      environment: ["TERM": "xterm", "COLORTERM": "truecolor"],
      color: .ansi16
    )
    #expect(refused.candidates.first == "xterm")
  }

  @Test func `direct colours are used on request only`() {
    let asked = TerminalOptions(environment: ["TERM": "xterm-256color"], color: .truecolor)
    #expect(asked.candidates.first == "xterm-direct")
    let kitty = TerminalOptions(environment: ["TERM": "xterm-kitty"], color: .truecolor)
    #expect(
      Array(kitty.candidates.prefix(3)) == ["xterm-kitty-direct", "xterm-direct", "xterm-kitty"]
    )
    let linux = TerminalOptions(environment: ["TERM": "linux"], color: .truecolor)
    #expect(!linux.candidates.contains("xterm-direct"))
  }

  @Test(
    arguments: [
      (ColorPreference.auto, [:], 256, ColorDepth.indexed256),
      (.auto, ["NO_COLOR": "1"], 256, .mono),
      (.auto, ["NO_COLOR": ""], 256, .indexed256),
      (.indexed256, ["NO_COLOR": "1"], 256, .indexed256),
      (.never, [:], 256, .mono), (.ansi16, [:], 256, .ansi16), (.ansi16, [:], 8, .ansi8),
      (.truecolor, [:], 256, .indexed256), (.truecolor, [:], 1 << 24, .truecolor),
      (.auto, [:], 0, .mono),
      (.auto, [:], 8, .ansi8), (.auto, [:], 16, .ansi16), (.auto, [:], 88, .ansi16),
    ] as [(ColorPreference, [String: String], Int, ColorDepth)]
  )
  func `colours follow the terminal and the user`(
    color: ColorPreference,
    environment: [String: String],
    colors: Int,
    depth: ColorDepth
  ) {
    let options = TerminalOptions(environment: environment, color: color)
    #expect(options.depth(colors: colors, isDirect: colors > 256) == depth)
  }

  @Test(
    arguments: [
      ([:], "C.UTF-8"), (["LANG": ""], "C.UTF-8"), (["LANG": "de_XX.UTF-8"], "C.UTF-8"),
      (["LANG": "de_DE.utf8@euro"], "C.UTF-8"), (["LANG": "de_DE.ISO-8859-1"], nil),
      (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], nil),
      (["LC_ALL": "", "LANG": "C.UTF-8"], "C.UTF-8"),
      (["LC_CTYPE": "POSIX"], nil),
    ] as [([String: String], String?)]
  )
  func `a locale that was never chosen is no reason for ASCII`(
    environment: [String: String],
    fallback: String?
  ) {
    #expect(TerminalOptions(environment: environment).localeFallback == fallback)
  }

  @Test(arguments: [
    TerminalError.outputIsNoTerminal, .inputIsNoTerminal, .termIsNotSet, .termIsDumb,
    .unusable(term: "weird\u{1B}[2J"),
  ])
  func `a terminal that cannot be used is told what to use instead`(error: TerminalError) {
    #expect(error.description.contains("\"wabatop check\""))
    #expect(error.description.contains("\"wabatop snapshot\""))
    #expect(!error.description.contains("\u{1B}"))
  }
}
