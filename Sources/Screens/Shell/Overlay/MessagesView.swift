import Canvas
import Health

/// All messages of this run, the latest first.
struct MessagesView {
  let context: DrawContext

  func rows(width: Int) -> [DetailLayout.Row] {
    let messages = context.state.shell.messages.reversed()
    guard !messages.isEmpty else {
      return [DetailLayout.Row(phrases: [Phrase("There was no message yet.", .textMuted)])]
    }
    return messages.flatMap { rows(of: $0, width: width) }
  }

  private func rows(of message: Message, width: Int) -> [DetailLayout.Row] {
    let isUTC = context.state.shell.timeFormat != .local
    let clock = ClockTime(message.moment.date, isUTC: isUTC).clock + "  "
    let role: Role = message.kind == .error ? .error : .text
    let indent = clock.count
    return TextWrap.lines(message.text.sanitized, width: width - indent).enumerated()
      .map { index, line in
        guard index == 0 else {
          return DetailLayout.Row(indent: indent, phrases: [Phrase(line, role)])
        }
        return DetailLayout.Row(phrases: [Phrase(clock, .textMuted), Phrase(line, role)])
      }
  }
}
