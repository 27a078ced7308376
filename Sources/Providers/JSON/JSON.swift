import Health

/// A JSON value as it came over the wire, for bodies of which nothing can be taken for granted.
///
/// Why not a library's: ids of 15 and more digits arrive as JSON numbers and have to keep their digits
/// (every reader at hand passes them through `Double`), the same field is an array here and a string or
/// `null` there, and nearly all of an answer is never looked at. So a value is a place in the bytes:
/// numbers stay text, texts are made when they are asked for, and nothing in this folder needs
/// Foundation.
package struct JSON: Sendable {
  let document: JSONDocument
  let node: Int

  init(_ document: JSONDocument, _ node: Int) {
    self.document = document
    self.node = node
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

  /// Places in a document are kept in 32 bits; answers end long before.
  private static let mostBytes = Int(UInt32.max)

  package static let null = JSON(
    JSONDocument(bytes: [], nodes: [.init(kind: .null, isPlain: true, start: 0, end: 0, next: 1)]),
    0
  )

  /// Reads one value and nothing but white space around it.
  ///
  /// A byte order mark is skipped and invalid UTF-8 inside strings is repaired; beyond that it is
  /// strict, since a cut-off answer must not pass for a whole one.
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

  /// The bytes that say it, a string's without its quotes.
  var content: ArraySlice<UInt8> {
    let place = document.nodes[node]
    return document.bytes[Int(place.start)..<Int(place.end)]
  }

  /// The bytes of the document that it is.
  package var source: ArraySlice<UInt8> {
    guard kind == .string else { return content }
    return document.bytes[content.startIndex - 1..<content.endIndex + 1]
  }
}

// What it is, and what it says.
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

  /// `null`, `""`, `[]` and `{}`: an answer that says nothing.
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
    guard isNumber, let number = Double(text) else { return nil }
    return Int(exactly: number)
  }

  /// `true` or `false`, also where it came as a string, or as 1 or 0.
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

  /// One line of text for showing: a scalar as it is, a list's elements, an object's names and values,
  /// all without secrets.
  ///
  /// Nil where there is nothing to show.
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
