// Commands that are typed, and the themes that can be tried that way.
extension ScreenState {
  mutating func startCommand(with text: String = "") {
    guard prompt == nil else { return }
    overlay = nil
    prompt = CommandPrompt(text)
  }

  mutating func edit(_ edit: PromptEdit) -> [Effect] {
    guard prompt != nil else { return [] }
    switch edit {
    case .insert(let text): prompt?.insert(text)
    // There is nothing left to delete but the prompt itself.
    case .deleteBackward where prompt?.text.isEmpty == true: prompt = nil
    case .deleteBackward: prompt?.deleteBackward()
    case .deleteWord: prompt?.deleteWord()
    case .clear: prompt?.clear()
    case .drop: prompt = nil
    case .recallOlder: prompt?.recall(from: history, older: true)
    case .recallNewer: prompt?.recall(from: history, older: false)
    case .complete(let lines): prompt?.complete(among: lines, forward: true)
    case .completeBackward(let lines): prompt?.complete(among: lines, forward: false)
    }
    return previewTheme()
  }

  /// Ends typing, and does what the line asks for.
  mutating func run(_ line: String, meaning: CommandMeaning) -> [Effect] {
    prompt = nil
    history.add(line)
    switch meaning {
    case .nothing: return previewTheme()
    case .command(let command): return perform(command) + previewTheme()
    case .mistake(let text):
      message = Message(text, kind: .error, at: now)
      return previewTheme()
    }
  }

  /// Says which themes there are to choose from.
  package mutating func offer(themes: [String]) { self.themes = themes }

  mutating func choose(theme name: String) -> [Effect] {
    theme = name
    shownTheme = name
    // Also where it is shown already: a mistake in it is told only to who chose it.
    return [.showTheme(name)]
  }

  /// Shows the theme whose name is being typed; else the one that was chosen.
  private mutating func previewTheme() -> [Effect] {
    let typed = prompt.flatMap { theme(in: $0.text) }
    let wanted = typed ?? theme
    guard wanted != shownTheme else { return [] }
    shownTheme = wanted
    return [.showTheme(wanted)]
  }

  private func theme(in line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "theme" else { return nil }
    return themes.first { $0 == words[1] }
  }
}
