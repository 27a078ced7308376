import Canvas

/// How a terminal is asked to show a notification.
enum Notification: Hashable, Sendable {
  /// iTerm2's way, which most know.
  case osc9
  /// That of urxvt and foot.
  case osc777

  /// Text that comes from strangers ends no sequence and begins no other.
  func sequence(_ text: String) -> String {
    let line = text.sanitized.replacing(";", with: ",")
    switch self {
    case .osc9: return "\u{1B}]9;\(line)\u{07}"
    case .osc777: return "\u{1B}]777;notify;wabatop;\(line)\u{07}"
    }
  }
}

extension TerminalOptions {
  var notification: Notification {
    let knows777 = ["rxvt", "foot"].contains { type?.hasPrefix($0) ?? false }
    return knows777 ? .osc777 : .osc9
  }
}
