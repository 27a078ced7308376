/// A name and a value as sent, for what is shown and never decided upon.
package struct Fact: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Facts in one piece of memory.
///
/// A fleet keeps many for each of thousands of numbers and shows those of one: as texts of their own they
/// would be a third of all memory.
struct PackedFacts: Hashable, Sendable {
  /// Names and values by turns, each after its length.
  private let bytes: [UInt8]

  init(_ facts: [Fact]) {
    guard !facts.isEmpty else {
      bytes = []
      return
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      facts.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 * Self.lengthBytes }
    )
    for fact in facts {
      Self.append(fact.name, to: &bytes)
      Self.append(fact.value, to: &bytes)
    }
    self.bytes = bytes
  }

  var isEmpty: Bool { bytes.isEmpty }

  var facts: [Fact] {
    var facts: [Fact] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let name = Self.takeText(&rest)
      facts.append(Fact(name, Self.takeText(&rest)))
    }
    return facts
  }

  private static let lengthBytes = 4

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let length = UInt32(text.utf8.count)
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(shift)))
    }
    bytes.append(contentsOf: text.utf8)
  }

  private static func takeText(_ rest: inout ArraySlice<UInt8>) -> String {
    let length = rest.prefix(lengthBytes).reversed().reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(lengthBytes)
    defer { rest = rest.dropFirst(length) }
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }
}
