import Health

/// A JSON value as sent, for bodies that may have any form.
///
/// A library's reader does not fit: ids of 15 and more digits arrive as JSON numbers and must keep
/// their digits (other readers convert them to `Double`), the same field is an array here and a
/// string or `null` there, and most of an answer is never read. So a value is a range of the bytes:
/// numbers stay text, strings are made on demand, and nothing in this folder needs Foundation.
package struct JSON: Sendable {
  let document: JSONDocument
  let node: Int

  init(_ document: JSONDocument, _ node: Int) {
    self.document = document
    self.node = node
  }

  /// Why bytes are not JSON.
  package struct Malformed: Error, Hashable, Sendable {
    /// Where reading stopped, counted in bytes from 0.
    package let offset: Int
    /// What is wrong: `unexpected "x"`.
    package let what: String
    /// Whether the bytes ended before the value did: a truncated answer.
    package let isTruncated: Bool

    package init(offset: Int, what: String, isTruncated: Bool = false) {
      self.offset = offset
      self.what = what
      self.isTruncated = isTruncated
    }
  }

  /// Arrays and objects may be nested this deep; anything deeper is `Malformed`.
  package static let deepestNesting = 64

  /// Offsets have 32 bits; answers are much shorter.
  private static let mostBytes = Int(UInt32.max)

  package static let null = JSON(
    JSONDocument(bytes: [], nodes: [.init(kind: .null, isPlain: true, start: 0, end: 0, next: 1)]),
    0
  )

  /// Parses one value with optional white space around it.
  ///
  /// A byte order mark is skipped and invalid UTF-8 in strings is repaired. Otherwise it is strict,
  /// since a truncated answer must not pass for a complete one.
  package static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSON {
    guard bytes.count < mostBytes else {
      throw Malformed(offset: mostBytes, what: "more than can be read")
    }
    let nodes = try bytes.withUnsafeBufferPointer { (buffer) throws(Malformed) in
      var parser = JSONParser(buffer)
      try parser.document()
      return parser.nodes
    }
    return JSON(JSONDocument(bytes: bytes, nodes: nodes), 0)
  }

  var kind: JSONDocument.Kind { document.nodes[node].kind }

  /// The bytes of its content, without a string's quotes.
  var content: ArraySlice<UInt8> {
    let place = document.nodes[node]
    return document.bytes[Int(place.start)..<Int(place.end)]
  }

  /// The bytes of the value in the document.
  package var source: ArraySlice<UInt8> {
    guard kind == .string else { return content }
    return document.bytes[content.startIndex - 1..<content.endIndex + 1]
  }
}

// The type and content of a value.
extension JSON {
  package var isObject: Bool { kind == .object }

  package var isArray: Bool { kind == .array }

  package var isNumber: Bool { kind == .number }

  var isScalar: Bool {
    switch kind {
    case .string, .number, .true, .false: true
    case .null, .array, .object: false
    }
  }

  var isPlain: Bool { document.nodes[node].isPlain }

  /// Whether it is `null`, `""`, `[]` or `{}`.
  package var isEmpty: Bool {
    switch kind {
    case .null: true
    case .string: nonBlankText == nil
    case .array, .object: Int(document.nodes[node].next) == node + 1
    case .true, .false, .number: false
    }
  }

  /// A scalar as text: a string as sent, a number's digits, `true` or `false`.
  ///
  /// Nil for `null`, arrays and objects.
  package var text: String? {
    switch kind {
    case .string, .number: document.text(of: node)
    case .true: "true"
    case .false: "false"
    case .null, .array, .object: nil
    }
  }

  /// `text`, unless it is only white space.
  package var nonBlankText: String? {
    guard let text else { return nil }
    // A fast path: the first byte usually decides, and every text of an answer comes through here.
    if let first = text.utf8.first, (0x21..<0x7F).contains(first) { return text }
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }

  /// A whole number, even if it was sent as a string.
  package var int: Int? {
    guard let text else { return nil }
    if let number = Int(text) { return number }
    guard isNumber, let number = Double(text) else { return nil }
    return Int(exactly: number)
  }

  /// `true` or `false`, even if it was sent as a string, or as 1 or 0.
  package var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    case .string, .number:
      switch document.text(of: node) {
      case "true", "True", "TRUE", "1": true
      case "false", "False", "FALSE", "0": false
      default: nil
      }
    case .null, .array, .object: nil
    }
  }

  /// One line of text for display, without secrets: a scalar, a list's elements, or an object's
  /// names and values.
  ///
  /// Nil if there is nothing to show.
  package var summary: String? {
    let text =
      switch kind {
      case .null: ""
      case .true, .false, .number: self.text ?? ""
      case .string: nonBlankText.map(Secrets.blotted) ?? ""
      case .array: elements.compactMap(\.summary).joined(separator: ", ")
      case .object:
        members
          .compactMap { member in
            member.value.summary.map { "\(member.name): \(Secrets.shown($0, of: member.name))" }
          }
          .joined(separator: ", ")
      }
    return text.isEmpty ? nil : text
  }
}
