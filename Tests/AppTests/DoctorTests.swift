import Canvas
import Configuration
import Monitor
import Providers
import Service
import Terminal
import TestSupport
import Testing
import Transport

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
    library: RequestLibrary = libcurl(),
    listenLibrary: ListenLibrary = .loaded(version: "0.9.75"),
    configuration: Result<Configuration, ConfigurationError>? = nil,
    answersModes: Bool? = nil,
    canWrite: Bool = true
  ) -> DoctorReport.Findings {
    let defaults = ["TERM": "xterm-256color", "LANG": "en_GB.UTF-8"]
    let environment = ProcessEnvironment(
      variables: defaults.merging(variables) { $1 }.filter { !$0.value.isEmpty },
      homeDirectory: "/home/demo"
    )
    let paths = ConfigurationPaths(environment: environment)
    var facts = TerminalFacts(
      isOutputTerminal: size != nil,
      hasInput: size != nil,
      size: size.map { Rect(row: 0, column: 0, width: $0.width, height: $0.height) },
      codeset: codeset,
      entries: entries
    )
    facts.reportsFocus = answersModes
    facts.reportsTheme = answersModes
    return DoctorReport.Findings(
      facts: facts,
      terminal: TerminalOptions(environment: environment.variables, color: color),
      environment: environment,
      paths: paths,
      configuration: configuration ?? .success(Self.configuration),
      themes: ThemeLibrary(directory: paths.themes),
      requestLibrary: library,
      listenLibrary: listenLibrary,
      log: paths.log,
      canWrite: { _ in canWrite }
    )
  }

  private static func libcurl(
    tls: String? = "OpenSSL/3.0.15",
    speaksHTTP2: Bool = true
  ) -> RequestLibrary {
    .loaded(version: "7.88.1", tls: tls, speaksHTTP2: speaksHTTP2)
  }

  private static let configuration = Configuration(
    accounts: [("acme", KapsoProvider.description), ("direct", MetaGraphProvider.description)]
      .map { ConfiguredAccount(provider: $1, settings: AccountSettings(name: $0)) }
  )

  private static let listening = {
    var listening = configuration
    listening.serve.listen = .ipv4(host: "127.0.0.1", port: 9464)
    return listening
  }()

  private static let mistakes = ConfigurationError(mistakes: [
    ConfigurationRemark(
      file: "/home/demo/.config/wabatop/config.yaml",
      position: .init(line: 3, column: 5),
      text: "unknown key \"acounts\"; did you mean \"accounts\"?"
    )
  ])

  private static let cases: [(name: String, findings: DoctorReport.Findings)] = [
    ("well", findings(answersModes: true)),
    (
      "kitty-in-tmux",
      findings(
        ["TERM": "xterm-kitty", "TMUX": "/run/tmux/default,1,0", "SSH_CONNECTION": "1 2 3 4"],
        size: (160, 50),
        answersModes: false
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
    ("dumb", findings(["TERM": "dumb", "TMUX": "/run/tmux/default,1,0"], entries: [])),
    ("libcurl-missing", findings(library: .unusable("libcurl is missing. Install it."))),
    (
      "libmicrohttpd-missing",
      findings(
        listenLibrary: .unusable("libmicrohttpd is missing. Install it."),
        configuration: .success(listening)
      )
    ),
    ("libcurl-without-http2", findings(library: libcurl(speaksHTTP2: false))),
    ("libcurl-without-tls", findings(library: libcurl(tls: nil))),
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
    #expect(
      fit == [
        "well", "kitty-in-tmux", "old-and-small", "eight-colours", "libmicrohttpd-missing",
        "libcurl-without-http2",
      ]
    )
  }

  @Test func `what a variable holds cannot steer the terminal`() {
    let variables = ["TERM": "xterm\u{1B}[31m\u{7}", "COLORTERM": "\u{1B}c"]
    let report = DoctorReport(Self.findings(variables))
    #expect(!report.text.contains("\u{1B}") && !report.text.contains("\u{7}"))
  }

  @Test func `an account that is to speak HTTP 2 is warned of a libcurl that can't`() {
    var configuration = Self.configuration
    let account = configuration.accounts[1]
    var settings = account.settings
    settings.usesHTTP2 = true
    configuration.accounts[1] = ConfiguredAccount(provider: account.provider, settings: settings)
    let findings = Self.findings(
      library: Self.libcurl(speaksHTTP2: false),
      configuration: .success(configuration)
    )
    let line = DoctorReport(findings).lines.first { $0.topic == "libcurl" }
    #expect(line?.mark == .warn)
    #expect(line?.text.hasSuffix("use HTTP/1.1 (direct)") == true)
  }

  @Test(arguments: ["dumb", ""])
  func `where nothing can be drawn no line says how it would be`(type: String) {
    let options = TerminalOptions(environment: ["TERM": type])
    #expect(TerminalFacts.found(for: options).entries.isEmpty)
    let text = DoctorReport(Self.findings(["TERM": type], entries: [])).text
    #expect(text.contains("nothing can be drawn"))
    for word in ["drawn in", "beyond ASCII is drawn", "colours", "OSC 52", "dark"] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test func `here and now it finds something`() async {
    #expect([0, 3].contains(await Wabatop.run(["doctor"])))
    #expect(await Wabatop.run(["doctor", "--config", "/nowhere/config.yaml"]) == 3)
  }
}
