import Canvas
import Health
import Monitor
import Testing

@testable import Screens

/// The rules that any screen keeps.
struct ScreenCheck {
  private let screen: DrawnScreen
  private let canvas: Canvas
  private let marks: Marks
  private let what: String

  init(_ screen: DrawnScreen, _ marks: Marks, _ what: String) {
    self.screen = screen
    self.marks = marks
    self.what = what
    canvas = screen.canvas
  }

  private var comment: Comment { "\(what) \(screen.testDescription)" }

  /// Nothing of a stranger's moves anything, every wide letter has both of its cells, and ASCII is ASCII.
  func everyCellIsWhole() {
    for row in 0..<canvas.height {
      let cells = Array(canvas.cells(row: row))
      for (column, cell) in cells.enumerated() where !cell.isContinuation {
        let scalars = cell.glyph.scalars
        let isPlain = scalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        #expect(isPlain, comment)
        if scalars.count == 1, scalars[0].isASCII { continue }
        #expect(!marks.isASCII, comment)
        let isWide = column + 1 < cells.count && cells[column + 1].isContinuation
        let text = String(String.UnicodeScalarView(scalars))
        #expect(TextWidth.cells(of: text) == (isWide ? 2 : 1), comment)
      }
    }
    #expect(screen.lines.allSatisfy { TextWidth.cells(of: $0) <= canvas.width }, comment)
  }

  /// The title has its bar, keys stand out from what they do, and the ways to help and out are there.
  func headAndFooterAreThere() {
    #expect(canvas.cells(row: 0).allSatisfy { $0.role.isFilled }, comment)
    #expect(screen.header.hasSuffix("UTC"), comment)
    #expect(screen.footer.hasPrefix(" ? help"), comment)
    #expect(screen.footer.hasSuffix("q quit"), comment)
    let roles = Set(canvas.cells(row: canvas.height - 1).filter { $0.glyph != .space }.map(\.role))
    #expect(roles == [.accent, .textMuted], comment)
    let body = screen.lines[1..<(canvas.height - 1)].filter { !$0.isEmpty }
    #expect(!body.isEmpty, "an empty view says why: \(comment)")
  }

  /// The age of what is shown, or that nothing is there yet.
  func saysHowOldItsDataIs() {
    let head = screen.lines.prefix(3).joined()
    let saysAge = ["polled", "ago", "OLD", "of 0", "checked"].contains { head.contains($0) }
    #expect(saysAge || screen.state.fleet.records.isEmpty, comment)
  }

  /// A state's mark has its state's colour, or none where it is only spoken of.
  func marksHaveTheColourOfTheirState() {
    guard !marks.isASCII else { return }
    let states: [Unicode.Scalar: StateMark] = [
      "✘": StateMark(.blocked), "▲": StateMark(.limited), "●": StateMark(.available),
      "◌": StateMark(.stale),
    ]
    for row in 1..<canvas.height {
      for cell in canvas.cells(row: row) where cell.role != .headerSort {
        guard let state = cell.glyph.scalars.first.flatMap({ states[$0] }) else { continue }
        #expect([state.role, state.badge, .textMuted].contains(cell.role), comment)
      }
    }
    guard screen.state.route == .list else { return }
    for row in screen.rows.places {
      let cells = Array(canvas.cells(row: row))
      guard let state = cells[1].glyph.scalars.first.flatMap({ states[$0] }) else { continue }
      let word = cells[3...5].filter { $0.glyph != .space }
      #expect(word.allSatisfy { $0.role == state.rowRole }, comment)
    }
  }

  /// And it is the row that the state says.
  func oneRowHasTheCursor() {
    let rows = screen.rows
    guard hasRows else { return }
    #expect(rows.selected != nil, comment)
    for (row, line) in zip(rows.places, rows.lines) {
      let isMarked = canvas.cells(row: row).contains { $0.isSelected }
      #expect(isMarked == line.hasPrefix(">"), comment)
    }
    guard screen.state.route == .list else { return }
    let number = screen.state.selectedRecord?.displayNumber ?? "?"
    #expect(rows.selects(number.hasPrefix("+") ? number : ""), comment)
    #expect(rows.lines.count == screen.state.list.window.count, comment)
  }

  /// Tiles have none, and an empty view says why in their place.
  private var hasRows: Bool {
    let state = screen.state
    return switch state.route {
    case .list: state.list.rows.count > 0
    case .tiles: false
    case .causes: state.causeCount > 0
    case .events: state.eventRowCount > 0
    case .accounts: state.accountCount > 0
    case .tree, .inversion: state.tree.outline != nil
    }
  }

  /// What stands under a heading begins where that does, whatever letters stand before it.
  func columnsAreStraight() {
    let headings =
      switch screen.state.route {
      case .list: ["NUMBER", "NAME", "PROVIDER", "CAUSE", "QUALITY", "LIMIT"]
      case .causes: ["CAUSE", "FLAGS"]
      case .events: ["CHANGE", "WHO", "WHY"]
      case .accounts: ["ACCOUNT", "STATE"]
      default: [String]()
      }
    guard hasRows, let first = screen.rows.places.first else { return }
    let head = canvas.text(row: first - 1)
    for heading in headings {
      guard let range = head.firstRange(of: " \(heading)") else { continue }
      let column = TextWidth.cells(of: String(head[..<range.lowerBound]))
      for row in screen.rows.places {
        let cells = Array(canvas.cells(row: row))
        #expect(cells[column].glyph == .space, "\(heading), row \(row): \(comment)")
        #expect(!cells[column + 1].isContinuation, "\(heading), row \(row): \(comment)")
      }
    }
  }
}
