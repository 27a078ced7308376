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
    "…": ".", "·": ".", "–": "-", "—": "-", "×": "x", "≥": ">", "≤": "<", "␣": "_", "⏎": "<",
    "│": "|", "├": "+", "└": "`", "─": "-", "┌": "+", "┐": "+", "┘": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "━": "=",
    "▾": "v", "▸": ">", "◂": "<", "▼": "v", "▲": "^", "↑": "+", "↓": "-", "→": ">", "←": "<",
    "▌": "|", "▐": "|", "█": "#", "▄": "=", "░": "?", "▁": "_",
    "✘": "X", "●": "+", "◌": "~",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "\u{A0}": " ",
  ]
}
