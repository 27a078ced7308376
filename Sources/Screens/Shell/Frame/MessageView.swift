import Canvas

/// One line for the operator.
struct MessageView {
  let message: Message
  let marks: Marks
  /// Sanitized and masked.
  let text: String

  func draw(on canvas: inout Canvas, width: Int) {
    let role: Role =
      switch message.kind {
      case .notice, .hint: .info
      case .error: .error
      }
    canvas.put(fitting(width), row: 0, column: 1, role: role, width: width)
  }

  /// The text with its ending if there is room; otherwise with a hint on where to read the rest.
  private func fitting(_ width: Int) -> String {
    guard TextWidth.cells(of: text) > width else { return text }
    let hasEnding = !message.ending.isEmpty && text.hasSuffix(message.ending)
    let whole = hasEnding ? String(text.dropLast(message.ending.count)) : text
    let isKept = message.kind != .hint
    let endings = [hasEnding ? message.ending : nil, isKept ? "  :messages" : nil]
    for ending in endings.compactMap(\.self) {
      let room = width - TextWidth.cells(of: ending)
      if room >= Self.fewestCells { return TextWidth.cut(whole, to: room) + ending }
    }
    return text
  }

  private static let fewestCells = 12
}
