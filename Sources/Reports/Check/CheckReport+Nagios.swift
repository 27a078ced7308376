import Canvas
import Health
import Monitor

/// One line of a monitoring plugin's output, its figures, and the details on further lines.
extension CheckReport {
  package var nagios: String {
    let figures: [(String, Int)] = [
      ("ok", count(Severity.ok)), ("warning", count(Severity.warning)),
      ("critical", count(Severity.critical)), ("unknown", count(Severity.unknown)),
      ("blocked", count(Verdict.Word.blocked)), ("limited", count(Verdict.Word.limited)),
    ]
    let performance =
      figures
      .map { "'\($0.0)'=\($0.1);;;0;\(numbers.count)" }
      .joined(separator: " ")
    let worstFirst = worstFirst.lazy.map { numbers[$0] }.prefix { $0.severity > .ok }
    let summary = TextWidth.cut(summary(worst: worstFirst.first), to: Self.mostCells)
    var text = "\(summary)|\(performance)\n"
    for number in worstFirst { text += Self.plain(number.nagiosDetail) + "\n" }
    return text
  }

  private static let mostCells = 80

  /// Such as `WABATOP CRITICAL - 1 of 4 blocked: payment failed: +447700900131 Acme Orders`.
  ///
  /// Followed by the cause's subject if there is room for all of it.
  private func summary(worst: CheckedNumber?) -> String {
    let word = severity == .ok ? "OK" : severity.word.uppercased()
    guard !numbers.isEmpty else { return "WABATOP UNKNOWN - no number to check" }
    guard let worst else {
      return "WABATOP OK - no fault reported for \(numbers.count) of \(numbers.count)"
    }
    let cause = worst.causes.first
    let headline = [cause?.shortName, worst.title].compactMap(\.self).joined(separator: ": ")
    let text = "WABATOP \(word) - \(nagiosCount): \(Self.plain(headline))"
    let named = cause.map { "\(text), \(Self.plain($0.subject))" } ?? text
    let isCut = cause?.shortName != nil && TextWidth.cells(of: named) > Self.mostCells
    return isCut ? text : named
  }

  /// How many numbers are as bad as the worst, in the most specific words.
  private var nagiosCount: String {
    let of = "of \(numbers.count)"
    switch severity {
    case .critical:
      let blocked = count(Verdict.Word.blocked)
      return blocked == count(Severity.critical)
        ? "\(blocked) \(of) blocked" : "\(count(Severity.critical)) \(of) critical"
    case .warning:
      let limited = count(Verdict.Word.limited)
      return limited == count(Severity.warning)
        ? "\(limited) \(of) limited" : "\(count(Severity.warning)) \(of) with a warning"
    case .unknown, .ok:
      return "\(count(Severity.unknown)) \(of) unknown"
    }
  }

  /// A bar would start the performance data.
  private static func plain(_ text: String) -> String {
    let text = text.sanitized
    return text.utf8.contains(UInt8(ascii: "|")) ? text.replacing("|", with: "/") : text
  }
}

extension CheckedNumber {
  fileprivate var nagiosDetail: String {
    let why = causes.first?.shortName.map { ": \($0)" } ?? ""
    let cause = why + (causeLine.map { ": \($0)" } ?? "")
    return "\(severity.word.uppercased()) \(title) [\(number.account)/\(number.provider)]\(cause)"
  }
}
