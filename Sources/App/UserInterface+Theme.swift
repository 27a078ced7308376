import Canvas
import Monitor
import Screens
import Terminal

/// The result of reading a theme.
struct ThemeRead: Sendable {
  /// Reads a theme by its name; it may block on a disk.
  typealias Source = @Sendable (String) throws -> ThemeLibrary.Selection

  let name: String
  let result: Result<ThemeLibrary.Selection, any Error>

  /// Reads off the main actor, which handles keys meanwhile; nil if the task was cancelled.
  init?(_ name: String, from themes: @escaping Source) async {
    guard let result = await Blocking.run({ Result { try themes(name) } }) else { return nil }
    self.name = name
    self.result = result
  }
}

// The current theme.
extension UserInterface {
  /// Shows a theme by its name once it is read; without a name, the first one.
  func show(theme name: String?, on terminal: inout CursesTerminal) {
    themeReading?.cancel()
    themeAsked = name
    guard let name else { return use(firstTheme, on: &terminal) }
    themeReading = Task { [themes, wakes] in
      guard let read = await ThemeRead(name, from: themes) else { return }
      wakes?.yield(.themeRead(read))
    }
  }

  /// While a name is typed, themes are only previewed, without their mistakes.
  func show(_ read: ThemeRead, on terminal: inout CursesTerminal) {
    // Another one may have been chosen while this one was read.
    guard read.name == themeAsked else { return }
    switch read.result {
    case .success(let selection):
      use(selection.choice, on: &terminal)
      guard let mistake = selection.mistake, !model.state.isTypingCommand else { return }
      model.announce(mistake, kind: .error)
    case .failure(let error):
      let text = (error as? CommandFailure)?.text ?? "\(error)"
      model.announce(text.split(separator: "\n").first.map(String.init) ?? text, kind: .error)
    }
  }

  /// Applies the theme for the new background if the terminal changed between dark and light.
  func adopt(background color: Color, on terminal: inout CursesTerminal) {
    let wasDark = background?.isDark
    background = color
    if theme.dependsOnBackground && color.isDark != wasDark { use(theme, on: &terminal) }
  }

  /// Without colours, attributes replace the theme.
  func use(_ choice: ThemeChoice, on terminal: inout CursesTerminal) {
    theme = choice
    // The former theme did not depend on the background.
    if choice.dependsOnBackground && background == nil { terminal.askForBackground() }
    let theme = choice.theme(on: background)
    terminal.use(terminal.colorDepth == .mono ? Theme.mono.styles : theme.styles)
  }
}
