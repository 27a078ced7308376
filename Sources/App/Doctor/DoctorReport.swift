import Canvas
import Configuration
import Screens
import Terminal
import Transport

/// What this terminal, locale and configuration can and cannot do, and what to do about it.
///
/// It is made from what was found, so that it can be tested without being there.
struct DoctorReport {
  /// What was found.
  struct Findings: Sendable {
    var facts: TerminalFacts
    var terminal: TerminalOptions
    var environment: ProcessEnvironment
    var paths: ConfigurationPaths
    var configuration: Result<Configuration, ConfigurationError>
    /// The option's, where there is one.
    var themeOption: String?
    var themes: ThemeLibrary
    /// What requests are sent with.
    var requestLibrary: RequestLibrary
    /// Where the dashboard would log to.
    var log: ConfigurationPaths.Origin
    /// Whether a file could be written in this directory, or in one that could be made there.
    var canWrite: @Sendable (String) -> Bool
  }

  /// One line of the report.
  struct Line: Hashable {
    enum Mark: String {
      case ok
      case warn
      /// The dashboard cannot open, or can ask nobody.
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
      findings.terminalLines + findings.textLines + [findings.requestLine]
      + findings.configurationLines
  }

  /// Whether nothing keeps the dashboard from working.
  var isFit: Bool { !lines.contains { $0.mark == .fail } }

  /// The report, in which no line needs a colour or a sign to be understood.
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
      let faults = count(.fail) == 1 ? "1 thing keeps" : "\(count(.fail)) things keep"
      return "\(faults) the dashboard from working; \(warnings)."
    }
    return "The dashboard can work; \(warnings)."
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}
