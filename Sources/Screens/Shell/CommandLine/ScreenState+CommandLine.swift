// Typed commands, and previews of themes.
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
    // Deleting in an empty line closes it.
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

  /// Closes the command line and runs the command.
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

  /// Sets the names of the available themes.
  package mutating func offer(themes: [String]) { shell.themes.names = themes }

  mutating func choose(theme name: String) -> [Effect] {
    shell.themes.chosen = name
    shell.themes.shown = name
    // Even if it is already shown in a preview, because only choosing it reports its mistakes.
    return [.showTheme(name)]
  }

  /// Previews the theme whose name is typed, otherwise the chosen one.
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
