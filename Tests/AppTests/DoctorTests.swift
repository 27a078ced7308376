import Canvas
import Monitor
import Providers
import Terminal
import Testing

@testable import App

/// What the doctor says of terminals and configurations that are not here.
struct DoctorTests {
  /// A laptop with nothing wrong.
  private static func findings(
    _ variables: [String: String] = [:],
    color: ColorPreference = .auto,
    entries: [TerminalFacts.Entry] = [.init(name: "xterm-256color", colors: 256, pairs: 65536)],
    codeset: String = "UTF-8",
    size: (width: Int, height: Int)? = (80, 24),
    configuration: Result<Configuration, ConfigurationError>? = nil,
    canWrite: Bool = true
  ) -> DoctorReport.Findings {
    let defaults = ["TERM": "xterm-256color", "LANG": "en_GB.UTF-8"]
    let environment = ProcessEnvironment(
      variables: defaults.merging(variables) { $1 }.filter { !$0.value.isEmpty },
      homeDirectory: "/home/demo"
    )
    let paths = ConfigurationPaths(environment: environment)
    return DoctorReport.Findings(
      facts: TerminalFacts(
        isOutputTerminal: size != nil,
        hasInput: size != nil,
        size: size.map { Rect(row: 0, column: 0, width: $0.width, height: $0.height) },
        codeset: codeset,
        entries: entries
      ),
      terminal: TerminalOptions(environment: environment.variables, color: color),
      environment: environment,
      paths: paths,
      configuration: configuration ?? .success(Self.configuration),
      themes: ThemeLibrary(directory: paths.themes),
      log: paths.log,
      canWrite: { _ in canWrite }
    )
  }

  private static let configuration = Configuration(
    accounts: [("acme", KapsoProvider.description), ("direct", MetaGraphProvider.description)]
      .map { ConfiguredAccount(provider: $1, settings: AccountSettings(name: $0)) }
  )

  private static let mistakes = ConfigurationError(mistakes: [
    ConfigurationRemark(
      file: "/home/demo/.config/wabatop/config.yaml",
      position: .init(line: 3, column: 5),
      text: "unknown key \"acounts\"; did you mean \"accounts\"?"
    )
  ])

  private static let cases: [(name: String, findings: DoctorReport.Findings)] = [
    ("well", findings()),
    (
      "kitty-in-tmux",
      findings(
        ["TERM": "xterm-kitty", "TMUX": "/run/tmux/default,1,0", "SSH_CONNECTION": "1 2 3 4"],
        size: (160, 50)
      )
    ),
    (
      "old-and-small",
      findings(
        ["TERM": "vt100", "LANG": "de_DE.ISO-8859-1"],
        entries: [.init(name: "vt100", colors: 0, pairs: 0)],
        codeset: "ISO-8859-1",
        size: (38, 7),
        canWrite: false
      )
    ),
    (
      "eight-colours",
      findings(
        ["TERM": "xterm", "NO_COLOR": ""],
        entries: [.init(name: "xterm", colors: 8, pairs: 64)],
        codeset: "ANSI_X3.4-1968"
      )
    ),
    (
      "pipe-and-mistakes",
      findings(["NO_COLOR": "1"], size: nil, configuration: .failure(mistakes))
    ),
    (
      "nothing",
      findings(["TERM": "", "LANG": ""], entries: [], configuration: .failure(mistakes))
    ),
  ]

  @Test(arguments: cases.map(\.name))
  func `it says what was found, and what to do about it`(name: String) throws {
    let findings = try #require(Self.cases.first { $0.name == name }?.findings)
    try RecordedFile.named("Doctor/\(name).doctor").expect(DoctorReport(findings).text)
  }

  @Test func `only what keeps the dashboard from opening is a failure`() {
    let fit = Self.cases.filter { DoctorReport($0.findings).isFit }.map(\.name)
    #expect(fit == ["well", "kitty-in-tmux", "old-and-small", "eight-colours"])
  }

  @Test func `what a variable holds cannot steer the terminal`() {
    let variables = ["TERM": "xterm\u{1B}[31m\u{7}", "COLORTERM": "\u{1B}c"]
    let report = DoctorReport(Self.findings(variables))
    #expect(!report.text.contains("\u{1B}") && !report.text.contains("\u{7}"))
  }

  @Test func `here and now it finds something`() async {
    #expect([0, 3].contains(await Wabatop.run(["doctor"])))
    #expect(await Wabatop.run(["doctor", "--config", "/nowhere/config.yaml"]) == 3)
  }
}
