import Canvas
import Health
import History
import Monitor

/// One table for spreadsheets, as in RFC 4180.
extension HistoryReport {
  package var transitionsCSV: String {
    var clock = ReportClock()
    let head = [
      "at", "kind", "subject", "account", "target", "number", "name", "from", "to", "reason",
      "code",
      "author", "comment", "text", "e164",
    ]
    let rows = changes.map { change in
      let transition = change.transition
      return [
        clock.timestamp(transition.date), transition.kind.rawValue, change.subject,
        transition.subject.account, change.target, transition.names.text, transition.names.detail,
        change.states.from, change.states.to, HistoryWords.reason(of: change, withCode: false),
        transition.reason?.code, change.author, change.comment,
        HistoryWords.text(of: change, isASCII: true), change.e164,
      ]
    }
    return Self.csv([head] + rows)
  }

  package var figuresCSV: String {
    let states = HealthState.allCases.map { "\($0.word.lowercased())_seconds" }
    let head =
      ["since", "until", "account", "target", "waba", "number", "name", "numbers"]
      + ["window_seconds", "known_seconds"] + states
      + ["known_percent", "available_percent", "limited_percent", "label", "e164"]
    var clock = ReportClock()
    let window = [clock.timestamp(window.lowerBound), clock.timestamp(window.upperBound)]
    let rows = figures.map { figure -> [String?] in
      let seconds = HealthState.allCases.map { "\(figure.times[$0].wholeSeconds)" }
      let shares = [
        figure.knownShare, figure.share(of: .available), figure.share(of: .limited),
      ]
      let of = [
        figure.account, figure.target, figure.waba, figure.target == nil ? nil : figure.names.text,
        figure.names.detail, "\(figure.count)", "\(figure.length.wholeSeconds)",
        "\(figure.times.known.wholeSeconds)",
      ]
      return window + of + seconds + shares.map { $0.map { "\($0.percent)" } } + [figure.label]
        + [figure.target == nil ? nil : figure.names.e164]
    }
    return Self.csv([head] + rows)
  }

  static func csv(_ rows: [[String?]]) -> String {
    rows.map { $0.map { field($0 ?? "") }.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    let text = text.sanitized
    guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
