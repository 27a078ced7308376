import Canvas

/// A number's raw answer as JSON; long lines are wrapped.
struct RawAnswerView {
  let page: RawPage

  func text(width: Int) -> OverlayText {
    switch page.content {
    case .awaited: OverlayText([note("The answer was not kept; requesting it again …")])
    case .none(let reason):
      OverlayText(TextWrap.lines(reason.sanitized, width: width).map(note))
    case .lines(let lines): text(of: lines, width: width)
    }
  }

  private func note(_ text: String) -> DetailLayout.Row {
    DetailLayout.Row(phrases: [Phrase(text, .textMuted)])
  }

  /// An answer may have many thousands of lines, so only visible ones are wrapped.
  private func text(of lines: [RawLine], width: Int) -> OverlayText {
    var starts: [Int] = []
    var count = 0
    for line in lines {
      starts.append(count)
      count += Self.rowCount(of: line, width: width)
    }
    return OverlayText(count: count) { index in
      let place = starts.lastPlace { $0 <= index }
      return Self.row(index - starts[place], of: lines[place], width: width)
    }
  }

  /// The extra indent of continuation lines.
  private static let hanging = 4

  private static func indent(of line: RawLine, width: Int) -> Int {
    min(line.depth * 2, width / 2)
  }

  private static func room(for line: RawLine, width: Int) -> Int {
    max(width - indent(of: line, width: width) - hanging, 1)
  }

  private static func rowCount(of line: RawLine, width: Int) -> Int {
    let (name, value) = (line.name.utf8.count, line.value.utf8.count)
    let room = room(for: line, width: width)
    // Text never has more cells than bytes.
    if name + value <= room { return 1 }
    return max(chunks(of: line.text, width: room).count, 1)
  }

  private static func row(_ number: Int, of line: RawLine, width: Int) -> DetailLayout.Row {
    let indent = indent(of: line, width: width)
    let chunks = chunks(of: line.text, width: room(for: line, width: width))
    guard number > 0 else {
      let chunk = chunks.first ?? ""
      let name = String(chunk.prefix(line.name.count))
      let value = String(chunk.dropFirst(line.name.count))
      return DetailLayout.Row(
        indent: indent,
        phrases: [Phrase(name, .textMuted), Phrase(value, .text)]
      )
    }
    return DetailLayout.Row(indent: indent + hanging, phrases: [Phrase(chunks[number], .text)])
  }

  /// Pieces of at most so many cells, without regard to blanks.
  private static func chunks(of text: String, width: Int) -> [String] {
    guard text.utf8.count > width else { return [text] }
    var chunks: [String] = []
    var (chunk, used) = ("", 0)
    for character in text {
      let cells = TextWidth.cells(of: String(character))
      if used + cells > width, used > 0 {
        chunks.append(chunk)
        (chunk, used) = ("", 0)
      }
      chunk.append(character)
      used += cells
    }
    return chunks + [chunk]
  }
}

extension [Int] {
  /// The last index that passes; all that pass must come first.
  fileprivate func lastPlace(where passes: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return Swift.max(low - 1, 0)
  }
}
