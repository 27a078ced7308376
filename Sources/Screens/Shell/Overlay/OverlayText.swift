import Canvas

/// A scrollable text over the view; only visible lines are made.
struct OverlayText {
  let count: Int
  private let row: (Int) -> DetailLayout.Row

  init(_ rows: [DetailLayout.Row]) {
    count = rows.count
    row = { rows[$0] }
  }

  init(count: Int, row: @escaping (Int) -> DetailLayout.Row) {
    self.count = count
    self.row = row
  }

  /// The text of an overlay; nil if there is none.
  init?(_ context: DrawContext, width: Int) {
    switch context.state.shell.overlay {
    case .help: self.init(HelpView(context: context).rows(width: width))
    case .messages: self.init(MessagesView(context: context).rows(width: width))
    case .raw(let page): self = RawAnswerView(page: page).text(width: width)
    case .difference(let page):
      self.init(DifferenceView(context: context, page: page).rows(width: width))
    case .sortMenu, .notes, nil: return nil
    }
  }

  /// The visible lines for a height.
  func window(from scroll: Int, height: Int) -> Range<Int> {
    let first = min(max(scroll, 0), max(count - height, 0))
    return first..<min(first + max(height, 0), count)
  }

  /// The lines with matches.
  func matches(of search: OverlaySearch?) -> [Int] {
    guard let search, !search.text.isEmpty else { return [] }
    return (0..<count).filter { !search.ranges(in: row($0).text).isEmpty }
  }

  func draw(on canvas: inout Canvas, scroll: Int, _ context: DrawContext) {
    for (line, index) in window(from: scroll, height: canvas.height).enumerated() {
      let row = row(index)
      let column = 1 + row.indent
      let phrases = row.phrases.map { Phrase(context.masked($0.text), $0.role) }
      canvas.put(phrases, row: line, column: column, width: max(canvas.width - 1 - column, 0))
      let text = phrases.map(\.text).joined()
      for range in context.state.shell.search?.ranges(in: text) ?? [] {
        let start = column + TextWidth.cells(of: String(text[..<range.lowerBound]))
        let width = TextWidth.cells(of: String(text[range]))
        let match = Rect(row: line, column: start, width: width, height: 1)
        canvas.recolor(match, role: .match)
      }
    }
  }
}

extension DetailLayout.Row {
  /// The text of the line.
  fileprivate var text: String { phrases.map(\.text).joined() }
}
