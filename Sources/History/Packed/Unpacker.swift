package import struct FoundationEssentials.Date

/// Reads what a `Packer` wrote, in the same order.
struct Unpacker {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  /// Everything was read.
  var isAtEnd: Bool { rest.isEmpty }

  mutating func number() throws(PackedError) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw PackedError() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(value >> 1) ^ -Int(value & 1) }
    }
    throw PackedError()
  }

  mutating func text() throws(PackedError) -> String {
    String(decoding: try bytes(), as: UTF8.self)
  }

  mutating func flag() throws(PackedError) -> Bool {
    guard let byte = rest.popFirst(), byte <= 1 else { throw PackedError() }
    return byte == 1
  }

  mutating func date() throws(PackedError) -> Date { Date(milliseconds: try number()) }

  mutating func duration() throws(PackedError) -> Duration {
    let seconds = try number()
    return .seconds(seconds) + .nanoseconds(try number())
  }

  mutating func bytes() throws(PackedError) -> ArraySlice<UInt8> {
    let count = try number()
    guard count >= 0, count <= rest.count else { throw PackedError() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func optional<Value>(
    _ read: (inout Unpacker) throws(PackedError) -> Value
  ) throws(PackedError) -> Value? {
    try flag() ? try read(&self) : nil
  }

  mutating func list<Value>(
    _ read: (inout Unpacker) throws(PackedError) -> Value
  ) throws(PackedError) -> [Value] {
    let count = try number()
    // Each takes a byte at least, so that a damaged length costs no memory.
    guard count >= 0, count <= rest.count else { throw PackedError() }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  mutating func optionalText() throws(PackedError) -> String? {
    try optional { unpacker throws(PackedError) in try unpacker.text() }
  }

  mutating func optionalNumber() throws(PackedError) -> Int? {
    try optional { unpacker throws(PackedError) in try unpacker.number() }
  }
}

/// Bytes that are not what this version writes.
package struct PackedError: Error, Hashable {}

extension Date {
  /// What is remembered is dated to the millisecond.
  package var milliseconds: Int {
    let exact = (timeIntervalSince1970 * 1000).rounded()
    return Int(exactly: exact) ?? (exact < 0 ? .min : .max)
  }

  package init(milliseconds: Int) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  package var roundedToMilliseconds: Date { Date(milliseconds: milliseconds) }
}
