import Health

/// The search in an overlay.
package struct OverlaySearch: Hashable, Sendable {
  package internal(set) var text = ""
  package internal(set) var isTyping = true
  /// The top line when typing started, from which the search starts.
  let origin: Int
  /// Whether to go to the first match after the next layout, which knows the lines.
  var isSeeking = false

  /// The matches in a line.
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

  /// Goes to the first match after the origin; called when the lines are known.
  mutating func seekFirstMatch() {
    guard let search = shell.search, search.isSeeking else { return }
    shell.search?.isSeeking = false
    let matches = shell.overlayMatches
    let line = matches.first { $0 >= search.origin } ?? matches.first ?? search.origin
    shell.overlay = shell.overlay?.scrolled(to: min(line, overlayScrolls - 1))
  }

  /// Goes to the next or previous match, continuing at the other end if needed.
  mutating func seekMatch(_ step: Int) {
    let matches = shell.overlayMatches
    guard let scroll = shell.overlay?.scroll, !matches.isEmpty else { return }
    let next =
      step > 0
      ? matches.first { $0 > scroll } ?? matches[0]
      : matches.last { $0 < scroll } ?? matches[matches.count - 1]
    // The last lines can't be at the top, so from there the search starts again.
    let isAtEnd = step > 0 && scroll >= overlayScrolls - 1
    let line = min(isAtEnd ? matches[0] : next, overlayScrolls - 1)
    shell.overlay = shell.overlay?.scrolled(to: line)
  }
}
