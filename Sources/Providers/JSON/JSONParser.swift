/// Finds the values of a JSON document in one pass over its bytes.
///
/// It works on the raw buffer for speed. `position` never exceeds `bytes.count`, and each read is
/// preceded by a check.
struct JSONParser {
  typealias Node = JSONDocument.Node

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  private(set) var nodes: [Node] = []

  /// The buffer must outlive the parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    // About the number of nodes in a provider's answer.
    nodes.reserveCapacity(bytes.count / 12 + 8)
  }

  mutating func document() throws(JSON.Malformed) {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    try value()
    skipSpace()
    if position < bytes.count { throw unexpected() }
  }

  private mutating func value() throws(JSON.Malformed) {
    skipSpace()
    guard position < bytes.count else { throw truncated() }
    switch bytes[position] {
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true", .true)
    case UInt8(ascii: "f"): try word("false", .false)
    case UInt8(ascii: "n"): try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw unexpected()
    }
  }

  private mutating func add(
    _ kind: JSONDocument.Kind,
    from start: Int,
    to end: Int,
    isPlain: Bool = true
  ) {
    nodes.append(
      Node(
        kind: kind,
        isPlain: isPlain,
        start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end),
        next: UInt32(truncatingIfNeeded: nodes.count + 1)
      )
    )
  }

  // MARK: Containers

  /// Depth is limited, because hostile bodies could exhaust the stack.
  private mutating func begin(_ kind: JSONDocument.Kind) throws(JSON.Malformed) -> Int {
    guard depth < JSON.deepestNesting else {
      throw JSON.Malformed(offset: position, what: "nested too deeply")
    }
    depth += 1
    add(kind, from: position, to: position)
    position += 1
    return nodes.count - 1
  }

  private mutating func end(_ node: Int) {
    depth -= 1
    nodes[node].end = UInt32(truncatingIfNeeded: position)
    nodes[node].next = UInt32(truncatingIfNeeded: nodes.count)
  }

  private mutating func object() throws(JSON.Malformed) {
    let node = try begin(.object)
    var isOver = try ends(with: UInt8(ascii: "}"))
    while !isOver {
      skipSpace()
      guard position < bytes.count else { throw truncated() }
      guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected() }
      try string()
      try expect(UInt8(ascii: ":"))
      try value()
      isOver = try ends(with: UInt8(ascii: "}"))
      if !isOver { try expect(UInt8(ascii: ",")) }
    }
    end(node)
  }

  private mutating func array() throws(JSON.Malformed) {
    let node = try begin(.array)
    var isOver = try ends(with: UInt8(ascii: "]"))
    while !isOver {
      try value()
      isOver = try ends(with: UInt8(ascii: "]"))
      if !isOver { try expect(UInt8(ascii: ",")) }
    }
    end(node)
  }

  /// Whether the closing byte comes next; consumes it if so.
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

  // MARK: Scalars

  private mutating func word(
    _ word: StaticString,
    _ kind: JSONDocument.Kind
  ) throws(JSON.Malformed) {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw truncated() }
      guard bytes[position] == word.utf8Start[offset] else { throw unexpected() }
      position += 1
    }
    add(kind, from: start, to: position)
  }

  /// Keeps the digits as written; leading zeros are allowed, because ids have them.
  private mutating func number() throws(JSON.Malformed) {
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
    if digits < position - start {
      let text = String(
        decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]),
        as: UTF8.self
      )
      guard Double(text) != nil else {
        if position == bytes.count { throw truncated() }
        throw JSON.Malformed(offset: start, what: "not a number: \(text.prefix(24))")
      }
    }
    add(.number, from: start, to: position)
  }

  private mutating func string() throws(JSON.Malformed) {
    position += 1
    let start = position
    var isPlain = true
    while true {
      skipPlainText()
      guard position < bytes.count else { throw truncated() }
      position += 1
      if bytes[position - 1] == UInt8(ascii: "\"") {
        add(.string, from: start, to: position - 1, isPlain: isPlain)
        return
      }
      isPlain = false
      try skipEscape()
    }
  }

  /// Skips to the next quote or backslash, eight bytes at a time: most of an answer is inside
  /// strings.
  private mutating func skipPlainText() {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = position
    while index &+ 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let found =
        Self.zeroBytes(in: word ^ Self.quotes) | Self.zeroBytes(in: word ^ Self.backslashes)
      if found != 0 {
        position = index &+ UInt64(littleEndian: found).trailingZeroBitCount / 8
        return
      }
      index &+= 8
    }
    while index < raw.count, raw[index] != UInt8(ascii: "\""), raw[index] != UInt8(ascii: "\\") {
      index &+= 1
    }
    position = index
  }

  private static let quotes: UInt64 = 0x2222_2222_2222_2222
  private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C

  /// Sets the high bit of the first zero byte; higher bits are meaningless.
  @inline(__always)
  private static func zeroBytes(in word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Skips an escape, which is decoded only when the text is read.
  private mutating func skipEscape() throws(JSON.Malformed) {
    guard position < bytes.count else { throw truncated() }
    switch bytes[position] {
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      position += 1
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard position < bytes.count else { throw truncated() }
        guard Self.isHexDigit(bytes[position]) else { throw unexpected() }
        position += 1
      }
    default: throw unexpected()
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
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
