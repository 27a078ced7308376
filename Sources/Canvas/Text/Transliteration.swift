extension Canvas {
  /// The same screen for a terminal that shows nothing but ASCII, cell for cell.
  ///
  /// Marks of states come from the views, which know what they mean; this is for lines, arrows and
  /// whatever strangers wrote, which becomes `?` in the same number of cells.
  package var transliterated: Canvas {
    var copy = self
    copy.transliterate()
    return copy
  }

  /// ASCII that says the same in one cell.
  package static let transliterations: [Unicode.Scalar: Unicode.Scalar] = [
    "…": ".", "·": ".", "•": "*", "–": "-", "—": "-", "×": "x", "≥": ">", "≤": "<", "␣": "_",
    "⏎": "<",
    "│": "|", "├": "+", "└": "`", "─": "-", "┌": "+", "┐": "+", "┘": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "━": "=",
    "▾": "v", "▸": ">", "◂": "<", "▼": "v", "▲": "^", "↑": "+", "↓": "-", "→": ">", "←": "<",
    "▌": "|", "▐": "|", "█": "#", "▄": "=", "░": "?", "▁": "_",
    "✘": "X", "●": "+", "◌": "~",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "\u{A0}": " ",
  ].merging(letters) { sign, _ in sign }

  /// Latin letters without their accents, from À to ſ: `?` is what an unknown state looks like.
  private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
    let plain =
      "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo:ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
      + "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
    let accented = (0xC0...0x17F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    return Dictionary(uniqueKeysWithValues: zip(accented, plain.unicodeScalars))
  }()
}
