import Canvas
import Health
import Monitor
import Screens

/// The output for people: every cause once, with its fix and its numbers; then the healthy ones.
extension CheckReport {
  /// The causes, worst first, and a line of counts.
  ///
  /// - Parameters:
  ///   - width: The width of a line in cells; nil if nothing is to be cut or wrapped.
  ///   - isASCII: Use only ASCII characters.
  /// - Returns: The whole text.
  package func text(width: Int?, isASCII: Bool) -> String {
    guard !numbers.isEmpty else { return "No number to check.\n" }
    var text = CheckText(width: width, marks: isASCII ? .ascii : .unicode)
    text.addTable(of: self)
    for cause in CheckedCause.all(of: self) { text.add(cause, of: self) }
    text.addRest(of: self)
    text.add(summary)
    return isASCII ? text.text.replacingEllipses : text.text
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

/// The text as it grows.
private struct CheckText {
  private(set) var text = ""
  private let width: Int?
  private let marks: Marks
  private var rows: [TextRow] = []
  private var widths: [Int] = []

  private static let indent = 2

  init(width: Int?, marks: Marks) {
    self.width = width
    self.marks = marks
  }

  /// The table's header; the columns are the same under every cause.
  mutating func addTable(of report: CheckReport) {
    rows = report.numbers.map { TextRow($0, isASCII: marks.isASCII) }
    widths = TextRow.widths(of: rows, within: width.map { $0 - Self.indent })
    add(TextRow.header)
  }

  mutating func add(_ cause: CheckedCause, of report: CheckReport) {
    let sign = StateMark(Self.state(of: cause.cause.severity)).sign(marks)
    let count = cause.places.count
    let hits = count > 1 ? "\(marks.separator)\(count) numbers" : ""
    text += "\n"
    wrap("\(sign) \(cause.title(in: report.fleet))\(hits)", indent: 0)
    for line in cause.explanation { wrap(line, indent: 2 * Self.indent) }
    // Never wrapped, so that it can be clicked and copied.
    if let link = cause.link { text += "    \(link)\n" }
    for place in cause.places { add(rows[place]) }
  }

  /// The numbers without a cause, which are the healthy ones.
  mutating func addRest(of report: CheckReport) {
    let rest = report.worstFirst.filter { report.numbers[$0].causes.isEmpty }
    for (isHealthy, title) in [(false, "? no reason given"), (true, "\(fine) no fault reported")] {
      let places = rest.filter { (report.numbers[$0].severity == .ok) == isHealthy }
      guard !places.isEmpty else { continue }
      text += "\n\(title)\n"
      for place in places { add(rows[place]) }
    }
  }

  private var fine: String { StateMark(.available).sign(marks) }

  mutating func add(_ summary: String) {
    text += "\n"
    wrap(summary, indent: 0)
  }

  private mutating func add(_ row: TextRow) {
    text += String(repeating: " ", count: Self.indent)
    row.write(to: &text, widths)
  }

  private mutating func wrap(_ line: String, indent: Int) {
    let line = line.sanitized
    let lines = width.map { TextWrap.lines(line, width: $0 - indent) } ?? [line]
    for line in lines { text += String(repeating: " ", count: indent) + line + "\n" }
  }

  private static func state(of severity: Severity) -> HealthState {
    switch severity {
    case .critical: .critical
    case .warning: .warning
    case .unknown, .ok: .unknown
    }
  }
}

/// One line of the table; providers' text is sanitized here.
private struct TextRow {
  let cells: [String]

  static let header = TextRow(cells: [
    "STATE", "NUMBER", "NAME", "PROVIDER", "ACCOUNT", "QUALITY", "POLL",
  ])
  /// The minimum widths of the columns.
  private static let least = [5, 10, 4, 8, 7, 7, 4]
  /// The width of a name that has priority over other columns.
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
  }

  /// As wide as the widest cell; 0 for a column without room.
  ///
  /// POLL and QUALITY are dropped first, because the causes say the same; then names are cut.
  static func widths(of rows: [TextRow], within total: Int?) -> [Int] {
    var widths = header.cells.map { TextWidth.cells(of: $0) }
    for row in rows {
      for (column, cell) in row.cells.enumerated() {
        widths[column] = max(widths[column], TextWidth.cells(of: cell))
      }
    }
    guard let total else { return widths }
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

  /// Writes one line without trailing blanks.
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
  /// With `~` instead of `…`, for ASCII.
  fileprivate var replacingEllipses: String {
    var replaced = UnicodeScalarView()
    replaced.reserveCapacity(utf8.count)
    for scalar in unicodeScalars { replaced.append(scalar == "…" ? "~" : scalar) }
    return String(replaced)
  }
}
