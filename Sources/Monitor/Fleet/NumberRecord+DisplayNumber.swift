import Health

// The phone number as lists show it.
extension NumberRecord {
  /// For lists: `+447700900131`, or the target if the number is unknown.
  package var displayNumber: String {
    report?.facts.displayNumber.map(Self.compact) ?? number.target ?? number.account
  }

  /// Numbers arrive in many formats, or masked: only blanks and punctuation are removed.
  package static func compact(_ text: String) -> String {
    if let figures = figures(of: text) { return figures }
    let kept = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !isPunctuation($0) })
    )
    let isDigits = !kept.isEmpty && kept.utf8.allSatisfy { (48...57).contains($0) }
    return isDigits ? "+" + kept : kept
  }

  /// The compact form of a number that is all digits and ASCII punctuation, as nearly all are.
  private static func figures(of text: String) -> String? {
    var hasPlus = false
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "+") where !hasPlus && digits == 0: hasPlus = true
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "."):
        break
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    return String(unsafeUninitializedCapacity: digits + 1) { buffer in
      buffer[0] = UInt8(ascii: "+")
      var count = 1
      for byte in text.utf8 where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
        buffer[count] = byte
        count += 1
      }
      return count
    }
  }

  /// Digits are tested first, since rows call this all the time and a number is nearly all digits.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "+": false
    case " ", "-", "(", ")", ".": true
    default: scalar.properties.isWhitespace
    }
  }
}
