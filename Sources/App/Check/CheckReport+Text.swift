import Health
import Terminal
import Views

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
    let rows = worstFirst.map { TextRow($0, isASCII: isASCII) }
    let widths = TextRow.widths(of: [TextRow.header] + rows, within: width)
    var lines = [TextRow.header.line(widths)]
    for row in rows {
      lines.append(row.line(widths))
      lines += row.causes.map { TextWidth.cut("       \($0)", to: width) }
    }
    lines += ["", TextWidth.cut(summary, to: width)]
    let ending = lines.map { isASCII ? $0.replacing("…", with: "~") : $0 }
    return ending.joined(separator: "\n") + "\n"
  }

  private var summary: String {
    let parts = [Severity.critical, .warning, .unknown, .ok]
      .filter { count($0) > 0 }
      .map { severity in
        severity == .ok
          ? "\(count(severity)) no fault reported" : "\(count(severity)) \(severity.word)"
      }
    let noun = numbers.count == 1 ? "number" : "numbers"
    return
      "\(numbers.count) \(noun): \(parts.joined(separator: ", ")) (\(Self.timestamp(generatedAt)))"
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
    var widths = header.cells.indices.map { column in
      rows.map { TextWidth.cells(of: $0.cells[column]) }.max() ?? 0
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

  func line(_ widths: [Int]) -> String {
    let fields = zip(cells, widths).filter { $0.1 > 0 }.map { cell, width in
      let text = TextWidth.cut(cell, to: width)
      return text + String(repeating: " ", count: max(0, width - TextWidth.cells(of: text)))
    }
    let line = fields.joined(separator: Self.gap)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
