import Canvas
import Health
import Screens

/// A table for people: worst first, and the causes under each bad number.
extension CheckReport {
  /// The table with a line that counts.
  ///
  /// - Parameters:
  ///   - width: Cells that a line may take.
  ///   - isASCII: No signs beyond ASCII.
  /// - Returns: The whole text.
  package func text(width: Int, isASCII: Bool) -> String {
    guard !numbers.isEmpty else { return "No number to check.\n" }
    let rows = worstFirst.map { TextRow(numbers[$0], isASCII: isASCII) }
    let widths = TextRow.widths(of: rows, within: width)
    var text = ""
    TextRow.header.write(to: &text, widths)
    for row in rows {
      row.write(to: &text, widths)
      for cause in row.causes { text += TextWidth.cut("       \(cause)", to: width) + "\n" }
    }
    text += "\n" + TextWidth.cut(summary, to: width) + "\n"
    return isASCII ? text.replacingEllipses : text
  }

  private var summary: String {
    let parts = [Severity.critical, .warning, .unknown, .ok]
      .filter { count($0) > 0 }
      .map { severity in
        severity == .ok
          ? "\(count(severity)) no fault reported" : "\(count(severity)) \(severity.word)"
      }
    var clock = ReportClock()
    let timestamp = clock.timestamp(generatedAt)
    let noun = numbers.count == 1 ? "number" : "numbers"
    return
      "\(numbers.count) \(noun): \(parts.joined(separator: ", ")) (\(timestamp))"
  }
}

/// One line of the table; what strangers wrote is sanitized here.
private struct TextRow {
  var cells: [String]
  var causes: [String] = []

  static let header = TextRow(cells: [
    "STATE", "NUMBER", "NAME", "PROVIDER", "ACCOUNT", "QUALITY", "POLL",
  ])
  /// The narrowest that a column may get.
  private static let least = [5, 10, 4, 8, 7, 7, 4]
  /// What a name gets before other columns stay.
  private static let roomyName = 12
  private static let gap = "  "

  init(cells: [String]) { self.cells = cells }

  init(_ number: CheckedNumber, isASCII: Bool) {
    let none = isASCII ? "-" : "–"
    let mark = StateMark(number.assessment.state)
    cells = [
      "\(mark.sign(isASCII ? .ascii : .unicode)) \(mark.word)",
      number.displayNumber,
      number.displayName ?? none,
      number.number.provider,
      number.number.account,
      number.report?.facts.quality?.text ?? none,
      number.poll.outcome.phrase,
    ].map(\.sanitized)
    causes = number.causes.map { cause in
      // Who acts stands before the words, so that a long text can't push it off the line.
      let actor = cause.actor.map { ", \($0)" } ?? ""
      return "\(cause.subject)\(actor): \(cause.text)".sanitized
    }
  }

  /// As wide as the widest cell; 0 for a column that there is no room for.
  ///
  /// The causes say what POLL and QUALITY say, so these go first; then names are cut.
  static func widths(of rows: [TextRow], within total: Int) -> [Int] {
    var widths = header.cells.map { TextWidth.cells(of: $0) }
    for row in rows {
      for (column, cell) in row.cells.enumerated() {
        widths[column] = max(widths[column], TextWidth.cells(of: cell))
      }
    }
    for column in [6, 5, 4] where excess(widths, total) > max(0, widths[2] - roomyName) {
      widths[column] = 0
    }
    for column in [2, 4, 1] where widths[column] > 0 {
      widths[column] -= min(excess(widths, total), max(0, widths[column] - least[column]))
    }
    return widths
  }

  private static func excess(_ widths: [Int], _ total: Int) -> Int {
    let shown = widths.filter { $0 > 0 }
    return max(0, shown.reduce(0, +) + gap.count * (shown.count - 1) - total)
  }

  /// One line, with nothing but text at its end.
  func write(to text: inout String, _ widths: [Int]) {
    var blanks = 0
    for (cell, width) in zip(cells, widths) where width > 0 {
      let shown = TextWidth.cut(cell, to: width)
      if !shown.isEmpty {
        text += String(repeating: " ", count: blanks)
        text += shown
        blanks = 0
      }
      blanks += width - TextWidth.cells(of: shown) + Self.gap.count
    }
    text += "\n"
  }
}

extension String {
  /// With `~` for `…`, where there is only ASCII.
  fileprivate var replacingEllipses: String {
    var replaced = UnicodeScalarView()
    replaced.reserveCapacity(utf8.count)
    for scalar in unicodeScalars { replaced.append(scalar == "…" ? "~" : scalar) }
    return String(replaced)
  }
}
