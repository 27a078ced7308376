/// The labels of many samples as bytes, written once and used by each family.
struct MetricLabels: ~Copyable {
  private var bytes: ByteWriter
  private var ends: [Int] = []

  init(capacity: Int, count: Int) {
    bytes = ByteWriter(capacity: capacity)
    ends.reserveCapacity(count)
  }

  var count: Int { ends.count }

  /// Adds the labels of a sample.
  mutating func add(_ labels: [(name: StaticString, value: String)]) {
    for label in labels { append(label.name, label.value) }
    end()
  }

  /// Appends a label to those of the next sample.
  mutating func append(_ name: StaticString, _ value: String) {
    if bytes.count > (ends.last ?? 0) { bytes.append(UInt8(ascii: ",")) }
    bytes.append(name)
    bytes.append("=\"")
    bytes.append(label: value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends labels of another sample to those of the next one.
  mutating func append(_ labels: UnsafeRawBufferPointer) { bytes.append(labels) }

  /// The next sample has all its labels.
  mutating func end() { ends.append(bytes.count) }

  /// The bytes of one of them.
  @inline(__always)
  borrowing func with<Result>(
    _ place: Int,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let start = place == 0 ? 0 : ends[place - 1]
    return bytes.withBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<ends[place]])) }
  }
}

extension ByteWriter {
  /// A label's value: providers and strangers choose it, so it may hold anything.
  ///
  /// The format escapes three characters. Other controls, and those that reorder text, are left out: a
  /// value is for people and for comparing, and nobody can type them.
  fileprivate mutating func append(label value: String) {
    var value = value
    let isPlain = value.withUTF8 { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
    }
    if isPlain { return append(value) }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": append("\\\\")
      case "\"": append("\\\"")
      case "\n": append("\\n")
      default: if !Self.isLeftOut(scalar) { append(String(scalar)) }
      }
    }
  }

  private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff:
      true
    default: false
    }
  }
}
