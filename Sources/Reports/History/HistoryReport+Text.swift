import Canvas
import Health
import History

/// The output for people: what changed, the newest last, and a table of figures.
extension HistoryReport {
  package func text(isASCII: Bool) -> String {
    var clock = ReportClock()
    let since = clock.timestamp(window.lowerBound)
    let until = clock.timestamp(window.upperBound)
    var lines = ["From \(since) to \(until)", ""]
    lines += changes.isEmpty ? ["No change was recorded."] : changeLines(isASCII, &clock)
    if !incidents.isEmpty { lines += ["", "Incidents"] + Self.table(incidentRows(&clock)) }
    lines += [""] + figureLines(isASCII)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The incidents alone.
  package var incidentsText: String {
    var clock = ReportClock()
    let since = clock.timestamp(window.lowerBound)
    let until = clock.timestamp(window.upperBound)
    let rows = Self.table(incidentRows(&clock))
    let lines = ["From \(since) to \(until)", ""]
    return (lines + (rows.isEmpty ? ["No incident was recorded."] : rows))
      .joined(separator: "\n") + "\n"
  }

  private func changeLines(_ isASCII: Bool, _ clock: inout ReportClock) -> [String] {
    let rows = changes.map { change in
      [
        clock.timestamp(change.transition.date),
        HistoryWords.text(of: change, isASCII: isASCII),
        HistoryWords.subject(of: change),
        HistoryWords.reason(of: change) ?? "",
      ]
    }
    return Self.table(rows)
  }

  private func figureLines(_ isASCII: Bool) -> [String] {
    guard !figures.isEmpty else { return ["No number."] }
    let rows = figures.map { row(of: $0, none: isASCII ? "-" : "–") }
    return Self.table([heads] + rows) + [""] + Self.explanation
  }

  private var heads: [String] {
    let states = ["AVAILABLE", "WARNING", "LIMITED", "BLOCKED"]
    switch grouping {
    case .number: return ["NUMBER", "NAME", "ACCOUNT"] + states
    case .waba: return ["WABA", "NAME", "NUMBERS"] + states
    case .account: return ["ACCOUNT", "NUMBERS"] + states
    case .label: return ["LABEL", "NUMBERS"] + states
    }
  }

  private func row(of figure: HistoryFigure, none: String) -> [String] {
    let available = KnownShare(figure.times, of: figure.length, in: .available)
    let others = [
      figure.share(of: .warning), figure.share(of: .limited),
      figure.share(of: .blocked, .critical),
    ]
    let states =
      [available.text(none: none)] + others.map { $0.map(KnownShare.rounded) ?? none }
    let name = figure.names.detail ?? none
    switch grouping {
    case .number: return [figure.names.text, name, figure.account ?? none] + states
    case .waba: return [figure.names.text, name, "\(figure.count)"] + states
    case .account, .label: return [figure.names.text, "\(figure.count)"] + states
    }
  }

  /// What the figures count.
  private static let explanation = [
    "The figures are shares of the time known, in which wabatop ran and polled the account and the",
    "number had a usable answer. BLOCKED includes critical signals, such as a banned number; WARNING",
    "is a signal, such as a red quality rating. Without 95 % of the time known there is no figure.",
  ]

  private static func table(_ rows: [[String]]) -> [String] {
    let rows = rows.map { $0.map(\.sanitized) }
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        let width = TextWidth.cells(of: cell)
        if column < widths.count {
          widths[column] = max(widths[column], width)
        } else {
          widths.append(width)
        }
      }
    }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - TextWidth.cells(of: cell) + 2)
      }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
