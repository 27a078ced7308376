import Canvas
import Configuration
import Screens
import Service
import Terminal
import Transport

/// What this terminal, locale and configuration support, and what to do about faults.
///
/// It is made from findings, so that it can be tested anywhere.
struct DoctorReport {
  /// What was found.
  struct Findings: Sendable {
    var facts: TerminalFacts
    var terminal: TerminalOptions
    var environment: ProcessEnvironment
    var paths: ConfigurationPaths
    var configuration: Result<Configuration, ConfigurationError>
    /// The value of `--theme`, if there is one.
    var themeOption: String?
    var themes: ThemeLibrary
    /// The library for requests.
    var requestLibrary: RequestLibrary
    /// The library for answers over HTTP.
    var listenLibrary: ListenLibrary
    /// The dashboard's log file.
    var log: ConfigurationPaths.Origin
    /// Whether a file can be written in this directory, which may have to be created.
    var canWrite: @Sendable (String) -> Bool
  }

  /// One line of the report.
  struct Line: Hashable {
    enum Mark: String {
      case ok
      case warn
      /// The dashboard cannot open, or cannot poll.
      case fail
    }

    let mark: Mark
    let topic: String
    let text: String
    let advice: String?

    init(_ mark: Mark, _ topic: String, _ text: String, advice: String? = nil) {
      self.mark = mark
      self.topic = topic
      self.text = text
      self.advice = advice
    }
  }

  let lines: [Line]

  init(_ findings: Findings) {
    lines =
      findings.terminalLines + findings.textLines + [findings.requestLine, findings.listenLine]
      + findings.configurationLines
  }

  /// Whether the dashboard can run.
  var isFit: Bool { !lines.contains { $0.mark == .fail } }

  /// The report as text that needs no colours or symbols.
  var text: String {
    let texts = lines.flatMap { line -> [String] in
      let head = "\(Self.padded(line.mark.rawValue, 6))\(Self.padded(line.topic, 15))"
      let advice = line.advice.map { [Self.padded("", 21) + "do: \($0.sanitized)"] } ?? []
      return ["\(head)\(line.text.sanitized)"] + advice
    }
    return (texts + ["", verdict]).joined(separator: "\n") + "\n"
  }

  private var verdict: String {
    let count = { (mark: Line.Mark) in lines.count { $0.mark == mark } }
    let warnings = count(.warn) == 1 ? "1 warning" : "\(count(.warn)) warnings"
    guard isFit else {
      let faults = count(.fail) == 1 ? "1 problem keeps" : "\(count(.fail)) problems keep"
      return "\(faults) the dashboard from working; \(warnings)."
    }
    return "The dashboard can run; \(warnings)."
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}
