/// One key as the operator pressed it.
package enum KeyEvent: Hashable, Sendable {
  /// A key that stands for a character, already shifted: `R`, `/`, ` `.
  case character(Character)
  /// A letter with Control, in lower case; `^C` is `.control("c")`.
  case control(Character)
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  case enter
  case escape
  case backspace
  case delete
  case insert
  case tab
  case backtab
  /// F1 to F12.
  case function(Int)
  /// Only while the mouse is watched.
  case mouse(MouseEvent)
  /// Text that came as one, without control characters: it is never a command.
  case paste(String)
}

/// What a terminal has to say while the screen is up.
package enum TerminalEvent: Hashable, Sendable {
  /// Keys that were waiting together, to be answered by one frame.
  case keys([KeyEvent])
  case resized
  /// What the terminal says its background is, when it says so only now.
  case background(Color)
  /// Whether the keyboard is with the terminal's window; never said by many terminals.
  case focus(Bool)
  /// Somebody asks the program to stop, from outside.
  case suspendRequested
  /// The program runs again after it was stopped: what is on the screen is unknown.
  case resumed
}
