package import Canvas
import Health

/// A preview of a theme: a bar, the states, a selected row and an ordinary one.
///
///      wabatop gruvbox-dark                                       Gruvbox Dark · dark
///       !!  ✘ BLK  ▲ LIM  ? UNK  ◌ OLD  ● OK      accent  muted       ▁▁▁▄▄█░·  f a
///      >✘ BLK +447700900131  Acme Orders      WABA 1029…5610           ▁▁▁▁▁▁██  2h14m
///       ● OK  +447700900190  Acme Sales                                ▁▁▁▁▁▁▁▁    41d
package struct ThemeCard: Sendable {
  package static let width = 80
  package static let height = 4

  private let theme: Theme
  private let marks: Marks

  package init(_ theme: Theme, marks: Marks) {
    self.theme = theme
    self.marks = marks
  }

  package var canvas: Canvas {
    var canvas = Canvas(width: Self.width, height: Self.height)
    drawTitle(on: &canvas)
    drawStates(on: &canvas)
    drawRow(StateMark(.blocked), ("+447700900131", "Acme Orders", "2h14m"), row: 2, on: &canvas)
    canvas.put(">", row: 2, column: 0, role: .accent)
    canvas.select(row: 2)
    drawRow(StateMark(.available), ("+447700900190", "Acme Sales", "41d"), row: 3, on: &canvas)
    return canvas
  }

  private func drawTitle(on canvas: inout Canvas) {
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .title)
    canvas.put("wabatop \(theme.name)".sanitized, row: 0, column: 1, role: .title)
    let title = (theme.file.title ?? theme.name).sanitized
    let right = "\(title)\(marks.separator)\(theme.file.appearance.rawValue)"
    canvas.put([Phrase(right, .title)], row: 0, endingAt: canvas.width - 1, after: 40)
  }

  private func drawStates(on canvas: inout Canvas) {
    var phrases = [Phrase(" !! ", .statusBlockedBadge), Phrase(" ", .text)]
    for mark in Self.states {
      phrases += [Phrase("\(mark.sign(marks)) \(mark.word)", mark.role), Phrase("  ", .text)]
    }
    phrases += [
      Phrase("accent", .accent), Phrase("  ", .text), Phrase("text", .text), Phrase("  ", .text),
      Phrase("muted", .textMuted), Phrase("  ", .text), Phrase("match", .match),
    ]
    canvas.put(phrases, row: 1, column: 1, width: canvas.width - 1)
    let bar = [
      Phrase(String(repeating: marks.barFull, count: 4), .barFill),
      Phrase(String(repeating: marks.barEmpty, count: 3), .barEmpty),
    ]
    canvas.put(bar, row: 1, endingAt: canvas.width - 1, after: 0)
  }

  private func drawRow(
    _ mark: StateMark,
    _ words: (number: String, name: String, age: String),
    row: Int,
    on canvas: inout Canvas
  ) {
    let isFine = mark.role == .statusAvailable
    canvas.put("\(mark.sign(marks)) \(mark.word)", row: row, column: 1, role: mark.role)
    canvas.put(words.number, row: row, column: 7, role: .text)
    canvas.put(words.name, row: row, column: 23, role: isFine ? .text : .textStrong)
    canvas.put("meta", row: row, column: 38, role: .textMuted)
    if !isFine { canvas.put("WABA 102938475610", row: row, column: 44, role: .text) }
    let history = isFine ? [Self.fine, Self.fine, Self.fine, Self.fine] : Self.states.reversed()
    for (index, mark) in history.enumerated() {
      let column = 63 + index
      let cell = Rect(row: row, column: column, width: 1, height: 1)
      canvas.fill(cell, role: mark.history, with: mark.strip(marks))
    }
    let age: Role = isFine ? .textMuted : .text
    canvas.put([Phrase(words.age, age)], row: row, endingAt: canvas.width - 1, after: 0)
  }

  private static let states = [
    StateMark(.blocked), StateMark(.limited), StateMark(.unknown), StateMark(.stale),
    StateMark(.available),
  ]
  private static let fine = StateMark(.available)
}
