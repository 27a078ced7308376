/// How text formats escape a character, by the byte that starts the escape.
enum Escape: UInt8, CaseIterable {
  /// `\/`, `\u0053`.
  case backslash = 0x5C
  /// `%2F`.
  case percent = 0x25
  /// `&#47;`.
  case entity = 0x26

  /// Decodes the escape after the byte, and returns the length of the whole escape; nil if it is
  /// none.
  func read(_ rest: ArraySlice<UInt8>) -> (decoded: [UInt8], length: Int)? {
    switch self {
    case .backslash: Self.backslash(rest)
    case .percent:
      Self.number(rest.prefix(2), digits: 2).map { ([UInt8(truncatingIfNeeded: $0)], 3) }
    case .entity: Self.entity(rest)
    }
  }

  /// After a backslash: JSON's escapes, and `\x53` of other languages.
  private static func backslash(_ rest: ArraySlice<UInt8>) -> (decoded: [UInt8], length: Int)? {
    guard let kind = rest.first else { return nil }
    let digits = rest.dropFirst()
    switch kind {
    case UInt8(ascii: "u"):
      return number(digits.prefix(4), digits: 4).map { (utf8($0), 6) }
    case UInt8(ascii: "x"):
      return number(digits.prefix(2), digits: 2).map { ([UInt8(truncatingIfNeeded: $0)], 4) }
    case UInt8(ascii: "n"): return ([0x0A], 2)
    case UInt8(ascii: "t"): return ([0x09], 2)
    case UInt8(ascii: "r"): return ([0x0D], 2)
    default: return ([kind], 2)
    }
  }

  private static let named: [(name: String, byte: UInt8)] = [
    ("amp;", UInt8(ascii: "&")), ("lt;", UInt8(ascii: "<")), ("gt;", UInt8(ascii: ">")),
    ("quot;", UInt8(ascii: "\"")), ("apos;", UInt8(ascii: "'")),
  ]

  /// After an ampersand: `amp;`, `#47;`, `#x2F;`.
  private static func entity(_ rest: ArraySlice<UInt8>) -> (decoded: [UInt8], length: Int)? {
    if let found = named.first(where: { rest.starts(with: $0.name.utf8) }) {
      return ([found.byte], found.name.utf8.count + 1)
    }
    guard rest.first == UInt8(ascii: "#") else { return nil }
    let isHexadecimal = rest.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
    let digits = rest.dropFirst(isHexadecimal ? 2 : 1).prefix(8).prefix { $0 != UInt8(ascii: ";") }
    guard digits.endIndex < rest.endIndex, rest[digits.endIndex] == UInt8(ascii: ";"),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
    else { return nil }
    return (utf8(code), digits.count + (isHexadecimal ? 4 : 3))
  }

  private static func utf8(_ code: UInt32) -> [UInt8] {
    Unicode.Scalar(code).map { Array(String($0).utf8) } ?? [0x3F]
  }

  private static func number(_ text: ArraySlice<UInt8>, digits: Int) -> UInt32? {
    guard text.count == digits else { return nil }
    var number: UInt32 = 0
    for byte in text {
      guard let digit = Encoding.digit(byte) else { return nil }
      number = number << 4 | UInt32(digit)
    }
    return number
  }
}

/// Bytes encoded as letters and digits.
enum Encoding {
  /// Accepts the standard and the URL alphabet; padding ends a run.
  static func isBase64(_ byte: UInt8) -> Bool { sextets[Int(byte)] != none }

  private static let none: UInt8 = 0xFF

  private static let sextets: [UInt8] = {
    var table = Array(repeating: none, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, byte) in alphabet.utf8.enumerated() { table[Int(byte)] = UInt8(value) }
    table[Int(UInt8(ascii: "-"))] = 62
    table[Int(UInt8(ascii: "_"))] = 63
    return table
  }()

  /// Decodes from the first character on; an incomplete group at the end is decoded as far as
  /// possible.
  static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for character in text {
      bits = bits << 6 | UInt32(sextets[Int(character)] & 0x3F)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }

  /// Whether the decoded text has a run of at least so many printable characters.
  static func base64(_ text: ArraySlice<UInt8>, holdsText least: Int) -> Bool {
    text.withUnsafeBufferPointer { text in
      sextets.withUnsafeBufferPointer { sextets in
        var bits: UInt32 = 0
        var count = 0
        var length = 0
        for character in text {
          bits = bits << 6 | UInt32(sextets[Int(character)] & 0x3F)
          count += 6
          guard count >= 8 else { continue }
          count -= 8
          let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
          length = (0x20...0x7E).contains(byte) ? length + 1 : 0
          if length >= least { return true }
        }
        return false
      }
    }
  }

  /// Nil unless it consists of pairs of hexadecimal digits.
  static func hexadecimal(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text {
      guard let digit = digit(character) else { return nil }
      if let known = high {
        bytes.append(known << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return bytes
  }

  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
