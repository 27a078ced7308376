import Health

// Where a filter's words are found, for highlighting.
extension Filter {
  /// The parts of a text that the filter's words match; negated words don't count.
  package func ranges(in text: String) -> [Range<String.Index>] {
    Self.words(expression).flatMap { $0.ranges(in: text) }
  }

  private static func words(_ expression: FilterExpression) -> [FilterWord] {
    switch expression {
    case .all(let parts), .any(let parts): parts.flatMap(words)
    case .word(let word): [word]
    case .not, .flag, .field: []
    }
  }
}

extension FilterWord {
  /// Only the first place: a cell of the list rarely has more.
  fileprivate func ranges(in text: String) -> [Range<String.Index>] {
    let wanted = Array(caseCounts ? self.text : self.text.lowercased())
    var start = text.startIndex
    while start < text.endIndex {
      if let end = end(of: wanted, in: text, from: start) { return [start..<end] }
      start = text.index(after: start)
    }
    return []
  }

  private func end(
    of wanted: [Character],
    in text: String,
    from start: String.Index
  ) -> String.Index? {
    var place = start
    for character in wanted {
      guard place < text.endIndex else { return nil }
      let isSame =
        caseCounts ? text[place] == character : text[place].lowercased() == String(character)
      guard isSame else { return nil }
      place = text.index(after: place)
    }
    return place
  }
}
