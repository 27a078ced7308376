import Configuration
import Health
import Screens
import Terminal

// Signals for somebody who does not look at the screen.
extension UserInterface {
  /// Rings, and shows a notification, for blocked numbers that are new, as the configuration wants.
  func signal(on terminal: borrowing CursesTerminal, at now: Moment) {
    // On a wall nobody sits at the keyboard, and looks at the screen by chance.
    let rings = signals.bell ?? (model.state.shell.wall != nil)
    guard rings || signals.notifies,
      let text = troubles?.take(in: model.state.fleet, at: now)
    else { return }
    if rings { terminal.bell() }
    if signals.notifies { terminal.notify(text) }
  }
}
