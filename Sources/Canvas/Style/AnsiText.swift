/// A canvas as lines for a terminal without curses: characters with their colours between them (ECMA-48,
/// select graphic rendition).
package struct AnsiText: Sendable {
  private let styleTable: StyleTable
  private let depth: ColorDepth

  package init(styles: StyleSheet, depth: ColorDepth) {
    styleTable = StyleTable(of: styles, depth: depth, capacity: 65_536)
    self.depth = depth
  }

  package init(styleTable: StyleTable, depth: ColorDepth) {
    self.styleTable = styleTable
    self.depth = depth
  }

  /// The rows, each of which ends by resetting the colours.
  package func lines(of canvas: Canvas) -> [String] {
    canvas.size.rows.map { line(of: canvas.cells(row: $0)) }
  }

  package func line(of cells: some Sequence<Cell>) -> String {
    var text = ""
    var last: CellStyle?
    for cell in cells where !cell.isContinuation {
      let style = styleTable.style(of: cell)
      if style != last { text += sequence(for: style) }
      last = style
      text.unicodeScalars.append(contentsOf: cell.glyph.scalars)
    }
    return text + "\u{1B}[0m"
  }

  private func sequence(for style: CellStyle) -> String {
    let pair = styleTable.pairs[Int(style.pair)]
    let attributes: [(Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"),
    ]
    let codes =
      ["0"] + attributes.filter { style.attributes.contains($0.0) }.map(\.1)
      + [code(of: pair.foreground, ground: 0), code(of: pair.background, ground: 10)]
      .compactMap(\.self)
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  /// Nil for the terminal's own colour; background codes are ten higher.
  private func code(of number: ColorNumber, ground: Int) -> String? {
    switch number {
    case ..<0: nil
    case ..<8: "\(30 + ground + Int(number))"
    case ..<16 where depth < .truecolor: "\(82 + ground + Int(number))"
    case _ where depth < .truecolor: "\(38 + ground);5;\(number)"
    default:
      "\(38 + ground);2;\(number >> 16);\(number >> 8 & 0xFF);\(number & 0xFF)"
    }
  }
}
