import Health

// Comparisons that ignore case, byte by byte. The text to search for is in lower case.
extension String {
  func begins(folded text: [UInt8]) -> Bool {
    withBytes(for: text) { bytes in bytes.count >= text.count && bytes.holds(folded: text, at: 0) }
  }

  func ends(folded text: [UInt8]) -> Bool {
    withBytes(for: text) { bytes in
      bytes.count >= text.count && bytes.holds(folded: text, at: bytes.count - text.count)
    }
  }

  func equals(folded text: [UInt8]) -> Bool {
    withBytes(for: text) { bytes in
      bytes.count == text.count && bytes.holds(folded: text, at: 0)
    }
  }

  func contains(folded text: [UInt8]) -> Bool {
    withBytes(for: text) { bytes in bytes.contains(folded: text) }
  }

  /// Its bytes, with non-ASCII text in lower case: ASCII is folded during comparison.
  private func withBytes(
    for wanted: [UInt8],
    _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var text = wanted.allSatisfy { $0 < 0x80 } ? self : lowercased()
    return text.withUTF8(body)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A search by bytes, which is correct for UTF-8.
  func contains(_ text: [UInt8]) -> Bool {
    guard let first = text.first else { return true }
    guard count >= text.count else { return false }
    return (0...count - text.count).contains { self[$0] == first && holds(text, at: $0) }
  }

  /// The same, ignoring the case of ASCII letters.
  func contains(folded text: [UInt8]) -> Bool {
    guard let first = text.first else { return true }
    guard count >= text.count else { return false }
    let capital = 97...122 ~= first ? first & 0xDF : first
    return (0...count - text.count).contains {
      (self[$0] == first || self[$0] == capital) && holds(folded: text, at: $0)
    }
  }

  /// The same, right behind a byte.
  ///
  /// - Parameters:
  ///   - text: In lower case.
  ///   - mark: The byte.
  ///   - isEnd: Whether the next byte may follow the text; it is nil at the end.
  /// - Returns: Whether it is there.
  func contains(
    folded text: [UInt8],
    behind mark: UInt8,
    before isEnd: (UInt8?) -> Bool
  ) -> Bool {
    indices.contains { place in
      let (start, end) = (place + 1, place + 1 + text.count)
      return self[place] == mark && end <= count && holds(folded: text, at: start)
        && isEnd(end < count ? self[end] : nil)
    }
  }

  private func holds(_ text: [UInt8], at start: Int) -> Bool {
    for place in text.indices where self[start + place] != text[place] { return false }
    return true
  }

  fileprivate func holds(folded text: [UInt8], at start: Int) -> Bool {
    for place in text.indices {
      let byte = self[start + place]
      guard (65...90 ~= byte ? byte | 0x20 : byte) == text[place] else { return false }
    }
    return true
  }
}
