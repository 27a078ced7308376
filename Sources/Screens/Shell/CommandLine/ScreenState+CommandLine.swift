// Commands that are typed, and the themes that can be tried that way.
extension ScreenState {
  mutating func startCommand(with text: String = "") {
    guard shell.prompt == nil else { return }
    shell.overlay = nil
    shell.prompt = CommandPrompt(text)
  }

  mutating func edit(_ edit: PromptEdit) -> [Effect] {
    guard shell.prompt != nil else { return [] }
    switch edit {
    case .insert(let text): shell.prompt?.insert(text)
    // There is nothing left to delete but the prompt itself.
    case .deleteBackward where shell.prompt?.text.isEmpty == true: shell.prompt = nil
    case .deleteBackward: shell.prompt?.deleteBackward()
    case .deleteWord: shell.prompt?.deleteWord()
    case .clear: shell.prompt?.clear()
    case .drop: shell.prompt = nil
    case .recallOlder: shell.prompt?.recall(from: shell.history, older: true)
    case .recallNewer: shell.prompt?.recall(from: shell.history, older: false)
    case .complete(let lines): shell.prompt?.complete(among: lines, forward: true)
    case .completeBackward(let lines): shell.prompt?.complete(among: lines, forward: false)
    }
    return previewTheme()
  }

  /// Ends typing, and does what the line asks for.
  mutating func run(_ line: String, meaning: CommandMeaning) -> [Effect] {
    shell.prompt = nil
    shell.history.add(line)
    switch meaning {
    case .nothing: return previewTheme()
    case .command(let command): return perform(command) + previewTheme()
    case .mistake(let text):
      say(text, kind: .error)
      return previewTheme()
    }
  }

  /// Says which themes there are to choose from.
  package mutating func offer(themes: [String]) { shell.themes.names = themes }

  mutating func choose(theme name: String) -> [Effect] {
    shell.themes.chosen = name
    shell.themes.shown = name
    // Also where it is shown already: a mistake in it is told only to who chose it.
    return [.showTheme(name)]
  }

  /// Shows the theme whose name is being typed; else the one that was chosen.
  private mutating func previewTheme() -> [Effect] {
    let typed = shell.prompt.flatMap { theme(in: $0.text) }
    let wanted = typed ?? shell.themes.chosen
    guard wanted != shell.themes.shown else { return [] }
    shell.themes.shown = wanted
    return [.showTheme(wanted)]
  }

  private func theme(in line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "theme" else { return nil }
    return shell.themes.names.first { $0 == words[1] }
  }
}
