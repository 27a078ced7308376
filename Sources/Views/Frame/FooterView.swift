import Dashboard
import Terminal

/// The last line: keys that do something here and now, out of the one table.
struct FooterView {
  let scene: Scene

  func draw(on canvas: inout Canvas) {
    var column = 1
    for hint in hints {
      // "quit" is last in the table and worth more than whatever stands before it.
      let isLast = hint == hints.last
      let phrases = [Phrase(hint.key, .accent), Phrase(" \(hint.text)", .textMuted)]
      let reserve = isLast ? 0 : (hints.last?.cells ?? 0) + 2
      guard column + phrases.cells + reserve <= canvas.width - 1 || isLast else { continue }
      column += canvas.put(phrases, row: 0, column: column, width: canvas.width - column) + 2
    }
  }

  private struct Hint: Equatable {
    let key: String
    let text: String

    var cells: Int { TextWidth.cells(of: key) + 1 + TextWidth.cells(of: text) }
  }

  private var hints: [Hint] {
    if scene.state.isTypingFilter { return typing }
    if scene.state.isTypingCommand { return typingCommand }
    switch scene.state.overlay {
    case .help, .messages: return [keyHint(.up, .down, "scroll"), keyHint(.escape, "back"), quit]
    case .raw:
      return [
        keyHint(.up, .down, "scroll"), keyHint(.escape, "back"), keyHint(.character("c"), "copy"),
        quit,
      ]
    case .sortMenu:
      return [
        keyHint(.up, .down, "choose"), keyHint(.enter, "sort"),
        keyHint(.character("S"), "reverse"), keyHint(.escape, "back"),
      ]
    case nil: return ofView
    }
  }

  private var typing: [Hint] {
    let keep = scene.state.filterDraft?.error == nil ? [keyHint(.enter, "keep")] : []
    return keep + [
      keyHint(.escape, "drop"), keyHint(.control("u"), "clear"), keyHint(.up, .down, "move"),
    ]
  }

  private var typingCommand: [Hint] {
    [
      keyHint(.tab, "complete"), keyHint(.up, .down, "earlier lines"), keyHint(.enter, "do it"),
      keyHint(.escape, "drop"),
    ]
  }

  private var ofView: [Hint] {
    let place = KeyBinding.Place(scene.state.route)
    let usable = KeyMap.bindings(in: place).filter { $0.reasonDisabled(in: scene.state) == nil }
    let hints = usable.compactMap { binding in binding.hint.map { (binding, $0) } }
      .filter { hasEffect($0.0) }
      .compactMap { binding, text in binding.keys.first.map { keyHint($0, text) } }
    let help = hints.filter { $0.text == "help" }
    return help + hints.filter { $0.text != "help" }
  }

  /// At the root there is nothing to go back to.
  private func hasEffect(_ binding: KeyBinding) -> Bool {
    let state = scene.state
    guard binding.command == .back, state.routes.count == 1 else { return true }
    guard state.route == .list || state.route == .tiles else { return false }
    return !state.filter.isEmpty || state.onlyProblems || !state.marks.isEmpty
  }

  private var quit: Hint { keyHint(.character("q"), "quit") }

  private func keyHint(_ keys: KeyEvent..., text: String) -> Hint {
    Hint(key: keys.map { $0.name(scene.marks) }.joined(separator: " "), text: text)
  }

  private func keyHint(_ key: KeyEvent, _ text: String) -> Hint { keyHint(key, text: text) }

  private func keyHint(_ first: KeyEvent, _ second: KeyEvent, _ text: String) -> Hint {
    keyHint(first, second, text: text)
  }
}
