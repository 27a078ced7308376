import Canvas

/// The command line during typing, followed by its completions.
///
///      :so_  sort
///      :theme gruv_  gruvbox-dark  gruvbox-light
///      :poll-all_  poll all numbers now, within the budgets
struct CommandPromptView {
  let context: DrawContext
  let prompt: CommandPrompt

  func draw(on canvas: inout Canvas, width: Int) {
    let text = PromptView.tail(of: prompt.text, cells: max(width - 3, 0))
    let role: Role = mistake == nil ? .prompt : .promptInvalid
    canvas.put(":", row: 0, column: 1, role: .accent)
    let used = canvas.put(text, row: 0, column: 2, role: role)
    // The terminal's cursor is hidden, so a cell shows the insertion point.
    canvas.put("_", row: 0, column: 2 + used, role: .accent)
    let column = used + 5
    canvas.put(hints(width: width - column), row: 0, column: column, width: width + 1 - column)
  }

  private var lines: [String] { CommandWords.completions(of: prompt.stem, in: context.state) }

  /// A mistake that further typing can't correct.
  private var mistake: String? {
    guard lines.isEmpty,
      case .mistake(let text) = CommandWords.meaning(of: prompt.text, in: context.state)
    else { return nil }
    return text
  }

  /// The completions; if there is only one, the command's description.
  private func hints(width: Int) -> [Phrase] {
    let lines = lines
    guard lines.count > 1 || lines.first.map({ $0 != prompt.text }) == true else {
      return mistake.map { [Phrase($0, .textMuted)] } ?? help
    }
    let chosen = prompt.completions.firstIndex(of: prompt.text)
    var phrases: [Phrase] = []
    // Starts at the chosen one, so that it is always visible.
    for index in lines.indices.dropFirst(chosen ?? 0) {
      let word = lines[index].split(separator: " ").last.map(String.init) ?? ""
      let role: Role = index == chosen ? .accent : .textMuted
      guard phrases.cells + TextWidth.cells(of: word) + 2 <= width || phrases.isEmpty else { break }
      phrases += [Phrase(word.sanitized, role), Phrase("  ", .textMuted)]
    }
    return phrases
  }

  private var help: [Phrase] {
    let word = prompt.text.split(separator: " ").first.map(String.init) ?? ""
    return CommandWords.binding(named: word).map { [Phrase($0.help, .textMuted)] } ?? []
  }
}
