import Dashboard
import Terminal

/// One line for the operator.
struct MessageView {
  let message: Message
  let marks: Marks

  func draw(on canvas: inout Canvas, width: Int) {
    let role: Role =
      switch message.kind {
      case .notice, .hint: .info
      case .error: .error
      }
    canvas.put(message.text.sanitized, row: 0, column: 1, role: role, width: width)
  }
}
