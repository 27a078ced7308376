package import Canvas

/// The one table of keys: what they do, the footer, the help screen and the README come from it.
///
/// One key has one meaning in all views; where two letters belong together (`r R`, `n N`, `s S`), Shift
/// is the stronger or reverse form; function keys are only aliases.
package enum KeyMap {
  package static let bindings: [KeyBinding] =
    moving + finding + travelling + acting + display + program

  /// The same by where they work: each frame and each key asks for it.
  private static let bindingsByPlace = Dictionary(
    uniqueKeysWithValues: KeyBinding.Place.allCases.map { place in
      (place, bindings.filter { $0.places.contains(place) })
    }
  )
}

// MARK: - From a key to a command

extension KeyMap {
  package enum Answer: Hashable, Sendable {
    case command(Command)
    /// The key is known but does nothing now; the text says why.
    case disabled(String)
    case unbound
  }

  /// What a key asks for where the operator is now.
  package static func answer(to key: KeyEvent, in state: ScreenState) -> Answer {
    if state.isTypingFilter { return typing(key) }
    if let prompt = state.shell.prompt { return typing(key, prompt, state) }
    if let prompt = state.shell.notePrompt { return typing(key, prompt) }
    if let overlay = state.shell.overlay, let answer = answer(to: key, in: overlay, state) {
      return answer
    }
    if let wall = state.shell.wall, let answer = answer(to: key, at: wall) { return answer }
    guard let binding = binding(for: key, in: state.room.place) else {
      return state.shell.wall == nil ? .unbound : .command(.haltWall)
    }
    if let reason = binding.reasonDisabled(in: state) { return .disabled(reason) }
    return .command(command(of: binding, in: state))
  }

  /// What is said of a key that does nothing here; nil where nothing has to be said.
  package static func remark(
    on key: KeyEvent,
    in state: ScreenState,
    _ marks: Marks
  ) -> String? {
    guard !state.isTyping else { return nil }
    let name = key.name(marks)
    let elsewhere = bindings.first { $0.keys.contains(key) }
    guard let elsewhere else { return "\(name) does nothing here\(marks.separator)? help" }
    return "\(name) works in \(placeNames(of: elsewhere))\(marks.separator)? help"
  }

  /// What an entry asks for here.
  static func command(of binding: KeyBinding, in state: ScreenState) -> Command {
    scrollsDetail(state) ? binding.command.scrollingDetail : binding.command
  }

  /// What works in a place, in the order of the table.
  package static func bindings(in place: KeyBinding.Place) -> [KeyBinding] {
    bindingsByPlace[place] ?? []
  }

  package static func binding(for key: KeyEvent, in place: KeyBinding.Place) -> KeyBinding? {
    bindings(in: place).first { $0.keys.contains(key) }
  }

  /// The detail has the whole screen, so that moving moves in it.
  private static func scrollsDetail(_ state: ScreenState) -> Bool {
    state.isInTree && state.tree.isZoomed && state.shell.overlay == nil
  }

  /// What a key means only while something lies over the view; nil where it means the usual.
  private static func answer(
    to key: KeyEvent,
    in overlay: Overlay,
    _ state: ScreenState
  ) -> Answer? {
    if state.isTypingSearch { return typingSearch(key) }
    guard case .character(let character) = key else { return nil }
    // Who closes a pane with q, as in other programs, doesn't mean to quit.
    if character == "q" { return .command(.back) }
    if case .sortMenu = overlay {
      return ListColumn.sortable.first { $0.letter == character }.map { .command(.sort($0)) }
    }
    if case .notes(let list) = overlay {
      // The key that made it takes it back.
      let own: Character = list.kind == .acknowledgements ? "a" : "m"
      return character == own ? .command(.open) : nil
    }
    switch character {
    case "/": return .command(.startSearch)
    case "n": return state.shell.search == nil ? nil : .command(.nextMatch)
    case "N": return state.shell.search == nil ? nil : .command(.previousMatch)
    default: return nil
    }
  }

  /// While a word is typed that is searched in a text.
  private static func typingSearch(_ key: KeyEvent) -> Answer {
    switch typing(key) {
    case .command(.editFilter(let edit)): .command(.editSearch(edit))
    case let answer: answer
    }
  }

  /// At the wall a key that is hit by accident must not end anything; nil where it asks for the usual.
  private static func answer(to key: KeyEvent, at wall: WallMode) -> Answer? {
    switch key {
    case .control("c"): .command(.quit)
    case .character("q"), .character("y"):
      wall.isQuitAsked ? .command(.quit) : key == .character("q") ? .command(.askToQuit) : nil
    default: wall.isQuitAsked ? .command(.haltWall) : nil
    }
  }

  /// While a filter is typed, characters are text.
  private static func typing(_ key: KeyEvent) -> Answer {
    switch key {
    case .character(let character): .command(.editFilter(.insert(String(character))))
    case .paste(let text): .command(.editFilter(.insert(text)))
    case .backspace, .delete: .command(.editFilter(.deleteBackward))
    case .control("w"): .command(.editFilter(.deleteWord))
    case .control("u"): .command(.editFilter(.clear))
    case .enter: .command(.editFilter(.keep))
    case .escape: .command(.editFilter(.drop))
    case .up, .down, .pageUp, .pageDown, .control("c"), .control("l"), .control("z"):
      binding(for: key, in: .list).map { .command($0.command) } ?? .unbound
    default: .unbound
    }
  }

  /// While an acknowledgement or a mute is typed, too; of a question, y is yes.
  private static func typing(_ key: KeyEvent, _ prompt: NotePrompt) -> Answer {
    if case .takeBack = prompt.purpose, case .character(let character) = key {
      return character == "y" ? .command(.editNote(.submit)) : .command(.editNote(.drop))
    }
    let edit: NoteEdit
    switch key {
    case .character(let character): edit = .insert(String(character))
    case .paste(let text): edit = .insert(text)
    case .backspace, .delete: edit = .deleteBackward
    case .control("w"): edit = .deleteWord
    case .control("u"): edit = .clear
    case .tab: edit = .nextField
    case .backtab: edit = .previousField
    case .down, .control("n"): edit = .nextPreset
    case .up, .control("p"): edit = .previousPreset
    case .enter: edit = .submit
    case .escape: edit = .drop
    case .control("c"), .control("l"), .control("z"):
      return binding(for: key, in: .list).map { .command($0.command) } ?? .unbound
    default: return .unbound
    }
    return .command(.editNote(edit))
  }

  /// While a command is typed, so are they; and the table says what they may become.
  private static func typing(
    _ key: KeyEvent,
    _ prompt: CommandPrompt,
    _ state: ScreenState
  ) -> Answer {
    let edit: PromptEdit
    switch key {
    case .character(let character): edit = .insert(String(character))
    case .paste(let text): edit = .insert(text)
    case .backspace, .delete: edit = .deleteBackward
    case .control("w"): edit = .deleteWord
    case .control("u"): edit = .clear
    case .escape: edit = .drop
    case .up, .control("p"): edit = .recallOlder
    case .down, .control("n"): edit = .recallNewer
    case .tab: edit = .complete(CommandWords.completions(of: prompt.stem, in: state))
    case .backtab: edit = .completeBackward(CommandWords.completions(of: prompt.stem, in: state))
    case .enter:
      let line = prompt.text.split(separator: " ").joined(separator: " ")
      return .command(.runCommand(line, CommandWords.meaning(of: line, in: state)))
    case .control("c"), .control("l"), .control("z"):
      return binding(for: key, in: .list).map { .command($0.command) } ?? .unbound
    default: return .unbound
    }
    return .command(.editCommand(edit))
  }
}

extension Command {
  fileprivate var scrollingDetail: Command {
    if case .move(let movement) = self { .scrollDetail(movement) } else { self }
  }
}

// MARK: - In the README

extension KeyMap {
  /// The table of keys as the README has it between `<!-- keys -->` and `<!-- /keys -->`.
  package static var markdown: String {
    let rows = bindings.map { binding in
      let keys = binding.keys.map { "`\($0.name(.unicode))`" }.joined(separator: " ")
      return "| \(keys) | `\(binding.commandLine)` | \(binding.help) | \(placeNames(of: binding)) |"
    }
    let head = ["| keys | command | what they do | view |", "|---|---|---|---|"]
    return (head + rows).joined(separator: "\n")
  }

  /// Where it works, in words.
  static func placeNames(of binding: KeyBinding) -> String {
    let places = KeyBinding.Place.allCases
    if binding.places.count == places.count { return "all" }
    return places.filter(binding.places.contains).map(\.name).joined(separator: ", ")
  }
}
