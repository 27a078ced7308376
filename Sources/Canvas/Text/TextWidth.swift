/// Measures text in terminal cells, and cuts it.
///
/// It counts what `Canvas` draws: scalars that are not drawn have no width.
package enum TextWidth {
  package static func cells(of text: String) -> Int {
    if isPrintableASCII(text) { return text.utf8.count }
    var cells = 0
    for (_, width) in GlyphSequence(text) { cells += width }
    return cells
  }

  /// Cuts the text to at most so many cells; the last one is `…` if something was cut.
  ///
  /// A wide glyph is never split, so the result may be a cell narrower.
  package static func cut(_ text: String, to cells: Int) -> String {
    guard self.cells(of: text) > cells else { return text }
    guard cells > 0 else { return "" }
    var cut = String.UnicodeScalarView()
    var used = 0
    for (glyph, width) in GlyphSequence(text) {
      guard used + width < cells else { break }
      glyph.append(to: &cut)
      used += width
    }
    return String(cut) + "…"
  }

  /// Whether every byte is drawn as one cell.
  static func isPrintableASCII(_ text: String) -> Bool {
    let isPrintable: (UnsafeBufferPointer<UInt8>) -> Bool = { bytes in
      // Without an early exit, so that the loop can be vectorized.
      var others: UInt8 = 0
      for byte in bytes { others |= (byte &- 0x20) >= 0x5F ? 1 : 0 }
      return others == 0
    }
    return text.utf8.withContiguousStorageIfAvailable(isPrintable)
      ?? text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
