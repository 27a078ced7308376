/// Builds JSON as text, because the key order and quirks matter here, and encoders would be too
/// slow for ten thousand answers a sweep.
enum JSONText {
  /// A quoted string; only characters that JSON forbids are escaped.
  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
      return "\"\(text)\""
    }
    var escaped = "\""
    for scalar in text.unicodeScalars { escaped += self.escaped(scalar) }
    return escaped + "\""
  }

  static func list(_ elements: [String]) -> String {
    "[\(elements.joined(separator: ","))]"
  }

  /// Members in the given order; those without a value are left out.
  static func object(_ members: [(String, String?)]) -> String {
    var text = "{"
    text.reserveCapacity(members.reduce(2) { $0 + $1.0.utf8.count + ($1.1?.utf8.count ?? 0) + 4 })
    for case (let key, let value?) in members {
      text += text.utf8.count > 1 ? ",\"" : "\""
      text += key
      text += "\":"
      text += value
    }
    text += "}"
    return text
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(Character(scalar))
    }
  }
}
