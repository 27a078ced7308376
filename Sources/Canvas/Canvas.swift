/// A screenful of characters and roles, which views draw, tests compare, and terminals show.
///
/// Drawing is clipped at any size, including zero, so a view may draw as if there were room. While
/// `within(_:_:)` runs, coordinates, `width` and `height` are those of the region.
package struct Canvas: Sendable {
  package enum Alignment: Sendable {
    case leading
    case trailing
    case center
  }

  /// Larger than any terminal; a limit for memory.
  private static let largestSide = 4096

  /// The cells of the whole canvas, row by row.
  package private(set) var cells: [Cell]
  /// In the order in which they were drawn.
  var links: [CanvasLink] = []
  package let size: Rect
  private var region: Rect
  private var clip: Rect

  package init(width: Int, height: Int) {
    size = Rect(
      row: 0,
      column: 0,
      width: min(width, Self.largestSide),
      height: min(height, Self.largestSide)
    )
    region = size
    clip = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  /// The columns of the current region.
  package var width: Int { region.width }

  /// The rows of the current region.
  package var height: Int { region.height }

  /// The current region, in its own coordinates.
  package var bounds: Rect { Rect(row: 0, column: 0, width: width, height: height) }

  /// Restricts drawing in the closure to a region of the canvas.
  @discardableResult
  package mutating func within<Result>(
    _ rect: Rect,
    _ body: (inout Canvas) throws -> Result
  ) rethrows -> Result {
    let outer = (region, clip)
    defer { (region, clip) = outer }
    region = rect.moved(rows: region.row, columns: region.column)
    clip = clip.intersection(region)
    return try body(&self)
  }

  /// Draws text without characters that must not reach a terminal.
  ///
  /// - Parameters:
  ///   - text: One line; line breaks become spaces.
  ///   - row: Counted from the top of the current region; text outside is clipped.
  ///   - column: Counted from its left edge.
  ///   - role: The text's role.
  ///   - width: The cells of the field, which is filled completely: long text is cut with `…`,
  ///     short text is padded. Without a width, the text is drawn as it is.
  ///   - alignment: The place of short text in its field.
  /// - Returns: The number of cells used, after which the next text may start.
  @discardableResult
  package mutating func put(
    _ text: String,
    row: Int,
    column: Int,
    role: Role,
    width: Int? = nil,
    align alignment: Alignment = .leading
  ) -> Int {
    // A rectangle's edges are limited, so that sums of them cannot overflow.
    let field = Rect(row: row, column: column, width: width ?? 0, height: 1)
    let (row, column) = (field.row, field.column)
    let line = Line(text)
    guard width != nil else {
      return write(line, row: row, column: column, limit: .max, role: role)
    }
    let width = field.width
    guard width > 0 else { return 0 }
    let length = line.cells
    if length > width {
      var used = write(line, row: row, column: column, limit: width - 1, role: role)
      used += write(Line("…"), row: row, column: column + used, limit: 1, role: role)
      pad(row: row, column: column + used, count: width - used, role: role)
      return width
    }
    let indent =
      switch alignment {
      case .leading: 0
      case .trailing: width - length
      case .center: (width - length) / 2
      }
    pad(row: row, column: column, count: indent, role: role)
    write(line, row: row, column: column + indent, limit: length, role: role)
    pad(row: row, column: column + indent + length, count: width - indent - length, role: role)
    return width
  }

  /// A text to draw, checked once for the common case.
  private struct Line {
    let text: String
    let isPrintableASCII: Bool

    init(_ text: String) {
      self.text = text
      isPrintableASCII = TextWidth.isPrintableASCII(text)
    }

    var cells: Int {
      if isPrintableASCII { return text.utf8.count }
      return GlyphSequence(text).reduce(0) { $0 + $1.width }
    }
  }

  /// Fills a rectangle with one narrow character: a space, a line, a bar.
  package mutating func fill(_ rect: Rect, role: Role, with scalar: Unicode.Scalar = " ") {
    let isNarrow = ScalarKind(of: scalar) == .narrow
    let cell = Cell(glyph: isNarrow ? Glyph(scalar) : .space, role: role)
    let visible = visiblePart(of: rect)
    guard !visible.isEmpty else { return }
    for row in visible.rows {
      blankSplitGlyphs(row: row, columns: visible.columns)
      cells.withUnsafeMutableBufferPointer { cells in
        let first = row * size.width + visible.column
        cells[first..<(first + visible.width)].update(repeating: cell)
      }
    }
  }

  /// Changes the role of cells and keeps their contents.
  package mutating func recolor(_ rect: Rect, role: Role) {
    let visible = visiblePart(of: rect)
    for row in visible.rows {
      for column in visible.columns { cells[row * size.width + column].role = role }
    }
  }

  /// Marks cells as being on the cursor's row; all columns if none are named.
  package mutating func select(row: Int, columns: Range<Int>? = nil) {
    let columns = columns ?? 0..<width
    let rect = Rect(row: row, column: columns.lowerBound, width: columns.count, height: 1)
    let visible = visiblePart(of: rect)
    for row in visible.rows {
      for column in visible.columns { cells[row * size.width + column].isSelected = true }
    }
  }

  func visiblePart(of rect: Rect) -> Rect {
    rect.moved(rows: region.row, columns: region.column).intersection(clip)
  }
}

// MARK: - Writing glyphs

extension Canvas {
  private mutating func pad(row: Int, column: Int, count: Int, role: Role) {
    guard count > 0 else { return }
    fill(Rect(row: row, column: column, width: count, height: 1), role: role)
  }

  /// Draws glyphs up to the limit, the end of the text or the right edge.
  @discardableResult
  private mutating func write(
    _ line: Line,
    row: Int,
    column: Int,
    limit: Int,
    role: Role
  ) -> Int {
    let start = Rect(row: row, column: column, width: 0, height: 0)
      .moved(rows: region.row, columns: region.column)
    if line.isPrintableASCII {
      return writeASCII(line.text, at: start, limit: limit, role: role)
    }
    let isVisible = clip.rows.contains(start.row)
    var used = 0
    for (glyph, width) in GlyphSequence(line.text) {
      guard used + width <= limit, start.column + used < clip.columns.upperBound else { break }
      if isVisible {
        place(glyph, width: width, row: start.row, column: start.column + used, role: role)
      }
      used += width
    }
    return used
  }

  private mutating func writeASCII(_ text: String, at start: Rect, limit: Int, role: Role) -> Int {
    let used = min(text.utf8.count, limit)
    let columns = (start.column..<(start.column + used)).clamped(to: clip.columns)
    guard clip.rows.contains(start.row), !columns.isEmpty else { return used }
    blankSplitGlyphs(row: start.row, columns: columns)
    let first = start.row * size.width + columns.lowerBound
    let skipped = columns.lowerBound - start.column
    var text = text
    cells.withUnsafeMutableBufferPointer { cells in
      text.withUTF8 { bytes in
        for offset in 0..<columns.count {
          cells[first + offset] = Cell(glyph: Glyph(ascii: bytes[skipped + offset]), role: role)
        }
      }
    }
    return used
  }

  /// Draws one glyph; a wide one that an edge would split becomes a blank.
  private mutating func place(_ glyph: Glyph, width: Int, row: Int, column: Int, role: Role) {
    let columns = (column..<(column + width)).clamped(to: clip.columns)
    guard !columns.isEmpty else { return }
    blankSplitGlyphs(row: row, columns: columns)
    let index = row * size.width + columns.lowerBound
    guard columns.count == width else {
      cells[index] = Cell(glyph: .space, role: role)
      return
    }
    cells[index] = Cell(glyph: glyph, role: role)
    if width == 2 { cells[index + 1] = .continuation(role: role) }
  }

  /// Blanks the remaining halves of wide glyphs that these columns overwrite.
  private mutating func blankSplitGlyphs(row: Int, columns: Range<Int>) {
    let line = row * size.width
    if cells[line + columns.lowerBound].isContinuation {
      cells[line + columns.lowerBound - 1].glyph = .space
    }
    if columns.upperBound < size.width, cells[line + columns.upperBound].isContinuation {
      cells[line + columns.upperBound].glyph = .space
      cells[line + columns.upperBound].isContinuation = false
    }
  }
}

// MARK: - ASCII

extension Canvas {
  mutating func transliterate() {
    for index in cells.indices where !cells[index].glyph.isASCII {
      let base = cells[index].glyph.base
      cells[index].glyph = Glyph(base.isASCII ? base : Self.transliterations[base] ?? "?")
    }
    for index in cells.indices where cells[index].isContinuation {
      cells[index].glyph = Glyph("?")
      cells[index].isContinuation = false
    }
  }
}

// MARK: - Reading back

extension Canvas: Equatable {
  /// Compares the contents, not the current region.
  package static func == (left: Canvas, right: Canvas) -> Bool {
    left.size == right.size && left.cells == right.cells
  }

  /// The cell at a place of the whole canvas; a blank one outside it.
  package subscript(row row: Int, column column: Int) -> Cell {
    guard size.rows.contains(row), size.columns.contains(column) else { return .blank }
    return cells[row * size.width + column]
  }

  /// The cells of one row of the whole canvas.
  package func cells(row: Int) -> ArraySlice<Cell> {
    guard size.rows.contains(row) else { return [] }
    return cells[(row * size.width)..<((row + 1) * size.width)]
  }

  /// The characters of one row of the whole canvas, including trailing blanks.
  package func text(row: Int) -> String {
    var text = String.UnicodeScalarView()
    for cell in cells(row: row) where !cell.isContinuation {
      cell.glyph.append(to: &text)
    }
    return String(text)
  }

  /// All rows, without trailing blanks.
  package var lines: [String] {
    size.rows.map { Self.trimmed(text(row: $0)) }
  }

  /// A letter per visible cell, for its role; `S` for blanks in a selected row.
  package var roles: [String] {
    size.rows.map { row in Self.trimmed(String(cells(row: row).map(Self.letter))) }
  }

  private static func letter(of cell: Cell) -> Character {
    guard cell.glyph == .space else { return cell.role.letter }
    if cell.isSelected { return Role.selection.letter }
    return cell.role.isFilled ? cell.role.letter : " "
  }

  private static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
