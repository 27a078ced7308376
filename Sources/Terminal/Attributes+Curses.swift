import CNcurses
import Canvas

// Conversion to curses' attributes.
extension Attributes {
  private static let all: [(attribute: Attributes, bits: attr_t)] = [
    (.bold, cn_attribute_bold()), (.dim, cn_attribute_dim()),
    (.underline, cn_attribute_underline()), (.reverse, cn_attribute_reverse()),
  ]

  /// The attributes among curses' bits.
  init(_ bits: attr_t) {
    self = Self.all.reduce(into: []) { if bits & $1.bits != 0 { $0.insert($1.attribute) } }
  }

  var curses: attr_t {
    Self.all.reduce(into: 0) { if contains($1.attribute) { $0 |= $1.bits } }
  }
}
