import Canvas
import Monitor
import Screens
import Terminal

/// What came of reading a theme.
struct ThemeRead: Sendable {
  /// Reads a theme by its name; it may wait for a disk.
  typealias Source = @Sendable (String) throws -> ThemeLibrary.Selection

  let name: String
  let result: Result<ThemeLibrary.Selection, any Error>

  /// Reads off the main actor, where keys are answered meanwhile; nil when the task was cancelled.
  init?(_ name: String, from themes: @escaping Source) async {
    guard let result = await Blocking.run({ Result { try themes(name) } }) else { return nil }
    self.name = name
    self.result = result
  }
}

// The theme that is shown.
extension UserInterface {
  /// Shows a theme by its name once it is read, or at once the one that the program began with.
  func show(theme name: String?, on terminal: inout CursesTerminal) {
    themeReading?.cancel()
    themeAsked = name
    guard let name else { return use(firstTheme, on: &terminal) }
    themeReading = Task { [themes, wakes] in
      guard let read = await ThemeRead(name, from: themes) else { return }
      wakes?.yield(.themeRead(read))
    }
  }

  /// While a name is typed, themes are only looked at, and their mistakes need not be told.
  func show(_ read: ThemeRead, on terminal: inout CursesTerminal) {
    // Another one may have been asked for while this one was read.
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

  /// A terminal that has become light or dark gets the theme for it; other changes of its colours are no
  /// news.
  func adopt(background color: Color, on terminal: inout CursesTerminal) {
    let wasDark = background?.isDark
    background = color
    if theme.dependsOnBackground && color.isDark != wasDark { use(theme, on: &terminal) }
  }

  /// Without colours a theme has nothing to say that attributes wouldn't say better.
  func use(_ choice: ThemeChoice, on terminal: inout CursesTerminal) {
    theme = choice
    // The one before did not need to know.
    if choice.dependsOnBackground && background == nil { terminal.askForBackground() }
    let theme = choice.theme(on: background)
    terminal.use(terminal.colorDepth == .mono ? Theme.mono.styles : theme.styles)
  }
}
