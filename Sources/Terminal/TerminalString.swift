import Canvas

/// A string that the terminal sends between the keys: an answer about colours, its version, its
/// clipboard (ECMA-48: OSC and DCS).
///
/// Only the answer about the background matters here; the others are dropped, because their letters
/// would be commands.
struct TerminalString {
  enum Step {
    case more
    case end
    /// A control character that no string contains: the end was lost, and this is a key.
    case broken
  }

  /// As much of it as the longest answer that matters.
  private var text: [UInt32] = []
  /// Whether an escape came, the first half of the end.
  private(set) var isEnding = false

  private static let longestAnswer = 64
  /// BEL, and the string terminator in one byte.
  private static let ends: Set<UInt32> = [0x07, 0x9C]
  private static let escape: UInt32 = 0x1B

  /// Recognizes the first characters after an escape; nil for anything that a person may type.
  init?(beginning rest: ArraySlice<RawInput>) {
    guard Self.looksWhole(Self.codes(rest)) else { return nil }
  }

  /// Whether the first characters after an escape may be the start of a string, and nothing is behind
  /// them.
  static func mayBegin(_ rest: ArraySlice<RawInput>) -> Bool {
    let codes = codes(rest.prefix(16))
    guard codes.count == rest.count, codes.first == UInt32(UInt8(ascii: "]")) else { return false }
    return codes.dropFirst().allSatisfy(isDigit) && codes.count < 5
  }

  private static func codes(_ rest: ArraySlice<RawInput>) -> [UInt32] {
    var codes: [UInt32] = []
    for input in rest {
      guard case .character(let code) = input else { break }
      codes.append(code)
    }
    return codes
  }

  /// `]11;` or `P>|`, `P1$r`.
  private static func looksWhole(_ codes: [UInt32]) -> Bool {
    guard let first = codes.first else { return false }
    let rest = codes.dropFirst()
    switch first {
    case UInt32(UInt8(ascii: "]")):
      let digits = rest.prefix(while: isDigit)
      return !digits.isEmpty && rest.dropFirst(digits.count).first == UInt32(UInt8(ascii: ";"))
    case UInt32(UInt8(ascii: "P")):
      return rest.first.map { isDigit($0) || ">!".unicodeScalars.map(\.value).contains($0) }
        ?? false
    default: return false
    }
  }

  private static func isDigit(_ code: UInt32) -> Bool { (0x30...0x39).contains(code) }

  /// Takes the next character.
  mutating func take(_ code: UInt32) -> Step {
    if isEnding { return code == UInt32(UInt8(ascii: "\\")) ? .end : .broken }
    if Self.ends.contains(code) { return .end }
    if code == Self.escape {
      isEnding = true
      return .more
    }
    guard code >= 0x20 else { return .broken }
    if text.count < Self.longestAnswer { text.append(code) }
    return .more
  }

  /// The colour, if it is the answer about the background.
  var background: Color? {
    let scalars = text.compactMap(Unicode.Scalar.init)
    return Color(backgroundAnswer: String(String.UnicodeScalarView(scalars)))
  }
}
