extension Canvas {
  /// The same screen in ASCII, cell for cell.
  ///
  /// Views draw ASCII marks of states themselves. This handles lines, arrows and providers' text,
  /// whose other characters become `?` in the same number of cells.
  package var transliterated: Canvas {
    var copy = self
    copy.transliterate()
    return copy
  }

  /// ASCII replacements of one cell, which mean the same: `>` for "at least" would not.
  package static let transliterations: [Unicode.Scalar: Unicode.Scalar] = [
    "…": ".", "·": ".", "•": "*", "–": "-", "—": "-", "×": "x", "␣": "_",
    "⏎": "<",
    "│": "|", "├": "+", "└": "`", "─": "-", "┌": "+", "┐": "+", "┘": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "━": "=",
    "▾": "v", "▸": ">", "◂": "<", "▼": "v", "▲": "^", "↑": "+", "↓": "-", "→": ">", "←": "<",
    "▌": "|", "▐": "|", "█": "#", "▄": "=", "░": "?", "▁": "_",
    "✘": "X", "●": "+", "◌": "~",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "\u{A0}": " ",
  ].merging(letters) { sign, _ in sign }

  /// Latin letters without accents, from À to ſ, because `?` would look like an unknown state.
  private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
    let plain =
      "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo:ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
      + "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
    let accented = (0xC0...0x17F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    return Dictionary(uniqueKeysWithValues: zip(accented, plain.unicodeScalars))
  }()
}
