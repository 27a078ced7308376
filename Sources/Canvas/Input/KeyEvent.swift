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
  /// Pasted text, without control characters: it is never a command.
  case paste(String)
}

/// An event of the terminal while the screen is open.
package enum TerminalEvent: Hashable, Sendable {
  /// Keys that were waiting together, to be handled with one frame.
  case keys([KeyEvent])
  case resized
  /// The terminal's background, reported after the start.
  case background(Color)
  /// Whether the terminal's window has focus; many terminals never report it.
  case focus(Bool)
  /// Another process asks the program to suspend.
  case suspendRequested
  /// The program was continued after it was stopped; the screen's contents are unknown.
  case resumed
}
