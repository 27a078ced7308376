import Canvas

/// The heading of a section, as a rule with its name: `━━ BLOCKED 13 ━━━━━━━━━━`.
struct SectionRule {
  let marks: Marks
  var title: [Phrase]
  /// Notes at the right end, longest first; left out if none fits.
  var notes: [[Phrase]] = []

  func draw(row: Int, on canvas: inout Canvas) {
    let line = Rect(row: row, column: 0, width: canvas.width, height: 1)
    canvas.fill(line, role: .border, with: marks.heavy.unicodeScalars.first ?? "=")
    let padded = [Phrase(" ", .border)] + title + [Phrase(" ", .border)]
    let end = 2 + canvas.put(padded, row: row, column: 2, width: max(canvas.width - 2, 0))
    for note in notes where !note.isEmpty {
      let padded = [Phrase(" ", .border)] + note + [Phrase(" ", .border)]
      let start = canvas.put(padded, row: row, endingAt: canvas.width - 2, after: end + 2)
      if start < canvas.width - 2 { return }
    }
  }
}
