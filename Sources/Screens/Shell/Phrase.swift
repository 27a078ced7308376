import Canvas

/// A piece of a line with one meaning.
struct Phrase: Hashable, Sendable {
  let text: String
  let role: Role
  /// The target of a link.
  let link: String?

  init(_ text: String, _ role: Role, link: String? = nil) {
    self.text = text
    self.role = role
    self.link = link
  }
}

extension Canvas {
  /// Draws phrases one after the other; the last one that fits is cut.
  ///
  /// - Returns: The cells used.
  @discardableResult
  mutating func put(_ phrases: [Phrase], row: Int, column: Int, width: Int) -> Int {
    var used = 0
    for phrase in phrases where used < width {
      let cells = min(TextWidth.cells(of: phrase.text), width - used)
      let start = column + used
      used += put(phrase.text, row: row, column: start, role: phrase.role, width: cells)
      if let link = phrase.link {
        self.link(Rect(row: row, column: start, width: cells, height: 1), to: link)
      }
    }
    return used
  }

  /// Draws phrases that end before `end`, unless they would start before `start`.
  ///
  /// - Returns: Their first column; `end` if there was no room.
  @discardableResult
  mutating func put(_ phrases: [Phrase], row: Int, endingAt end: Int, after start: Int) -> Int {
    let cells = phrases.cells
    guard cells > 0, end - cells >= start else { return end }
    put(phrases, row: row, column: end - cells, width: cells)
    return end - cells
  }

  /// Draws centered lines in the middle of the rows, as far as there is room.
  mutating func put(_ lines: [Phrase], inTheMiddleOf rows: Range<Int>) {
    let top = rows.lowerBound + max((rows.count - lines.count) / 2, 0)
    for (row, line) in zip(top..<max(rows.upperBound, top), lines) {
      put(line.text, row: row, column: 0, role: line.role, width: width, align: .center)
    }
  }
}

extension [Phrase] {
  var cells: Int { reduce(0) { $0 + TextWidth.cells(of: $1.text) } }

  /// The same phrases in one role, for a coloured bar.
  func inRole(_ role: Role) -> [Phrase] { map { Phrase($0.text, role) } }

  /// The last one that fits is cut with a sign that it was.
  func cut(to width: Int) -> [Phrase] {
    guard cells > width else { return self }
    var left = width
    var cut: [Phrase] = []
    for phrase in self where left > 0 {
      let isLast = TextWidth.cells(of: phrase.text) >= left
      // Longer by a cell, so that it ends with the sign for what is missing even if it just fits.
      let text = isLast ? TextWidth.cut(phrase.text + " ", to: left) : phrase.text
      cut.append(Phrase(text, phrase.role, link: phrase.link))
      left -= TextWidth.cells(of: text)
      if isLast { break }
    }
    return cut
  }
}
