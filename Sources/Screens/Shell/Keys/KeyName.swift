package import Canvas

extension KeyEvent {
  /// What stands on the key, as the footer and the help say it.
  package func name(_ marks: Marks) -> String {
    switch self {
    case .character(" "): marks.isASCII ? "Space" : "␣"
    case .character(let character): String(character)
    case .control(let letter): "^\(letter.uppercased())"
    case .up: marks.isASCII ? "Up" : "↑"
    case .down: marks.isASCII ? "Down" : "↓"
    case .left: marks.isASCII ? "Left" : "←"
    case .right: marks.isASCII ? "Right" : "→"
    case .enter: marks.isASCII ? "Enter" : "⏎"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .tab: "Tab"
    case .backtab: "Shift-Tab"
    case .function(let number): "F\(number)"
    case .mouse: "Mouse"
    case .paste: "Pasted text"
    }
  }
}
