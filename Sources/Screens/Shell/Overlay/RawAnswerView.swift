import Canvas

/// The answer of a number as it came, as JSON; long lines go on under themselves.
struct RawAnswerView {
  let page: RawPage

  func text(width: Int) -> OverlayText {
    switch page.content {
    case .awaited: OverlayText([note("It was not kept and is asked for again …")])
    case .none(let reason):
      OverlayText(TextWrap.lines(reason.sanitized, width: width).map(note))
    case .lines(let lines): text(of: lines, width: width)
    }
  }

  private func note(_ text: String) -> DetailLayout.Row {
    DetailLayout.Row(phrases: [Phrase(text, .textMuted)])
  }

  /// An answer may have many thousand lines, so that only those that are seen are cut up.
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

  /// What a line goes on with stands further in than its beginning.
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

  /// Pieces of at most so many cells: this text is not prose, and blanks count.
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
  /// The last place whose figure passes, where all that pass come first.
  fileprivate func lastPlace(where passes: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return Swift.max(low - 1, 0)
  }
}
