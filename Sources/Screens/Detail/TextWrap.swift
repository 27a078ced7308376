import Canvas

/// Wraps text into lines of so many cells, between words if possible.
package enum TextWrap {
  /// - Parameters:
  ///   - text: Sanitized.
  ///   - width: The width of a line; at least one cell.
  /// - Returns: No line for no text.
  package static func lines(_ text: String, width: Int) -> [String] {
    let width = max(width, 1)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      let cells = TextWidth.cells(of: String(word))
      if used > 0, used + 1 + cells <= width {
        line += " " + word
        used += 1 + cells
        continue
      }
      if used > 0 { lines.append(line) }
      var pieces = broken(String(word), cells: cells, width: width)
      line = pieces.popLast() ?? ""
      lines += pieces
      used = TextWidth.cells(of: line)
    }
    if used > 0 { lines.append(line) }
    return lines
  }

  /// Wraps a word that is longer than a line, such as a link or a Japanese sentence.
  private static func broken(_ word: String, cells: Int, width: Int) -> [String] {
    guard cells > width else { return [word] }
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in word {
      let cells = TextWidth.cells(of: String(character))
      if used + cells > width, used > 0 {
        let (whole, rest) = divided(piece, isLink: word.contains("://"))
        pieces.append(whole)
        (piece, used) = (rest, TextWidth.cells(of: rest))
      }
      piece.append(character)
      used += cells
    }
    return pieces + [piece]
  }

  /// Breaks a link after a separator if the line is at least half full.
  private static func divided(_ piece: String, isLink: Bool) -> (whole: String, rest: String) {
    guard isLink, let sign = piece.lastIndex(where: { "/?&=".contains($0) }) else {
      return (piece, "")
    }
    let whole = piece[...sign]
    return whole.count * 2 < piece.count
      ? (piece, "") : (String(whole), String(piece[whole.endIndex...]))
  }
}
