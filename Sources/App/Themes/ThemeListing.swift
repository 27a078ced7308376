import Canvas
import Screens

/// The output of `wabatop themes`: a card for each theme, or a line without colours.
struct ThemeListing {
  let library: ThemeLibrary
  let depth: ColorDepth
  let marks: Marks

  /// A card for each theme in its own colours, with what is wrong with it below.
  var cards: String {
    let blocks = library.names.map { name -> String in
      switch Result(catching: { () throws(ThemeError) in try library.theme(named: name) }) {
      case .success(let theme?):
        let text = AnsiText(styles: theme.styles, depth: depth)
        let lines = text.lines(of: ThemeCard(theme, marks: marks).canvas)
        return (lines + remarks(on: theme)).joined(separator: "\n")
      case .success(nil): return ""
      case .failure(let error): return " \(name): \(error)"
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// A line for each theme.
  var table: String {
    let longest = library.names.map(\.count).max() ?? 0
    return library.names.map { name -> String in
      let padded = name + String(repeating: " ", count: longest - name.count)
      switch Result(catching: { () throws(ThemeError) in try library.theme(named: name) }) {
      case .success(let theme?): return "\(padded)  \(summary(of: theme))\n"
      case .success(nil): return ""
      case .failure(let error): return "\(padded)  \(error)\n"
      }
    }.joined()
  }

  private func summary(of theme: Theme) -> String {
    let title = (theme.file.title ?? theme.name).sanitized
    let safety = theme.file.isSafeForColorBlind ? ", colorblind_safe" : ""
    let own = library.ownNames.contains(theme.name) ? ", your own" : ""
    let line = "\(title) (\(theme.file.appearance.rawValue)\(safety)\(own))"
    return ([line] + remarks(on: theme)).joined(separator: ";")
  }

  /// Claims of its author that the colours don't meet.
  private func remarks(on theme: Theme) -> [String] {
    let audit = ThemeAudit(of: theme)
    guard theme.file.isSafeForColorBlind, !audit.isSafeForColorBlind, let pair = audit.weakestPair
    else { return [] }
    let distance = Int(pair.difference.rounded())
    return [
      " says colorblind_safe, but \(pair.one.name) and \(pair.other.name) are \(distance) apart"
        + " in \(pair.vision), under \(Int(ThemeAudit.leastDifference))"
    ]
  }
}
