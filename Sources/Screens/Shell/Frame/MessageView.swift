import Canvas

/// One line for the operator.
struct MessageView {
  let message: Message
  let marks: Marks
  /// Without what must not be shown.
  let text: String

  func draw(on canvas: inout Canvas, width: Int) {
    let role: Role =
      switch message.kind {
      case .notice, .hint: .info
      case .error: .error
      }
    canvas.put(fitting(width), row: 0, column: 1, role: role, width: width)
  }

  /// With its ending, where there is room for a few words before it.
  private func fitting(_ width: Int) -> String {
    let room = width - TextWidth.cells(of: message.ending)
    guard !message.ending.isEmpty, text.hasSuffix(message.ending), room >= Self.fewestCells,
      TextWidth.cells(of: text) > width
    else { return text }
    return TextWidth.cut(String(text.dropLast(message.ending.count)), to: room) + message.ending
  }

  private static let fewestCells = 12
}
