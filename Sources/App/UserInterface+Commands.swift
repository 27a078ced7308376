import Health
import Monitor
import Screens
import Terminal

// The effects of commands outside the state.
extension UserInterface {
  func perform(_ command: Command, on terminal: inout CursesTerminal) -> Outcome {
    for effect in model.perform(command) {
      if effect == .quit { return .quit }
      perform(effect, on: &terminal)
    }
    return .goOn
  }

  private func perform(_ effect: Effect, on terminal: inout CursesTerminal) {
    switch effect {
    // Not awaited, because the poller may be busy with a sweep.
    case .poll(let numbers): Task { [polling] in await polling.pollNow(numbers) }
    case .pollAll: Task { [polling] in await polling.pollAllNow() }
    // Not awaited, because a disk may be slow.
    case .note(let action): Task { [operators] in await operators?.perform(action) }
    case .copy(let text): copy(text, to: &terminal)
    case .showTheme(let name): show(theme: name, on: &terminal)
    case .watchMouse(let isOn): terminal.watchMouse(isOn)
    case .reloadConfiguration: reloadConfiguration()
    case .redraw: needsRepaint = true
    case .suspend: suspend(&terminal)
    case .quit: break
    }
  }

  private func reloadConfiguration() {
    guard let reload else { return model.announce("There is no configuration to reload.") }
    Task { await reload.reload(isAsked: true) }
  }

  private func copy(_ text: String, to terminal: inout CursesTerminal) {
    terminal.copy(text)
    guard terminal.mayDropCopies, !saidHowCopiesPass else { return }
    saidHowCopiesPass = true
    model.announce(Self.tmuxAdvice(after: model.state.shell.message?.text))
  }

  /// The command first, because the end of a message is cut on narrow screens.
  nonisolated static func tmuxAdvice(after message: String?) -> String {
    "tmux needs: set -g set-clipboard on" + (message.map { " (\($0))" } ?? "")
  }

  /// Returns when the shell continues the process, and shows how long it was stopped.
  func suspend(_ terminal: inout CursesTerminal) {
    let start = time.now
    terminal.suspend()
    model.tick()
    guard !terminal.isBehindShell else {
      timeBehindShell = time.now
      return
    }
    let away = Age(time.now - start)
    model.announce("Resumed after \(away.text); nothing was polled in between.")
  }

  func resume(_ terminal: inout CursesTerminal) {
    terminal.resume()
    guard let start = timeBehindShell, !terminal.isBehindShell else { return }
    timeBehindShell = nil
    model.announce("Back after \(Age(time.now - start).text); polling continued.")
  }
}
