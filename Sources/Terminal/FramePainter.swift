import CNcurses
import Canvas

/// Draws frames with curses, which sends only the difference.
@MainActor
struct FramePainter {
  private let window: UnsafeMutablePointer<WINDOW> = cn_stdscr()
  private let colorDepth: ColorDepth
  private var styleTable: StyleTable
  /// The initial cell of each style, by its number.
  private var beginnings: [cchar_t] = []
  /// The blank of each style, chosen so that as little as possible has to be sent.
  private var blanks: [cchar_t] = []
  private var presented: Canvas?
  private var elements: [cchar_t] = []
  private var links: LinkWriter?

  init(_ styles: StyleSheet, depth: ColorDepth, showsLinks: Bool) {
    colorDepth = depth
    styleTable = CursesStart.styleTable(of: styles, at: depth)
    links = showsLinks ? LinkWriter(styleTable, depth: depth) : nil
    prepareStyles()
  }

  /// Changes the styles of the roles; the next frame is drawn completely.
  mutating func use(_ styles: StyleSheet) {
    styleTable = CursesStart.styleTable(of: styles, at: colorDepth)
    if links != nil { links = LinkWriter(styleTable, depth: colorDepth) }
    prepareStyles()
    presented = nil
  }

  /// Shows the part of a canvas that fits.
  mutating func present(_ canvas: Canvas, in size: Rect) {
    if presented?.size != canvas.size {
      presented = nil
      werase(window)
    }
    if presented == nil { links?.forgetScreen() }
    let width = min(canvas.width, size.width)
    var changed: Set<Int> = []
    for row in 0..<min(canvas.height, size.height) {
      guard let columns = changedColumns(of: canvas, row: row, width: width) else { continue }
      draw(canvas.cells(row: row), columns, row: row)
      changed.insert(row)
    }
    let isNew = presented == nil
    presented = canvas
    if isNew || !changed.isEmpty {
      wnoutrefresh(window)
      doupdate()
    }
    links?.write(canvas, size: size, changedRows: changed)
  }

  /// Sends the whole screen again, whatever the terminal shows.
  mutating func repaint() {
    cn_forget_screen()
    doupdate()
    links?.forgetScreen()
  }

  /// Makes the next frame be drawn completely.
  mutating func forgetScreen() {
    cn_forget_screen()
    presented = nil
  }
}

extension FramePainter {
  private mutating func prepareStyles() {
    for (number, pair) in styleTable.pairs.enumerated().dropFirst() {
      init_extended_pair(Int32(number), pair.foreground, pair.background)
    }
    let standard = standardPair
    func element(_ style: CellStyle) -> cchar_t {
      var element = cchar_t()
      cn_set_look(&element, style.attributes.curses, style.pair == 0 ? standard : style.pair)
      return element
    }
    beginnings = styleTable.byNumber.map(element)
    blanks = styleTable.numbersOfBlanks.map { beginnings[$0] }
    // Uncovered and cleared parts have the theme's background.
    wcolor_set(window, 0, nil)
    var cell = element(CellStyle(attributes: [], pair: styleTable.style(of: .blank).pair))
    wbkgrndset(window, &cell)
  }

  /// A pair with the terminal's own colours that is not pair 0: curses needs two sequences instead
  /// of one to switch to pair 0.
  private var standardPair: Int32 {
    let number = Int32(styleTable.pairs.count)
    guard colorDepth != .mono, number < cn_color_pairs() else { return 0 }
    init_extended_pair(number, ColorPair.standard.foreground, ColorPair.standard.background)
    return number
  }

  /// The columns of a row that changed, with both halves of wide glyphs; nil if none did.
  private func changedColumns(of canvas: Canvas, row: Int, width: Int) -> Range<Int>? {
    guard let presented else { return width > 0 ? 0..<width : nil }
    let start = row * canvas.width
    return canvas.cells.withUnsafeBufferPointer { cells in
      presented.cells.withUnsafeBufferPointer { former in
        var (first, end) = (start, start + width)
        while first < end, cells[first] == former[first] { first += 1 }
        guard first < end else { return nil }
        while cells[end - 1] == former[end - 1] { end -= 1 }
        if first > start, cells[first].isContinuation { first -= 1 }
        if end < start + width, cells[end].isContinuation { end += 1 }
        return (first - start)..<(end - start)
      }
    }
  }

  private mutating func draw(_ cells: ArraySlice<Cell>, _ columns: Range<Int>, row: Int) {
    elements.removeAll(keepingCapacity: true)
    let start = cells.startIndex
    var index = start + columns.lowerBound
    let end = start + columns.upperBound
    while index < end {
      let cell = cells[index]
      let glyph = cell.glyph
      if glyph == .space {
        let gap = Gap(at: index, in: cells)
        let element = (gap.isWithinText ? beginnings : blanks)[cell.styleNumber]
        let last = min(gap.end, end)
        for _ in index..<last { elements.append(element) }
        index = last
        continue
      }
      index += 1
      if cell.isContinuation { continue }
      if glyph.isASCII {
        var element = beginnings[cell.styleNumber]
        element.chars.0 = wchar_t(glyph.baseValue)
        elements.append(element)
      } else {
        let isWide = index < cells.endIndex && cells[index].isContinuation
        append(glyph, of: cell, width: isWide ? 2 : 1)
      }
    }
    mvwadd_wchnstr(
      window,
      Int32(row),
      Int32(columns.lowerBound),
      elements,
      Int32(elements.count)
    )
  }

  private mutating func append(_ glyph: Glyph, of cell: Cell, width: Int32) {
    var made = (cchar_t(), cchar_t())
    var beginning = beginnings[cell.styleNumber]
    let (base, first, second) = (glyph.baseValue, glyph.mark(at: 0), glyph.mark(at: 1))
    let count = withUnsafeMutablePointer(to: &made) { made in
      made.withMemoryRebound(to: cchar_t.self, capacity: 2) {
        cn_set_glyph($0, &beginning, base, first, second, width)
      }
    }
    elements.append(made.0)
    if count == 2 { elements.append(made.1) }
  }
}

/// Adjacent blanks of one style.
private struct Gap {
  let end: Int
  /// Whether the text on both sides has the same style, so that switching for the blanks would cost
  /// more.
  let isWithinText: Bool

  init(at index: Int, in cells: ArraySlice<Cell>) {
    let blank = cells[index]
    var (first, end) = (index, index + 1)
    while first > cells.startIndex, cells[first - 1] == blank { first -= 1 }
    while end < cells.endIndex, cells[end] == blank { end += 1 }
    self.end = end
    isWithinText =
      first > cells.startIndex && cells[first - 1].styleNumber == blank.styleNumber
      && end < cells.endIndex && cells[end].styleNumber == blank.styleNumber
  }
}
