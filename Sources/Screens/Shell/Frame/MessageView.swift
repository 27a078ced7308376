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
    canvas.put(text, row: 0, column: 1, role: role, width: width)
  }
}
