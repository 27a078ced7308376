/// A name and a value as sent, which are only shown and never used for decisions.
package struct Fact: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Facts in one block of memory.
///
/// A fleet keeps many facts for each of thousands of numbers and shows those of one at a time. As
/// separate strings they would take a third of all memory.
package struct PackedFacts: Hashable, Sendable {
  /// Names and values alternate, each preceded by its length.
  private var bytes: [UInt8] = []

  private static let lengthBytes = 4

  package init() {}

  package init(_ facts: [Fact]) {
    guard !facts.isEmpty else { return }
    reserve(facts.count, bytes: facts.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count })
    for fact in facts { append(fact) }
  }

  package var facts: [Fact] {
    var facts: [Fact] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let name = Self.takeText(&rest)
      facts.append(Fact(name, Self.takeText(&rest)))
    }
    return facts
  }

  // MARK: Making them

  /// Reserves memory for a number of facts with a total number of bytes.
  package mutating func reserve(_ count: Int, bytes: Int) {
    self.bytes.reserveCapacity(self.bytes.count + bytes + 2 * Self.lengthBytes * count)
  }

  package mutating func append(_ fact: Fact) {
    append(fact.name.utf8)
    append(fact.value.utf8)
  }

  /// Adds a fact by the UTF-8 of its name and its value.
  package mutating func append(
    name: UnsafeBufferPointer<UInt8>,
    value: UnsafeBufferPointer<UInt8>
  ) {
    append(name)
    append(value)
  }

  private mutating func append(_ text: some Collection<UInt8>) {
    let length = UInt32(text.count)
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(shift)))
    }
    bytes.append(contentsOf: text)
  }

  private static func takeText(_ rest: inout ArraySlice<UInt8>) -> String {
    let length = rest.prefix(lengthBytes).reversed().reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(lengthBytes)
    defer { rest = rest.dropFirst(length) }
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }
}
