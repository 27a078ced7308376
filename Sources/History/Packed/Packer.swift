import struct FoundationEssentials.Date

/// Writes values as bytes: compact, in a fixed order, the same for equal values.
///
/// The order is the form: whoever changes it begins a new `Packed.version`.
struct Packer {
  private(set) var bytes: [UInt8] = []

  mutating func pack(_ number: Int) {
    // Zigzag, so that small negative numbers stay short.
    var rest = UInt64(bitPattern: Int64((number << 1) ^ (number >> 63)))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func pack(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      pack(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func pack(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func pack(_ date: Date) { pack(date.milliseconds) }

  mutating func pack(_ duration: Duration) {
    pack(Int(duration.components.seconds))
    pack(Int(duration.components.attoseconds / 1_000_000_000))
  }

  mutating func pack(_ text: String?) { pack(text) { $0.pack($1) } }

  mutating func pack(_ number: Int?) { pack(number) { $0.pack($1) } }

  mutating func pack(_ flag: Bool?) { pack(flag) { $0.pack($1) } }

  mutating func pack<Value>(_ value: Value?, by pack: (inout Packer, Value) -> Void) {
    self.pack(value != nil)
    if let value { pack(&self, value) }
  }

  mutating func pack<Value>(_ values: [Value], by pack: (inout Packer, Value) -> Void) {
    self.pack(values.count)
    for value in values { pack(&self, value) }
  }

  /// Bytes after their length, so that they can be recognized without being read.
  mutating func pack(packed part: Packer) {
    pack(part.bytes.count)
    bytes.append(contentsOf: part.bytes)
  }
}
