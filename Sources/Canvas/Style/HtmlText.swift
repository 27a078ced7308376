/// A canvas as a self-contained page: one `pre` with the theme's colours inline.
///
/// Providers' text is escaped. Every row runs from left to right, so that columns stay aligned; words of
/// scripts that run from right to left do so within the cells that they have.
package struct HtmlText: Sendable {
  private let styleTable: StyleTable
  private let depth: ColorDepth
  private let paper: String
  private let ink: String

  /// - Parameters:
  ///   - styles: The styles of the roles.
  ///   - depth: How many colours to use.
  ///   - isDark: Whether the terminal's own colours are light on dark.
  package init(styles: StyleSheet, depth: ColorDepth, isDark: Bool) {
    styleTable = StyleTable(of: styles, depth: depth, capacity: 65_536)
    self.depth = depth
    let blank = styleTable.pairs[Int(styleTable.style(of: .blank).pair)]
    let text = styleTable.pairs[Int(styleTable.style(of: Cell(glyph: .space, role: .text)).pair)]
    paper = Self.color(blank.background, depth) ?? (isDark ? "#000000" : "#ffffff")
    ink = Self.color(text.foreground, depth) ?? (isDark ? "#d0d0d0" : "#202020")
  }

  /// The whole page.
  ///
  /// - Parameters:
  ///   - canvas: What it shows.
  ///   - title: The page's title; it is escaped.
  /// - Returns: The text of a file.
  package func page(of canvas: Canvas, title: String) -> String {
    var looks = Looks(areClasses: false)
    let rows = canvas.size.rows.map { line(of: canvas.cells(row: $0), &looks) }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>\(Self.escaped(title.sanitized))</title>
      </head>
      <body style="margin:0;background:\(paper)">
      <pre style="\(Self.layout);color:\(ink);background:\(paper)">\(rows.joined(separator: "\n"))</pre>
      </body>
      </html>

      """
  }

  /// The parts of a page that forbids styles of elements: rows with classes, and a sheet of styles.
  ///
  /// - Parameters:
  ///   - canvas: What it shows.
  ///   - element: The selector of the element that will have the rows.
  /// - Returns: The rows, and the sheet.
  package func parts(
    of canvas: Canvas,
    in element: String
  ) -> (rows: [String], sheet: String) {
    var looks = Looks(areClasses: true)
    let rows = canvas.size.rows.map { line(of: canvas.cells(row: $0), &looks) }
    let page = "html,body{margin:0;background:\(paper)}\n\(element){color:\(ink)}\n"
    return (rows, page + looks.sheet)
  }

  private static let layout =
    "margin:0;padding:1em;font:14px/1.25 ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;"
    + "direction:ltr;unicode-bidi:bidi-override"

  /// Cells of one style share a span; trailing blanks without a background are left out.
  private func line(of cells: ArraySlice<Cell>, _ looks: inout Looks) -> String {
    var runs: [(style: String, text: String)] = []
    var index = cells.startIndex
    while index < cells.endIndex {
      let cell = cells[index]
      var end = index + 1
      while end < cells.endIndex, cells[end].isContinuation { end += 1 }
      let style: String
      let text: String
      if looks.areClasses, let painted = painted(cell) {
        (style, text) = (painted, " ")
      } else if cell.isRightToLeft {
        end = endOfRightToLeft(in: cells[index...])
        style = css(of: styleTable.style(of: cell))
        text = rightToLeft(cells[index..<end], &looks)
      } else {
        style = css(of: styleTable.style(of: cell))
        text = html(of: cell.glyph, isWide: end > index + 1, &looks)
      }
      index = end
      if runs.last?.style == style {
        runs[runs.count - 1].text += text
      } else {
        runs.append((style, text))
      }
    }
    if let last = runs.last, last.style.isEmpty {
      runs[runs.count - 1].text = Self.withoutTrailingBlanks(last.text)
    }
    return runs.map { $0.style.isEmpty ? $0.text : looks.span($0.style, $0.text) }.joined()
  }

  /// The end of words that run from right to left, with what stands between them.
  private func endOfRightToLeft(in cells: ArraySlice<Cell>) -> Int {
    let style = styleTable.style(of: cells[cells.startIndex])
    var end = cells.startIndex + 1
    for (index, cell) in zip(cells.indices, cells).dropFirst() {
      guard styleTable.style(of: cell) == style, cell.isRightToLeft || index == end else { break }
      if cell.isRightToLeft { end = index + 1 }
    }
    return end
  }

  /// Letters that join, and are read from the right, in the room of their cells.
  private func rightToLeft(_ cells: ArraySlice<Cell>, _ looks: inout Looks) -> String {
    var scalars = String.UnicodeScalarView()
    for cell in cells { cell.glyph.append(to: &scalars) }
    let style =
      "display:inline-block;width:\(cells.count)ch;direction:rtl;unicode-bidi:isolate;text-align:left"
    return looks.span(style, Self.escaped(String(scalars)))
  }

  /// Wide characters need a fixed width, because fonts and terminals disagree about it.
  private func html(of glyph: Glyph, isWide: Bool, _ looks: inout Looks) -> String {
    var scalars = String.UnicodeScalarView()
    glyph.append(to: &scalars)
    let text = Self.escaped(String(scalars))
    if isWide { return looks.span("display:inline-block;width:2ch", text) }
    guard looks.areClasses, scalars.first.map(Self.isOfOtherFont) ?? false else { return text }
    return looks.span("display:inline-block;width:1ch;text-align:center", text)
  }

  /// Whether it is likely to come from another font, which may have another width: no letter of Europe,
  /// and none of the signs and lines that fonts of terminals have.
  private static func isOfOtherFont(_ scalar: Unicode.Scalar) -> Bool {
    !(0..<0x530).contains(scalar.value) && !(0x2000..<0x2C00).contains(scalar.value)
  }

  /// A block as a background, because fonts leave gaps between blocks; nil for other glyphs.
  private func painted(_ cell: Cell) -> String? {
    var scalars = String.UnicodeScalarView()
    cell.glyph.append(to: &scalars)
    let (front, back) = colors(of: styleTable.style(of: cell))
    switch scalars.first {
    case "█": return "background:\(front)"
    case "▌": return "background:linear-gradient(90deg,\(front) 50%,\(back) 50%)"
    default: return nil
    }
  }

  private func colors(of style: CellStyle) -> (front: String, back: String) {
    let pair = styleTable.pairs[Int(style.pair)]
    let front = Self.color(pair.foreground, depth) ?? ink
    let back = Self.color(pair.background, depth) ?? paper
    return style.attributes.contains(.reverse) ? (back, front) : (front, back)
  }

  /// Empty if it is the page's own style.
  private func css(of style: CellStyle) -> String {
    let (front, back) = colors(of: style)
    return [
      front == ink ? nil : "color:\(front)",
      back == paper ? nil : "background:\(back)",
      style.attributes.contains(.bold) ? "font-weight:bold" : nil,
      style.attributes.contains(.dim) ? "opacity:.65" : nil,
      style.attributes.contains(.underline) ? "text-decoration:underline" : nil,
    ].compactMap(\.self).joined(separator: ";")
  }

  /// Nil for the terminal's own colour.
  private static func color(_ number: ColorNumber, _ depth: ColorDepth) -> String? {
    guard number >= 0 else { return nil }
    guard depth == .truecolor, number >= 8 else {
      let (red, green, blue) = XtermPalette.components(of: UInt8(truncatingIfNeeded: number))
      return hex(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
    }
    return hex(UInt32(number))
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  package static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  private static func withoutTrailingBlanks(_ text: String) -> String {
    var text = text[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// How spans get their styles: each its own, or by classes that share them.
private struct Looks {
  let areClasses: Bool
  private var names: [String: String] = [:]
  /// The styles of all classes.
  private(set) var sheet = ""

  init(areClasses: Bool) { self.areClasses = areClasses }

  mutating func span(_ style: String, _ text: String) -> String {
    guard areClasses else { return "<span style=\"\(style)\">\(text)</span>" }
    return "<span class=\"\(name(of: style))\">\(text)</span>"
  }

  private mutating func name(of style: String) -> String {
    if let name = names[style] { return name }
    let name = "s\(names.count)"
    names[style] = name
    sheet += ".\(name){\(style)}\n"
    return name
  }
}

extension Cell {
  /// Whether it is of a script that runs from right to left, such as Hebrew and Arabic.
  fileprivate var isRightToLeft: Bool {
    var scalars = String.UnicodeScalarView()
    glyph.append(to: &scalars)
    guard let value = scalars.first?.value else { return false }
    return (0x590..<0x900).contains(value) || (0xFB1D..<0xFE00).contains(value)
      || (0xFE70..<0xFF00).contains(value)
  }
}
