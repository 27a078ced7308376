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

  /// With its ending, where there is room for a few words before it; else with the way to the rest.
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
