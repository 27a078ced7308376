package import Health

/// A number's raw answer, for display.
package struct RawPage: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// It was not kept and has been requested again.
    case awaited
    /// There is none, and why.
    case none(String)
    case lines([RawLine])
  }

  package let number: PhoneNumber.ID
  package internal(set) var content: Content
  /// When the answer came.
  package internal(set) var moment: Moment?
  package internal(set) var httpStatus: Int?
  package internal(set) var scroll = 0
  /// The last reading's moment, if a later answer is awaited.
  var formerReading: Moment?

  /// The lines as one text, for copying.
  var text: String? {
    guard case .lines(let lines) = content else { return nil }
    return lines.map { String(repeating: "  ", count: $0.depth) + $0.text }.joined(separator: "\n")
  }
}

/// One line of a raw answer, without control characters and secrets.
package struct RawLine: Hashable, Sendable {
  /// How deep it is nested.
  package var depth: Int
  /// The name before a value with its colon, such as `"id": `; empty if there is none.
  package var name: String
  package var value: String

  package init(depth: Int, name: String = "", value: String) {
    self.depth = depth
    self.name = name
    self.value = value
  }

  package var text: String { name + value }
}

extension [RawLine] {
  /// Only the element of Graph's list `data` with this `id`, because a page has many numbers.
  func object(withID id: String) -> [RawLine]? {
    let wanted = RawLine(depth: 0, name: "\"id\": ", value: JSONText.quoted(id))
    let hits = indices.filter {
      self[$0].name == wanted.name && self[$0].value.trimmingComma == wanted.value
    }
    // Nested entities may have the same id, so the outermost is used.
    guard let hit = hits.min(by: { self[$0].depth < self[$1].depth }) else { return nil }
    let outer = self[hit].depth - 1
    guard let first = self[..<hit].lastIndex(where: { $0.depth == outer }),
      let last = self[hit...].firstIndex(where: { $0.depth == outer }),
      let list = self[..<first].last(where: { $0.depth == outer - 1 }), list.name == "\"data\": "
    else { return nil }
    var lines = Array(self[first...last])
    for index in lines.indices { lines[index].depth -= outer }
    lines[lines.count - 1].value = lines[lines.count - 1].value.trimmingComma
    return lines
  }
}

extension String {
  fileprivate var trimmingComma: String { hasSuffix(",") ? String(dropLast()) : self }
}
