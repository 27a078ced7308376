import Canvas
import Health
import Monitor

/// What is typed about an acknowledgement or a mute.
///
/// ```text
/// ack +447700900131  why: ticket 8841_  until: over  by: ops
/// mute number=+447700900131  until: 2h_  why:   by: ops   1 number
/// ```
struct NotePromptView {
  let context: DrawContext
  let prompt: NotePrompt

  func draw(on canvas: inout Canvas, width: Int) {
    if case .takeBack = prompt.purpose { return drawQuestion(on: &canvas, width: width) }
    // The fields are worth more than what they mean.
    for level in Self.levels {
      for note in notes {
        let line = phrases(leavingOut: level) + (note.isEmpty ? [] : [Phrase("   ", .text)] + note)
        guard line.cells <= width else { continue }
        canvas.put(line, row: 0, column: 1, width: width)
        return
      }
    }
    let reserved = prompt.mistake == nil ? 0 : width * 2 / 3
    let note = notes[0].cut(to: max(reserved - 3, 0))
    let used = canvas.put(shortened(width - reserved), row: 0, column: 1, width: width - reserved)
    canvas.put(note, row: 0, column: 1 + used + 3, width: max(width - used - 3, 0))
  }

  /// What is left out, the longest line first.
  private static let levels: [Set<Part>] = [
    [], [.author], [.author, .comment], [.author, .comment, .title],
  ]

  private enum Part {
    case title
    case comment
    case author
  }

  private func drawQuestion(on canvas: inout Canvas, width: Int) {
    let question = [
      Phrase("take back ", .accent), Phrase(context.masked(prompt.title.sanitized), .textStrong),
      Phrase("?", .text),
    ]
    canvas.put(question.cut(to: width), row: 0, column: 1, width: width)
  }

  private var verb: Phrase {
    if case .mute = prompt.purpose { Phrase("mute ", .accent) } else { Phrase("ack ", .accent) }
  }

  /// The line without some parts; the field in focus is always there.
  private func phrases(leavingOut parts: Set<Part>) -> [Phrase] {
    let title = parts.contains(.title) ? "" : context.masked(prompt.title.sanitized)
    let fields = prompt.fields.enumerated().filter { place, field in
      if place == prompt.focus { return true }
      return switch field.kind {
      case .comment: !parts.contains(.comment)
      case .author: !parts.contains(.author)
      case .filter, .until: true
      }
    }
    return [verb, Phrase(TextWidth.cut(title, to: 30), .textStrong)]
      + fields.enumerated().flatMap { place, field in
        [Phrase(place == 0 && title.isEmpty ? "" : "  ", .text)]
          + phrases(of: field.element, at: field.offset)
      }
  }

  private func phrases(of field: NotePrompt.Field, at place: Int) -> [Phrase] {
    let typed = field.text.sanitized + (field.text.hasSuffix(" ") ? " " : "")
    // A filter that was put in may hold a number.
    let text = field.kind == .filter ? context.masked(typed) : typed
    let label = label(of: field.kind)
    guard place == prompt.focus else {
      return [Phrase(label, .textMuted), Phrase(TextWidth.cut(text, to: 40), .text)]
    }
    let role: Role = prompt.mistake == nil ? .prompt : .promptInvalid
    // The terminal's cursor is hidden, so a cell shows the insertion point.
    return [Phrase(label, .accent), Phrase(text, role), Phrase("_", .accent)]
  }

  /// Only the field in focus, with its end visible.
  private func shortened(_ room: Int) -> [Phrase] {
    guard prompt.fields.indices.contains(prompt.focus) else { return [verb] }
    let phrases = [verb] + phrases(of: prompt.fields[prompt.focus], at: prompt.focus)
    let others = phrases.cells - TextWidth.cells(of: phrases[2].text)
    let tail = PromptView.tail(of: phrases[2].text, cells: max(room - others, 0))
    return [phrases[0], phrases[1], Phrase(tail, phrases[2].role), phrases[3]]
  }

  private func label(of kind: NotePrompt.Field.Kind) -> String {
    switch kind {
    case .filter: ""
    case .comment: "why: "
    case .until: "until: "
    case .author: "by: "
    }
  }

  /// The mistake, or what the field in focus means, the longest first.
  private var notes: [[Phrase]] {
    if let mistake = prompt.mistake { return [[Phrase(mistake.sanitized, .error)]] }
    let texts: [String] =
      switch prompt.focused {
      case .filter? where prompt.purpose == .mute: [muted]
      case .until? where prompt.purpose == .mute:
        [([muted] + ends.prefix(1)).joined(separator: context.marks.separator), muted]
      case .until?: ends
      case .filter?, .comment?, .author?, nil: []
      }
    return texts.map { [Phrase($0, .textMuted)] } + [[]]
  }

  private var muted: String {
    guard let count = prompt.count else { return "no filter that can be muted" }
    return count == 1 ? "1 number" : "\(count) numbers"
  }

  /// The end as a date, if it is one.
  private var ends: [String] {
    let (now, isUTC) = (context.now.date, context.saysUTC)
    guard let end = try? EndTime(prompt[.until], now: now, isUTC: isUTC), let date = end.date else {
      return []
    }
    let clock = ClockTime(date, isUTC: isUTC)
    return [clock.long, clock.short(at: now)]
  }
}
