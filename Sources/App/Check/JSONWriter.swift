/// Writes JSON whose keys stay in the order in which they are given.
///
/// `JSONEncoder` either sorts them or shuffles them from run to run, and passes DEL, C1 and bidi controls
/// through to whatever terminal the output is looked at on.
struct JSONWriter {
  private(set) var text = ""
  private var depth = 0
  /// Whether the innermost object or list has had its first member.
  private var hasMembers = false

  mutating func object(_ members: (inout Self) -> Void) { nested("{", "}", members) }

  mutating func object(_ key: String, _ members: (inout Self) -> Void) {
    self.key(key)
    object(members)
  }

  mutating func list<Item>(
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

  mutating func member(_ key: String, _ value: String?) {
    self.key(key)
    string(value)
  }

  mutating func member(_ key: String, _ value: Int?) {
    self.key(key)
    text += value.map(String.init) ?? "null"
  }

  mutating func member(_ key: String, _ value: Bool?) {
    self.key(key)
    text += value.map { $0 ? "true" : "false" } ?? "null"
  }

  mutating func string(_ value: String?) {
    guard let value else {
      text += "null"
      return
    }
    text += "\""
    for scalar in value.unicodeScalars { append(scalar) }
    text += "\""
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

  private mutating func key(_ key: String) {
    startMember()
    string(key)
    text += ": "
  }

  private mutating func startMember() {
    if hasMembers { text += "," }
    hasMembers = true
    startLine()
  }

  private mutating func startLine() { text += "\n" + String(repeating: "  ", count: depth) }

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

  /// Controls, bidi controls, and the two line ends that JavaScript knows and JSON doesn't.
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
