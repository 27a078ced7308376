/// The symbols of a screen: Unicode, or ASCII if the terminal supports nothing else.
///
/// Every symbol is one cell wide and has no emoji form. Symbols of states are in `StateMark`.
package struct Marks: Hashable, Sendable {
  package let isASCII: Bool

  package static let unicode = Marks(isASCII: false)
  package static let ascii = Marks(isASCII: true)

  private init(isASCII: Bool) { self.isASCII = isASCII }

  /// No value, in contrast to an unknown one.
  var none: String { isASCII ? "-" : "–" }
  var ellipsis: String { isASCII ? ".." : "…" }
  /// Between phrases of one line, including blanks.
  package var separator: String { isASCII ? ", " : " · " }
  var arrow: String { isASCII ? "->" : "→" }
  var path: String { isASCII ? ">" : "›" }
  var times: String { isASCII ? "x" : "×" }
  /// Before an age that is at least this long.
  var atLeast: String { isASCII ? ">" : "≥" }

  var sortedDown: String { isASCII ? "v" : "▼" }
  var sortedUp: String { isASCII ? "^" : "▲" }

  /// Under the heading of a section.
  var heavy: String { isASCII ? "=" : "━" }
  /// A tile's left edge, in the colour of its state.
  var edge: String { isASCII ? "|" : "▌" }

  var horizontal: String { isASCII ? "-" : "─" }
  var vertical: String { isASCII ? "|" : "│" }
  var teeDown: String { isASCII ? "+" : "┬" }
  var teeUp: String { isASCII ? "+" : "┴" }

  var treeBranch: String { isASCII ? "|" : "├" }
  var treeLast: String { isASCII ? "`" : "└" }
  var treeOpen: String { isASCII ? "v" : "▾" }
  var treeFolded: String { isASCII ? ">" : "▸" }
  /// Before the word "cause".
  var pointer: String { isASCII ? "<" : "◂" }

  var barFull: String { isASCII ? "#" : "█" }
  var barEmpty: String { isASCII ? "." : "░" }
  var barLeft: String { isASCII ? "[" : "▐" }
  var barRight: String { isASCII ? "]" : "▌" }

  /// An hour without data.
  var unseen: Unicode.Scalar { isASCII ? "." : "·" }
}
