/// Decodes a string with escapes that the parser has validated.
enum JSONEscapes {
  static func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    var units: [UInt8] = []
    units.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        units.append(byte)
        continue
      }
      units.append(contentsOf: UTF8.encode(scalar(&rest)) ?? UTF8.encodedReplacementCharacter)
    }
    return String(decoding: units, as: UTF8.self)
  }

  private static func scalar(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar {
    switch rest.popFirst() {
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{C}"
    case UInt8(ascii: "u"): unicodeScalar(&rest)
    case let byte?: Unicode.Scalar(byte)
    case nil: "\u{FFFD}"
    }
  }

  /// Decodes the digits after `\u`; an unpaired surrogate becomes U+FFFD.
  private static func unicodeScalar(
    _ rest: inout Slice<UnsafeBufferPointer<UInt8>>
  ) -> Unicode.Scalar {
    let unit = unit(&rest)
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    let afterLead = rest
    guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u") else {
      rest = afterLead
      return "\u{FFFD}"
    }
    let trail = self.unit(&rest)
    guard UTF16.isTrailSurrogate(trail) else {
      rest = afterLead
      return "\u{FFFD}"
    }
    return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
  }

  private static func unit(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let digit = rest.popFirst().flatMap { Character(Unicode.Scalar($0)).hexDigitValue } ?? 0
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
