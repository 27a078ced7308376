import Health

/// A word that is searched in a text that lies over the view.
package struct OverlaySearch: Hashable, Sendable {
  package internal(set) var text = ""
  package internal(set) var isTyping = true
  /// The line that was at the top when typing began: matches are looked for from there on.
  let origin: Int
  /// Only the layout knows the lines, so that the way to the first match is gone once it is known.
  var isSeeking = false

  /// Where it stands in a line.
  func ranges(in line: String) -> [Range<String.Index>] {
    guard !text.isEmpty else { return [] }
    let (line, word) = (line.lowercased() == line ? line : line.lowercased(), text.lowercased())
    return line.ranges(of: word)
  }
}

extension ScreenState {
  mutating func startSearch() {
    guard let scroll = shell.overlay?.scroll else { return }
    shell.search = OverlaySearch(origin: scroll)
  }

  mutating func editSearch(_ edit: FilterEdit) {
    guard var search = shell.search else { return }
    switch edit {
    case .insert(let text): search.text += text.prefix(max(80 - search.text.count, 0))
    case .deleteBackward: search.text = String(search.text.dropLast())
    case .deleteWord: search.text = search.text.withoutLastWord
    case .clear: search.text = ""
    case .keep: search.isTyping = false
    case .drop:
      shell.search = nil
      return
    }
    search.isSeeking = search.isTyping
    shell.search = search.text.isEmpty && !search.isTyping ? nil : search
  }

  /// Goes to the first match from where typing began; to be called when the lines are known.
  mutating func seekFirstMatch() {
    guard let search = shell.search, search.isSeeking else { return }
    shell.search?.isSeeking = false
    let matches = shell.overlayMatches
    let line = matches.first { $0 >= search.origin } ?? matches.first ?? search.origin
    shell.overlay = shell.overlay?.scrolled(to: min(line, overlayScrolls - 1))
  }

  /// Goes to the next match above or below, round the end if need be.
  mutating func seekMatch(_ step: Int) {
    let matches = shell.overlayMatches
    guard let scroll = shell.overlay?.scroll, !matches.isEmpty else { return }
    let next =
      step > 0
      ? matches.first { $0 > scroll } ?? matches[0]
      : matches.last { $0 < scroll } ?? matches[matches.count - 1]
    // At the end of a text the last lines can't stand at the top: from there it begins again.
    let isAtEnd = step > 0 && scroll >= overlayScrolls - 1
    let line = min(isAtEnd ? matches[0] : next, overlayScrolls - 1)
    shell.overlay = shell.overlay?.scrolled(to: line)
  }
}
