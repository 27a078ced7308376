import Canvas
import Monitor

/// The last line: keys that are usable now, from the key table.
struct FooterView {
  let context: DrawContext

  func draw(on canvas: inout Canvas) {
    var column = 1
    let hints = hints
    let end = canvas.width - 1
    for (place, hint) in hints.enumerated() {
      let isLast = place == hints.count - 1
      let kept = hints.indices.dropFirst(place + 1)
        .filter { hints[$0].isKept || $0 == hints.count - 1 }
      let reserve = kept.reduce(0) { $0 + hints[$1].cells + 2 }
      guard column + hint.cells + reserve <= end || isLast else { continue }
      column += canvas.put(hint.phrases, row: 0, column: column, width: canvas.width - column) + 2
    }
  }

  /// A key and its description.
  private struct Hint: Sendable {
    let phrases: [Phrase]
    let cells: Int
    /// Whether it has priority over those before it, as the last one always has.
    let isKept: Bool

    init(key: String, text: String, isKept: Bool = false) {
      self.isKept = isKept
      phrases = [Phrase(key, .accent), Phrase(" \(text)", .textMuted)]
      cells = phrases.cells
    }
  }

  private var hints: [Hint] {
    if context.state.isTypingFilter { return typing }
    if context.state.isTypingCommand { return typingCommand }
    if let prompt = context.state.shell.notePrompt { return typing(prompt) }
    switch context.state.shell.overlay {
    case .help, .messages: return text
    case .difference: return text.dropLast() + [keyHint(.enter, "tree"), close]
    case .raw: return text.dropLast() + [keyHint(.character("c"), "copy"), close]
    case .sortMenu:
      return [
        keyHint(.up, .down, "choose"), keyHint(.enter, "sort"),
        keyHint(.character("S"), "reverse"), close,
      ]
    case .notes: return [keyHint(.up, .down, "choose"), keyHint(.enter, "take back"), close]
    case nil: return ofView
    }
  }

  /// The hints for an overlay.
  private var text: [Hint] {
    if context.state.isTypingSearch { return [keyHint(.enter, "keep"), keyHint(.escape, "drop")] }
    let next = keyHint(.character("n"), .character("N"), "next")
    return [keyHint(.up, .down, "scroll"), keyHint(.character("/"), "search")]
      + (context.state.shell.search == nil ? [] : [next]) + [close]
  }

  private var typing: [Hint] {
    let keep = context.state.filtering.draft?.error == nil ? [keyHint(.enter, "keep")] : []
    return keep + [
      keyHint(.escape, "drop"), keyHint(.control("u"), "clear"), keyHint(.up, .down, "move"),
    ]
  }

  private func typing(_ prompt: NotePrompt) -> [Hint] {
    switch prompt.purpose {
    case .takeBack: return [keyHint(.enter, "take back"), keyHint(.escape, "keep")]
    case .acknowledge, .mute:
      let verb = prompt.purpose == .mute ? "mute" : "acknowledge"
      let presets = prompt.hasPresets ? [keyHint(.up, .down, "choose")] : []
      return [keyHint(.enter, verb), keyHint(.tab, "next field")] + presets
        + [keyHint(.control("u"), "clear"), keyHint(.escape, "drop")]
    }
  }

  private var typingCommand: [Hint] {
    [
      keyHint(.tab, "complete"), keyHint(.up, .down, "history"), keyHint(.enter, "run"),
      keyHint(.escape, "drop"),
    ]
  }

  private var ofView: [Hint] {
    let place = context.state.room.place
    let entries = (context.marks.isASCII ? Self.asciiEntries : Self.unicodeEntries)[place] ?? []
    let hasWayBack = hasWayBack
    return entries.compactMap { entry in
      guard context.state.meets(entry.need), !entry.goesBack || hasWayBack,
        !entry.isOfPresent || !context.state.isInPast
      else { return nil }
      return entry.hint
    }
  }

  /// Whether there is anything to go back to.
  private var hasWayBack: Bool {
    let state = context.state
    guard state.shell.routes.count == 1 else { return true }
    guard state.room.isFiltered else { return false }
    let filtering = state.filtering
    guard filtering.filter.isEmpty else { return true }
    guard state.room.place == .list || state.room.place == .tiles else { return false }
    return filtering.onlyProblems || !state.shell.marks.ids.isEmpty
  }

  /// The footer's part of a key binding.
  private struct Entry: Sendable {
    let hint: Hint
    let need: KeyBinding.Need
    let isOfPresent: Bool
    let goesBack: Bool
    let isHelp: Bool

    /// What an operator came for, and the way back.
    private static let kept: Set<Command> = [.copyRemedy, .acknowledge, .returnToPresent]

    init?(_ binding: KeyBinding, _ marks: Marks) {
      guard let text = binding.hint, let key = binding.keys.first else { return nil }
      hint = Hint(key: key.name(marks), text: text, isKept: Self.kept.contains(binding.command))
      need = binding.need
      isOfPresent = binding.isOfPresent
      goesBack = binding.command == .back
      isHelp = text == "help"
    }
  }

  // Made once, because the key table is long and every frame has a footer.
  private static let unicodeEntries = entries(.unicode)
  private static let asciiEntries = entries(.ascii)

  private static func entries(_ marks: Marks) -> [KeyBinding.Place: [Entry]] {
    let places = KeyBinding.Place.allCases.map { place in
      let entries = KeyMap.bindings(in: place).compactMap { Entry($0, marks) }
      return (place, entries.filter(\.isHelp) + entries.filter { !$0.isHelp })
    }
    return Dictionary(uniqueKeysWithValues: places)
  }

  private var close: Hint { keyHint(.escape, .character("q"), "close") }

  private func keyHint(_ keys: KeyEvent..., text: String) -> Hint {
    Hint(key: keys.map { $0.name(context.marks) }.joined(separator: " "), text: text)
  }

  private func keyHint(_ key: KeyEvent, _ text: String) -> Hint { keyHint(key, text: text) }

  private func keyHint(_ first: KeyEvent, _ second: KeyEvent, _ text: String) -> Hint {
    keyHint(first, second, text: text)
  }
}
