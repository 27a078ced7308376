import Monitor

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
  var atLeast: String { isASCII ? ">=" : "≥" }

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

extension Marks {
  /// An age in at most six cells; a lower bound has a sign and is rounded, so that it changes rarely.
  ///
  /// The two characters of its sign in ASCII leave no room for hours and minutes. The hours alone are a
  /// lower bound too.
  func age(_ duration: Duration, isLowerBound: Bool) -> String {
    guard isLowerBound else { return Age(duration).text }
    let text = atLeast + Age(duration, rounding: .down).text
    guard text.count > Self.ageCells, let unit = text.firstIndex(where: \.isLetter) else {
      return text
    }
    return String(text[...unit])
  }

  private static let ageCells = 6
}
