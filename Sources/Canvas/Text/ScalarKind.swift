/// How a Unicode scalar is drawn in a terminal's grid.
///
/// libc's `wcwidth` is not used: it gives a family of emoji four cells while a terminal shows two,
/// and has the Unicode version of its build. Ambiguous widths count as one cell.
enum ScalarKind: UInt32 {
  case narrow = 0
  case wide = 1
  /// Drawn over the glyph before it.
  case combining = 2
  /// Never drawn: controls, bidi controls, zero-width, private and unassigned scalars, selectors
  /// of a variation, skin tones, enclosing marks.
  case dropped = 3
  /// White space of any kind: drawn as one space.
  case space = 4

  /// Looks the scalar up in Unicode's data.
  init(of scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x300 {
      self = Self.latin(value)
      return
    }
    let run = UnicodeTables.runs.withUnsafeBufferPointer { runs in
      var low = 0
      var high = runs.count
      while low + 1 < high {
        let middle = (low + high) / 2
        if runs[middle] >> 3 <= value { low = middle } else { high = middle }
      }
      return runs[low]
    }
    self = ScalarKind(rawValue: run & 7) ?? .dropped
  }

  /// A fast path for the scalars of nearly all text.
  private static func latin(_ value: UInt32) -> ScalarKind {
    switch value {
    case 0x20...0x7E: .narrow
    case 0x09...0x0D, 0x85, 0xA0: .space
    case 0..<0x20, 0x7F..<0xA0, 0xAD: .dropped
    default: .narrow
    }
  }
}

extension Unicode.Scalar {
  /// One half of a flag.
  var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  /// Whether a zero-width joiner after it joins emoji, and not letters as in Hindi or Persian.
  var isPictograph: Bool {
    (0x2190...0x2BFF).contains(value) || (0x1F000...0x1FAFF).contains(value)
  }

  var isZeroWidthJoiner: Bool { value == 0x200D }
}
