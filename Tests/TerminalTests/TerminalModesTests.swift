import Testing

@testable import Terminal

@MainActor
struct TerminalModesTests {
  @Test func `a mode that the terminal knows late is on at once, and again after a stop`() {
    var written: [String] = []
    let modes = TerminalModes(using: [.bracketedPaste]) { written.append($0) }
    modes.switchOn()
    modes.use(.focusReports)
    modes.use(.focusReports)
    #expect(written == ["\u{1B}[?2004h", "\u{1B}[?1004h"])
    modes.screenWentDown()
    modes.use(.themeReports)
    modes.ask("?")
    #expect(written.count == 2)
    modes.switchOn()
    #expect(written.last == "\u{1B}[?2004h\u{1B}[?1004h\u{1B}[?2031h")
    modes.ask("?")
    #expect(written.last == "?")
  }

  @Test func `every mode is switched off at the end`() {
    #expect(TerminalMode.allOff == "\u{1B}[?1004l\u{1B}[?2004l\u{1B}[?2031l")
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], true, true), (["TERM": "linux"], false, false),
    (["TERM": "screen"], true, false), (["TERM": "screen", "TMUX": "/x,1,0"], true, true),
    (["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"], false, true),
    (["TERM": "xterm-256color", "VTE_VERSION": "4800"], true, false),
    (["TERM": "xterm-256color", "VTE_VERSION": "7006"], true, true),
    (["TERM": "rxvt-unicode"], true, false), ([:], false, false),
  ])
  func `only terminals that are fit for it are asked for modes and sent links`(
    environment: [String: String],
    isAsked: Bool,
    hasLinks: Bool
  ) {
    let options = TerminalOptions(environment: environment)
    #expect(options.answersModeQuestions == isAsked)
    #expect(options.hasLinks == hasLinks)
  }

  @Test func `a terminal that is no emulator is sent nothing, whatever comes from it`() {
    var written: [String] = []
    let modes = TerminalModes(using: [], isEmulator: false) { written.append($0) }
    modes.switchOn()
    modes.use(.focusReports)
    modes.ask("?")
    #expect(written.joined().isEmpty)
  }
}
