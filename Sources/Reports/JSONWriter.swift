/// Writes JSON with keys in the given order.
///
/// `JSONEncoder` either sorts keys or changes their order from run to run, and does not escape DEL,
/// C1 and bidi controls, which would reach the terminal.
package struct JSONWriter {
  private var text = ""
  private var depth = 0
  /// Whether the innermost object or list already has a member.
  private var hasMembers = false
  private let isOnOneLine: Bool

  /// - Parameter isOnOneLine: Whether there are no line ends but the last one.
  package init(isOnOneLine: Bool = false) { self.isOnOneLine = isOnOneLine }

  /// The whole text, with a line end.
  package mutating func finish() -> String {
    text += "\n"
    return text
  }

  package mutating func object(_ members: (inout Self) -> Void) { nested("{", "}", members) }

  package mutating func object(_ key: String, _ members: (inout Self) -> Void) {
    self.key(key)
    object(members)
  }

  package mutating func list<Item>(
    _ key: String,
    of items: some Sequence<Item>,
    _ write: (inout Self, Item) -> Void
  ) {
    self.key(key)
    nested("[", "]") { writer in
      for item in items {
        writer.startMember()
        write(&writer, item)
      }
    }
  }

  package mutating func member(_ key: String, _ value: String?) {
    self.key(key)
    string(value)
  }

  package mutating func member(_ key: String, _ value: Int?) {
    self.key(key)
    text += value.map { String($0) } ?? "null"
  }

  package mutating func member(_ key: String, _ value: Double?) {
    self.key(key)
    text += value.map { "\($0)" } ?? "null"
  }

  package mutating func member(_ key: String, _ value: Bool?) {
    self.key(key)
    text += value.map { $0 ? "true" : "false" } ?? "null"
  }

  package mutating func string(_ value: String?) {
    guard let value else {
      text += "null"
      return
    }
    text += "\""
    if Self.isPlain(value) {
      text += value
    } else {
      for scalar in value.unicodeScalars { append(scalar) }
    }
    text += "\""
  }

  /// A fast path for printable ASCII without JSON's special characters, as in nearly all texts.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
  }

  private mutating func nested(_ open: String, _ close: String, _ members: (inout Self) -> Void) {
    text += open
    depth += 1
    hasMembers = false
    members(&self)
    depth -= 1
    if hasMembers { startLine() }
    text += close
    hasMembers = true
  }

  /// Keys are our own and need no escapes.
  private mutating func key(_ key: String) {
    startMember()
    text += "\""
    text += key
    text += "\": "
  }

  private mutating func startMember() {
    if hasMembers { text += isOnOneLine ? ", " : "," }
    hasMembers = true
    startLine()
  }

  private mutating func startLine() {
    guard !isOnOneLine else { return }
    text += "\n"
    for _ in 0..<depth { text += "  " }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    default:
      if Self.isEscaped(scalar) {
        for unit in String(scalar).utf16 { text += "\\u" + Self.hexadecimal(unit) }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// Controls, bidi controls, and the two line separators that are special in JavaScript but not in
  /// JSON.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff:
      true
    default: false
    }
  }

  private static func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
