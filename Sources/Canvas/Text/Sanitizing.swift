extension String {
  /// The text as one line that is safe to draw, log or cut, for all text from providers.
  ///
  /// Removes controls, terminal escape sequences, bidi controls, zero-width, private and unassigned
  /// scalars and variation selectors; reduces joined emoji to the first; collapses and trims white
  /// space.
  package var sanitized: String {
    if isSanitaryASCII || isSanitaryLatin { return self }
    var clean = UnicodeScalarView()
    var spaceWaits = false
    for (glyph, _) in GlyphSequence(withoutEscapeSequences) {
      if glyph == .space {
        spaceWaits = !clean.isEmpty
        continue
      }
      if spaceWaits { clean.append(" ") }
      spaceWaits = false
      glyph.append(to: &clean)
    }
    return String(clean)
  }

  /// A fast path for text that needs no change.
  private var isSanitaryASCII: Bool {
    utf8.withContiguousStorageIfAvailable(Self.isSanitary) ?? Self.isSanitary(utf8)
  }

  /// The same for the letters and dashes of most other names.
  private var isSanitaryLatin: Bool {
    var previous: UInt32 = 0x20
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x20 where previous == 0x20: return false
      // ASCII, Latin letters, dashes and quotation marks: each takes one cell.
      case 0x20...0x7E, 0xC0...0x24F, 0x2010...0x2027: previous = scalar.value
      default: return false
      }
    }
    return previous != 0x20
  }

  private static func isSanitary(_ bytes: some Collection<UInt8>) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in bytes {
      guard byte >= 0x20 && byte < 0x7F else { return false }
      if byte == 0x20 && previous == 0x20 { return false }
      previous = byte
    }
    return bytes.isEmpty || previous != 0x20
  }

  /// Removes whole sequences, so that their parameters do not remain.
  private var withoutEscapeSequences: String {
    guard unicodeScalars.contains(where: { $0 == "\u{1B}" || (0x80..<0xA0).contains($0.value) })
    else { return self }
    var rest = unicodeScalars[...]
    var kept = UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{1B}": rest = Self.afterEscape(rest)
      case "\u{9B}": rest = Self.afterControlSequence(rest)
      case "\u{90}", "\u{98}", "\u{9D}", "\u{9E}", "\u{9F}": rest = Self.afterString(rest)
      default: kept.append(scalar)
      }
    }
    return String(kept)
  }

  private static func afterEscape(
    _ text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    guard let introducer = text.first else { return text }
    switch introducer {
    case "[": return afterControlSequence(text.dropFirst())
    case "]", "P", "X", "^", "_": return afterString(text.dropFirst())
    // ESC, intermediates, one final: "ESC ( B" and the like.
    case " "..."~": return text.drop { (" "..."/").contains($0) }.dropFirst()
    default: return text
    }
  }

  /// Skips parameters and intermediates, then the final byte if that is what follows.
  private static func afterControlSequence(
    _ text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    let rest = text.drop { (" "..."?").contains($0) }
    guard let final = rest.first, ("@"..."~").contains(final) else { return rest }
    return rest.dropFirst()
  }

  /// Skips to the end of an operating system command or similar sequence.
  ///
  /// One without an end keeps its text, because otherwise it could hide the rest of a message.
  private static func afterString(
    _ text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    let isEnd: (Unicode.Scalar) -> Bool = { $0 == "\u{07}" || $0 == "\u{1B}" || $0 == "\u{9C}" }
    guard let end = text.firstIndex(where: isEnd) else { return text }
    let rest = text[end...]
    if rest.first == "\u{1B}" {
      return rest.dropFirst().first == "\\" ? rest.dropFirst(2) : rest
    }
    return rest.dropFirst()
  }
}
