import Canvas
import Testing

@testable import Screens

/// A screen as it was drawn, to be asked what a person sees on it.
///
/// An expectation that fails prints the whole of it.
struct DrawnScreen: CustomTestStringConvertible {
  let canvas: Canvas
  /// After its layout.
  let state: ScreenState
  let lines: [String]

  init(_ canvas: Canvas, _ state: ScreenState) {
    self.canvas = canvas
    self.state = state
    lines = canvas.lines
  }

  var testDescription: String { "the screen:\n\(lines.joined(separator: "\n"))\n" }

  var header: String { lines.first ?? "" }
  var footer: String { lines.last ?? "" }

  /// Whether each text stands in a line.
  func shows(_ texts: String...) -> Bool {
    texts.allSatisfy { text in lines.contains { $0.contains(text) } }
  }

  /// Whether none of the texts stands in any line.
  func doesNotShow(_ texts: String...) -> Bool {
    texts.allSatisfy { text in !lines.contains { $0.contains(text) } }
  }

  /// Whether a line is exactly this, but for the blanks at its ends.
  func hasLine(_ text: String) -> Bool {
    lines.contains { $0.trimmed == text.trimmed }
  }

  /// Whether lines that hold these texts stand under each other, with nothing between.
  func shows(under first: String, _ texts: String...) -> Bool {
    guard let row = line(of: first) else { return false }
    return texts.enumerated().allSatisfy { offset, text in
      lines.indices.contains(row + 1 + offset) && lines[row + 1 + offset].contains(text)
    }
  }

  /// How many signs of a kind the marks of every number have.
  func marks(_ sign: Character) -> Int {
    guard let heading = line(of: "EVERY NUMBER") else { return 0 }
    let section = lines[(heading + 1)...].dropLast(2).prefix { !$0.contains("JUST NOW") }
    return section.joined().count { $0 == sign }
  }

  /// The first line that holds the text.
  func line(of text: String) -> Int? { lines.firstIndex { $0.contains(text) } }

  /// The role that all of a text has where it is shown first; nil where it has several, or is not there.
  func role(of text: String) -> Role? {
    guard let row = line(of: text), let column = column(of: text, in: lines[row]) else {
      return nil
    }
    let cells = canvas.cells(row: row).dropFirst(column).prefix(TextWidth.cells(of: text))
    let roles = Set(cells.filter { $0.glyph != .space && !$0.isContinuation }.map(\.role))
    return roles.count == 1 ? roles.first : nil
  }

  private func column(of text: String, in line: String) -> Int? {
    line.firstRange(of: text).map { TextWidth.cells(of: String(line[..<$0.lowerBound])) }
  }

  /// The rows of whatever table is shown.
  var rows: DrawnRows { DrawnRows(self, isShown: true) }

  /// The rows of the list, where that is the view.
  var list: DrawnRows { DrawnRows(self, isShown: state.route == .list) }
  var causes: DrawnRows { DrawnRows(self, isShown: state.route == .causes) }

  var events: DrawnRows {
    if case .events = state.route { return DrawnRows(self, isShown: true) }
    return DrawnRows(self, isShown: false)
  }

  /// The lines of a number's tree, or of one that is turned around.
  var tree: DrawnRows {
    switch state.route {
    case .tree, .inversion: DrawnRows(self, isShown: true)
    default: DrawnRows(self, isShown: false)
    }
  }
}

/// The rows of a list, causes or events, or the lines of a tree, without what stands beside them.
struct DrawnRows: CustomTestStringConvertible {
  let testDescription: String
  /// Where each stands on the screen.
  let places: [Int]
  let lines: [String]

  fileprivate init(_ screen: DrawnScreen, isShown: Bool) {
    testDescription = screen.testDescription
    let canvas = screen.canvas
    let end = max(canvas.height - 2, 0)
    let head = (0..<end).last { row in
      let cells = canvas.cells(row: row)
      return cells.first?.role == .header || Self.isRule(screen.lines[row]) && row < 4
    }
    let body = ((head ?? 1) + 1..<max(end, (head ?? 1) + 1))
    let lines = body.map { row in (row, Self.beforeBorder(canvas, row)) }
    let table = isShown ? lines.prefix { !$0.1.isEmpty }.filter { !Self.isRule($0.1) } : []
    places = table.map(\.0)
    self.lines = table.map(\.1)
  }

  var isEmpty: Bool { lines.isEmpty }

  /// The row with the cursor; nil where there is none, or more than one.
  var selected: String? {
    let selected = lines.filter { $0.hasPrefix(">") }
    return selected.count == 1 ? selected.first : nil
  }

  /// Whether the cursor is on one row, and that holds the text.
  func selects(_ text: String) -> Bool { selected?.contains(text) ?? false }

  func hasRows(_ count: Int) -> Bool { lines.count == count }

  /// Whether the rows from the first on hold these texts, one each.
  func begin(with texts: String...) -> Bool {
    lines.count >= texts.count && zip(lines, texts).allSatisfy { $0.contains($1) }
  }

  /// Whether all rows are these, but for the blanks at their ends.
  func are(_ texts: String...) -> Bool { lines.map(\.trimmed) == texts.map(\.trimmed) }

  /// What stands left of the pane.
  private static func beforeBorder(_ canvas: Canvas, _ row: Int) -> String {
    let isBorder = { (cell: Cell) in
      cell.role == .border && ["│", "|"].contains(cell.glyph.scalars.first)
    }
    var text = String.UnicodeScalarView()
    for cell in canvas.cells(row: row).prefix(while: { !isBorder($0) }) where !cell.isContinuation {
      text.append(contentsOf: cell.glyph.scalars)
    }
    return String(text).trimmedAtEnd
  }

  /// Between groups of causes, and over a tree.
  private static func isRule(_ line: String) -> Bool {
    let signs = line.trimmed.filter { !"─┬-+".contains($0) }
    return signs.isEmpty && line.trimmed.count > 10
  }
}

extension String {
  var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  var trimmed: String { String(trimmedAtEnd.drop { $0 == " " }) }
}
