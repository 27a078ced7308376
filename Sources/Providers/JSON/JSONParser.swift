/// Reads JSON from bytes in one pass.
///
/// It works on the raw buffer, since a poll decodes on every answer; `position` never passes
/// `bytes.count`, and each read of a byte is behind a check of that.
struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  /// The buffer has to outlive the parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func document() throws(JSON.Malformed) -> JSON {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    let value = try value()
    skipSpace()
    if position < bytes.count { throw unexpected() }
    return value
  }

  private mutating func value() throws(JSON.Malformed) -> JSON {
    skipSpace()
    guard position < bytes.count else { throw truncated() }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      return try nested { (parser) throws(JSON.Malformed) in
        .object(try parser.members())
      }
    case UInt8(ascii: "["):
      return try nested { (parser) throws(JSON.Malformed) in
        .array(try parser.elements())
      }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw unexpected()
    }
  }

  /// Hostile bodies nest until the stack ends, so depth is counted.
  private mutating func nested(
    _ read: (inout JSONParser) throws(JSON.Malformed) -> JSON
  ) throws(JSON.Malformed) -> JSON {
    guard depth < JSON.deepestNesting else {
      throw JSON.Malformed(offset: position, what: "nested too deeply")
    }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try read(&self)
  }

  private mutating func members() throws(JSON.Malformed) -> [JSON.Member] {
    var members: [JSON.Member] = []
    if try ends(with: UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      guard position < bytes.count else { throw truncated() }
      guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected() }
      let name = try string()
      try expect(UInt8(ascii: ":"))
      members.append(JSON.Member(name, try value()))
      if try ends(with: UInt8(ascii: "}")) { return members }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func elements() throws(JSON.Malformed) -> [JSON] {
    var elements: [JSON] = []
    if try ends(with: UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value())
      if try ends(with: UInt8(ascii: "]")) { return elements }
      try expect(UInt8(ascii: ","))
    }
  }

  /// Whether the closing byte comes next, which is then passed.
  private mutating func ends(with byte: UInt8) throws(JSON.Malformed) -> Bool {
    skipSpace()
    guard position < bytes.count else { throw truncated() }
    guard bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSON.Malformed) {
    guard try ends(with: byte) else { throw unexpected() }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        position += 1
      default: return
      }
    }
  }

  private mutating func word(
    _ word: StaticString,
    _ value: JSON
  ) throws(JSON.Malformed) -> JSON {
    for offset in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw truncated() }
      guard bytes[position] == word.utf8Start[offset] else { throw unexpected() }
      position += 1
    }
    return value
  }

  /// The digits as they stand; leading zeros are let through, because ids have them.
  private mutating func number() throws(JSON.Malformed) -> String {
    let start = position
    var digits = 0
    scan: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
        UInt8(ascii: "E"):
        break
      default: break scan
      }
      position += 1
    }
    let text = text(from: start, to: position)
    guard digits == position - start || Double(text) != nil else {
      if position == bytes.count { throw truncated() }
      throw JSON.Malformed(offset: start, what: "not a number: \(text.prefix(24))")
    }
    return text
  }

  // MARK: Strings

  private mutating func string() throws(JSON.Malformed) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return text(from: start, to: position - 1)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      default: position += 1
      }
    }
    throw truncated()
  }

  /// The rest of a string that has an escape at `position`.
  private mutating func escapedString(from start: Int) throws(JSON.Malformed) -> String {
    var units = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): units.append(contentsOf: String(try escape()).utf8)
      default: units.append(byte)
      }
    }
    throw truncated()
  }

  private mutating func escape() throws(JSON.Malformed) -> Unicode.Scalar {
    guard position < bytes.count else { throw truncated() }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      position -= 1
      throw unexpected()
    }
  }

  /// After `\u`; half of a surrogate pair alone becomes U+FFFD.
  private mutating func unicodeEscape() throws(JSON.Malformed) -> Unicode.Scalar {
    let unit = try hexUnit()
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let beforeTrail = position
    position += 2
    let trail = try hexUnit()
    guard UTF16.isTrailSurrogate(trail) else {
      position = beforeTrail
      return "\u{FFFD}"
    }
    return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
  }

  private mutating func hexUnit() throws(JSON.Malformed) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw truncated() }
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw unexpected()
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private func text(from start: Int, to end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }

  // MARK: Faults

  private func truncated() -> JSON.Malformed {
    JSON.Malformed(offset: bytes.count, what: "the answer ends too early", isTruncated: true)
  }

  private func unexpected() -> JSON.Malformed {
    let byte = bytes[position]
    let isPrintable = (0x21...0x7E).contains(byte)
    let shown = isPrintable ? "\"\(Unicode.Scalar(byte))\"" : "byte \(byte)"
    return JSON.Malformed(offset: position, what: "unexpected \(shown)")
  }
}
