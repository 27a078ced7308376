/// The contents of a cell, or of a wide pair of cells: a scalar and at most two marks, or the two
/// halves of a flag.
///
/// It is packed so that it fits into one word with its role, and a canvas is a flat array of plain
/// values. More than two marks are dropped: real scripts need no more, and piles of marks would
/// leave their row.
package struct Glyph: Hashable, Sendable {
  private static let baseBits = 21
  /// Enough for all combining marks and halves of flags in Unicode.
  private static let markBits = 17

  static let bitWidth = baseBits + 2 * markBits
  static let mask: UInt64 = (1 << bitWidth) - 1

  package private(set) var rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  package init(_ scalar: Unicode.Scalar) {
    rawValue = UInt64(scalar.value)
  }

  package init(ascii byte: UInt8) {
    rawValue = UInt64(byte)
  }

  package static let space = Glyph(" ")

  /// The right half of a wide glyph.
  package static let none = Glyph("\0")

  /// The main scalar.
  package var base: Unicode.Scalar { Unicode.Scalar(baseValue) ?? " " }

  package var baseValue: UInt32 {
    UInt32(truncatingIfNeeded: rawValue & ((1 << Self.baseBits) - 1))
  }

  /// The scalar, then its marks, or the second half of a flag.
  package var scalars: [Unicode.Scalar] {
    var view = String.UnicodeScalarView()
    append(to: &view)
    return Array(view)
  }

  /// Appends it to a text.
  func append(to text: inout String.UnicodeScalarView) {
    text.append(base)
    guard hasMarks else { return }
    for place in 0...1 {
      if let mark = Unicode.Scalar(mark(at: place)), mark != "\0" { text.append(mark) }
    }
  }

  package var isASCII: Bool { rawValue < 0x80 }

  package var isFlag: Bool { base.isRegionalIndicator }

  /// Whether there is more than the base.
  var hasMarks: Bool { rawValue >> UInt64(Self.baseBits) != 0 }

  /// A mark, or the second half of a flag; 0 if there is none.
  package func mark(at place: Int) -> UInt32 {
    let bits = rawValue >> UInt64(Self.baseBits + place * Self.markBits)
    return UInt32(truncatingIfNeeded: bits & ((1 << Self.markBits) - 1))
  }

  /// Puts a mark over the glyph, if there is room for one more.
  mutating func add(_ mark: Unicode.Scalar) {
    guard mark.value < 1 << Self.markBits else { return }
    for place in 0...1 where self.mark(at: place) == 0 {
      rawValue |= UInt64(mark.value) << UInt64(Self.baseBits + place * Self.markBits)
      return
    }
  }
}

/// The glyphs of a text, with the width of each in cells.
///
/// Scalars that must not reach a terminal are removed here, which every text for a canvas passes.
/// Emoji joined by zero-width joiners yield only the first picture.
struct GlyphSequence: Sequence, IteratorProtocol {
  private var scalars: String.UnicodeScalarView.Iterator
  private var pending: Unicode.Scalar?

  init(_ text: String) {
    scalars = text.unicodeScalars.makeIterator()
  }

  mutating func next() -> (glyph: Glyph, width: Int)? {
    while let scalar = take() {
      if scalar.isRegionalIndicator {
        if let flag = flag(from: scalar) { return (flag, 2) }
        continue
      }
      switch ScalarKind(of: scalar) {
      case .dropped, .combining: continue
      case .space: return (.space, 1)
      case .narrow: return (gather(onto: scalar), 1)
      case .wide: return (gather(onto: scalar), 2)
      }
    }
    return nil
  }

  private mutating func take() -> Unicode.Scalar? {
    if let scalar = pending {
      pending = nil
      return scalar
    }
    return scalars.next()
  }

  /// A single half of a flag is dropped.
  private mutating func flag(from first: Unicode.Scalar) -> Glyph? {
    guard let second = take() else { return nil }
    guard second.isRegionalIndicator else {
      pending = second
      return nil
    }
    var glyph = Glyph(first)
    glyph.add(second)
    return glyph
  }

  private mutating func gather(onto base: Unicode.Scalar) -> Glyph {
    var glyph = Glyph(base)
    while let scalar = take() {
      if scalar.value < 0x300 && scalar.value >= 0x20 && scalar.value != 0xAD {
        pending = scalar
        break
      }
      switch ScalarKind(of: scalar) {
      case .combining:
        glyph.add(scalar)
      case .dropped:
        if scalar.isZeroWidthJoiner && base.isPictograph { _ = take() }
      case .narrow, .wide, .space:
        pending = scalar
        return glyph
      }
    }
    return glyph
  }
}
