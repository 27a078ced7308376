/// A JSON value as it came over the wire, for bodies of which nothing can be taken for granted.
///
/// Why not a library's: ids of 15 and more digits arrive as JSON numbers and have to keep their digits
/// (every reader at hand passes them through `Double`), the same field is an array here and a string or
/// `null` there, and decoding is half of what a poll costs. So numbers stay text, fields are read
/// by their meaning, and nothing in this folder needs Foundation.
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits as sent: `1.50` stays `1.50`.
  case number(String)
  case string(String)
  case array([JSON])
  /// In the order sent, duplicates included: `members` and the subscript let the last one win.
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Why bytes are no JSON.
  package struct Malformed: Error, Hashable, Sendable {
    /// Where reading stopped, counted in bytes from 0.
    package let offset: Int
    /// What is wrong there: `unexpected "x"`.
    package let what: String
    /// The bytes ended before the value did: a cut-off answer rather than something else.
    package let isTruncated: Bool

    package init(offset: Int, what: String, isTruncated: Bool = false) {
      self.offset = offset
      self.what = what
      self.isTruncated = isTruncated
    }
  }

  /// Arrays and objects may be nested this deep; anything deeper is `Malformed`.
  package static let deepestNesting = 64

  /// Reads one value and nothing but white space around it.
  ///
  /// A byte order mark is skipped and invalid UTF-8 inside strings is repaired; beyond that it is
  /// strict, since a cut-off answer must not pass for a whole one.
  package static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSON {
    try bytes.withUnsafeBufferPointer { (buffer) throws(Malformed) -> JSON in
      var parser = JSONParser(buffer)
      return try parser.document()
    }
  }
}

extension JSON {
  /// The value of a key; nil for an absent key, for JSON `null`, and in anything but an object.
  package subscript(_ key: String) -> JSON? {
    guard case .object(let members) = self,
      let value = members.last(where: { $0.name == key })?.value, !value.isNull
    else { return nil }
    return value
  }

  /// The value under the first of several spellings of a key.
  package subscript(anyOf keys: [String]) -> JSON? {
    for key in keys {
      if let value = self[key] { return value }
    }
    return nil
  }

  /// An object's members, each name once (the last one sent wins); of anything else none.
  package var members: [Member] {
    guard case .object(let members) = self else { return [] }
    guard Self.hasDuplicates(members) else { return members }
    var positions: [String: Int] = [:]
    var kept: [Member] = []
    for member in members {
      if let position = positions[member.name] {
        kept[position] = member
      } else {
        positions[member.name] = kept.count
        kept.append(member)
      }
    }
    return kept
  }

  /// Comparing a few names is faster than hashing them, and objects are small.
  private static func hasDuplicates(_ members: [Member]) -> Bool {
    guard members.count <= 32 else { return true }
    for (index, member) in members.enumerated() {
      if members[..<index].contains(where: { $0.name == member.name }) { return true }
    }
    return false
  }

  private var isNull: Bool { if case .null = self { true } else { false } }

  package var isObject: Bool { if case .object = self { true } else { false } }

  package var isArray: Bool { if case .array = self { true } else { false } }

  /// `null`, `""`, `[]` and `{}`: an answer that says nothing.
  package var isEmpty: Bool {
    switch self {
    case .null: true
    case .string(let text): text.allSatisfy(\.isWhitespace)
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .bool, .number: false
    }
  }

  /// A scalar as text: a string as sent, a number's digits, `true` or `false`.
  ///
  /// Nil for `null`, arrays and objects.
  package var text: String? {
    switch self {
    case .string(let text): text
    case .number(let digits): digits
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// `text`, unless there is nothing but white space in it.
  package var nonBlankText: String? {
    guard let text else { return nil }
    // Mostly the first byte decides, and every text of an answer passes here.
    if let first = text.utf8.first, (0x21..<0x7F).contains(first) { return text }
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }

  /// A whole number, also where it came as a string.
  package var int: Int? {
    guard let text else { return nil }
    if let number = Int(text) { return number }
    guard case .number = self, let number = Double(text) else { return nil }
    return Int(exactly: number)
  }

  /// `true` or `false`, also where it came as a string.
  package var bool: Bool? {
    switch self {
    case .bool(let flag): flag
    case .string("true"), .string("True"), .string("TRUE"): true
    case .string("false"), .string("False"), .string("FALSE"): false
    case .string, .number, .null, .array, .object: nil
    }
  }

  /// What is meant as a list, however it was sent.
  ///
  /// That is an array's elements, nothing for `null`, and one element for anything else. An array or
  /// object that came as a string is read first.
  package var list: [JSON] {
    switch self {
    case .null: []
    case .array(let elements): elements
    case .string(let text):
      switch Self.embedded(in: text) {
      case .array(let elements): elements
      case let value?: [value]
      case nil: [self]
      }
    case .bool, .number, .object: [self]
    }
  }

  /// The array or object that a string holds as text.
  package static func embedded(in text: String) -> JSON? {
    guard let first = text.first(where: { !$0.isWhitespace }), first == "[" || first == "{" else {
      return nil
    }
    return try? parse(Array(text.utf8))
  }
}

extension JSON {
  /// One line of text for showing: a scalar as it is, a list's elements, an object's names and values.
  ///
  /// Nil where there is nothing to show.
  package var summary: String? {
    let text =
      switch self {
      case .null: ""
      case .bool, .number, .string: nonBlankText ?? ""
      case .array(let elements): elements.compactMap(\.summary).joined(separator: ", ")
      case .object:
        members
          .compactMap { member in member.value.summary.map { "\(member.name): \($0)" } }
          .joined(separator: ", ")
      }
    return text.isEmpty ? nil : text
  }
}
