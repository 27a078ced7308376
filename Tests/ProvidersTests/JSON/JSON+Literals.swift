package import Providers

/// Values to compare with, by the text that says them.
extension JSON {
  static func bool(_ flag: Bool) -> JSON { made(of: flag ? "true" : "false") }

  static func number(_ digits: String) -> JSON { made(of: digits) }

  static func string(_ text: String) -> JSON { made(of: quoted(text)) }

  static func array(_ elements: [JSON]) -> JSON {
    made(of: "[" + elements.map(\.written).joined(separator: ",") + "]")
  }

  static func object(_ members: [Member]) -> JSON {
    made(
      of: "{" + members.map { "\(quoted($0.name)):\($0.value.written)" }.joined(separator: ",")
        + "}"
    )
  }

  private static func made(of text: String) -> JSON {
    guard let value = try? parse(Array(text.utf8)) else {
      preconditionFailure("\(text) is no JSON")
    }
    return value
  }

  /// What it says, in one form: two that are written differently are equal if they say the same.
  private var written: String {
    if isObject {
      let members = members.map { "\(Self.quoted($0.name)):\($0.value.written)" }
      return "{" + members.joined(separator: ",") + "}"
    }
    if isArray { return "[" + list.map(\.written).joined(separator: ",") + "]" }
    guard let text else { return "null" }
    return source.first == UInt8(ascii: "\"") ? Self.quoted(text) : text
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.utf16.map { unit -> String in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + escaped.joined() + "\""
  }
}

extension JSON: Equatable {
  package static func == (left: JSON, right: JSON) -> Bool { left.written == right.written }
}

extension JSON.Member: Equatable {
  init(_ name: String, _ value: JSON) {
    self = JSON.object(named: name, value)
  }

  package static func == (left: JSON.Member, right: JSON.Member) -> Bool {
    left.name == right.name && left.value == right.value
  }
}

extension JSON {
  fileprivate static func object(named name: String, _ value: JSON) -> Member {
    made(of: "{\(quoted(name)):\(value.written)}").members[0]
  }
}
