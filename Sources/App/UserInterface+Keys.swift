import Canvas
import Health
import Screens
import Terminal

// Events of the terminal.
extension UserInterface {
  enum Outcome {
    case goOn
    case quit
  }

  func handle(_ event: TerminalEvent, on terminal: inout CursesTerminal) -> Outcome {
    switch event {
    case .keys(let keys):
      // A report that was lost must not slow down who is typing.
      hasFocus = true
      var rest = keys[...]
      while let key = takeKey(from: &rest) {
        if answer(key, on: &terminal) == .quit { return .quit }
      }
    case .resized: terminal.resize()
    case .background(let color): adopt(background: color, on: &terminal)
    case .focus(let hasFocus): self.hasFocus = hasFocus
    case .resumed:
      hasFocus = true
      resume(&terminal)
    case .suspendRequested: suspend(&terminal)
    }
    return .goOn
  }

  /// In a prompt, characters that came together are one text, because many terminals paste that
  /// way.
  private func takeKey(from keys: inout ArraySlice<KeyEvent>) -> KeyEvent? {
    guard let key = keys.popFirst() else { return nil }
    guard model.state.isTyping,
      case .character(let first) = key, case .character? = keys.first
    else { return key }
    var text = String(first)
    while case .character(let character)? = keys.first {
      text.append(character)
      keys.removeFirst()
    }
    return .paste(text)
  }

  private func answer(_ key: KeyEvent, on terminal: inout CursesTerminal) -> Outcome {
    // The former key may have opened another view, which needs a layout before this key.
    if model.state.route != laidOutRoute { layOut(for: terminal, at: time.now) }
    if case .mouse(let mouse) = key { return answer(mouse, on: &terminal) }
    switch KeyMap.answer(to: key, in: model.state) {
    case .unbound:
      if let remark = KeyMap.remark(on: key, in: model.state, terminal.marks) {
        model.announce(remark, kind: .hint)
      }
    case .disabled(let reason): model.announce(reason, kind: .hint)
    case .command(let command): return perform(command, on: &terminal)
    }
    return .goOn
  }

  private func answer(_ mouse: MouseEvent, on terminal: inout CursesTerminal) -> Outcome {
    let command = layout?.command(for: mouse, in: model.state)
    guard let command else { return .goOn }
    return perform(command, on: &terminal)
  }
}
