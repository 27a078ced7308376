import Canvas
import Health
import Monitor

/// The line above the keys: a message, the filter that is being typed, or the view's status, with
/// the visible range at its right.
struct StateLineView {
  let context: DrawContext

  private var state: ScreenState { context.state }
  private var marks: Marks { context.marks }

  /// - Parameters:
  ///   - canvas: One line.
  ///   - part: The visible part of the view.
  func draw(on canvas: inout Canvas, _ part: VisiblePart) {
    let start = isBarHidden(canvas.width) ? canvas.width : drawScroll(on: &canvas, part)
    let room = max(start - 2, 0)
    if state.isTypingFilter {
      PromptView(context: context).draw(on: &canvas, width: room)
    } else if let prompt = state.shell.prompt {
      CommandPromptView(context: context, prompt: prompt).draw(on: &canvas, width: room)
    } else if let prompt = state.shell.notePrompt {
      NotePromptView(context: context, prompt: prompt).draw(on: &canvas, width: room)
    } else if let search = state.shell.search {
      draw(search, on: &canvas, width: room)
    } else if let message = state.shell.message {
      let text = context.masked(message.text.sanitized)
      MessageView(message: message, marks: marks, text: text).draw(on: &canvas, width: room)
    } else {
      let fitting = standing.first { $0.cells <= room } ?? standing.last ?? []
      canvas.put(fitting, row: 0, column: 1, width: room)
    }
  }

  /// The search word in an overlay, and the number of matches.
  private func draw(_ search: OverlaySearch, on canvas: inout Canvas, width: Int) {
    let matches = state.shell.overlayMatches.count
    let hasNoMatch = matches == 0 && !search.text.isEmpty
    let count = matches == 1 ? "1 line" : "\(matches) lines"
    let found = search.text.isEmpty ? "" : hasNoMatch ? "nothing found" : count
    let goOn = search.isTyping || matches < 2 ? "" : "\(marks.separator)n N next match"
    let phrases = [
      Phrase("/", .accent), Phrase(search.text.sanitized, hasNoMatch ? .promptInvalid : .prompt),
      // The terminal's cursor is hidden, so a cell shows the insertion point.
      Phrase(search.isTyping ? "_" : "", .accent), Phrase("  \(found)\(goOn)", .textMuted),
    ]
    canvas.put(phrases, row: 0, column: 1, width: width)
  }

  /// The maximum width of the part at the right.
  private static let barCells = 34

  /// Whether a long message or a filter's mistake needs the scroll bar's room.
  private func isBarHidden(_ width: Int) -> Bool {
    if let draft = state.filtering.draft { return draft.error != nil }
    if state.isTypingNote { return true }
    guard !state.isTypingCommand, let message = state.shell.message else { return false }
    return TextWidth.cells(of: message.text) > width - Self.barCells
  }

  /// `1-17 of 512` and a thin bar.
  private func drawScroll(on canvas: inout Canvas, _ part: VisiblePart) -> Int {
    let end = canvas.width - 1
    let (visible, count) = (part.range, part.count)
    guard !visible.isEmpty, part.unfiltered != nil || visible.count < count else { return end }
    if part.isPages {
      let page = [Phrase("page \(visible.upperBound) of \(count)", .textMuted)]
      return canvas.put(page, row: 0, endingAt: end, after: 1)
    }
    let whole = part.unfiltered.flatMap { $0 > count ? "\(count) (\($0))" : nil } ?? "\(count)"
    let text = "\(visible.lowerBound + 1)-\(visible.upperBound) of \(whole)"
    let bar = canvas.width >= 60 && visible.count < count ? bar(visible, count) : []
    let phrases = [Phrase(text, .textMuted)] + bar
    return canvas.put(phrases, row: 0, endingAt: end, after: 1)
  }

  private func bar(_ visible: Range<Int>, _ count: Int) -> [Phrase] {
    let cells = 10
    let filled = min(max(visible.count * cells / count, 1), cells)
    let room = cells - filled
    let hidden = max(count - visible.count, 1)
    // Rounded so that the bar touches an end only if the list does.
    var before = (visible.lowerBound * room + hidden / 2) / hidden
    if visible.lowerBound > 0 { before = max(before, min(1, room)) }
    if visible.upperBound < count { before = min(before, max(room - 1, 0)) }
    let empty = { Phrase(String(repeating: marks.barEmpty, count: $0), .barEmpty) }
    return [
      Phrase("  " + marks.barLeft, .barEmpty),
      empty(before),
      Phrase(String(repeating: marks.barFull, count: filled), .barFill),
      empty(room - before),
      Phrase(marks.barRight, .barEmpty),
    ]
  }

  /// The view's status: longest first; the last one is cut if it is too long.
  private var standing: [[Phrase]] {
    switch state.shell.overlay {
    case .help: return [[Phrase("keys of this view", .textMuted)]]
    case .messages: return [[Phrase("messages of this run, the latest first", .textMuted)]]
    case .difference:
      return [[Phrase("how the answers before and after differ", .textMuted)]]
    case .raw(let page): return [rawStanding(page), [rawStanding(page)[0]]]
    case .notes(let list):
      let what = list.kind == .acknowledgements ? "acknowledgements" : "mutes"
      return [[Phrase("\(what) in force, the latest first", .textMuted)]]
    case .sortMenu, nil: break
    }
    return state.room.standing(context)
  }

  private func rawStanding(_ page: RawPage) -> [Phrase] {
    let number = state.fleet[page.number]?.displayNumber ?? page.number.target ?? ""
    let shown = context.number(number.sanitized)
    let parts = [
      "raw answer of \(shown)",
      page.httpStatus.map { "HTTP \($0)" },
      page.moment.map { ClockTime($0.date, isUTC: state.shell.timeFormat != .local).clock },
      "secrets removed",
    ]
    return parts.compactMap(\.self).enumerated().map { index, part in
      Phrase(index == 0 ? part : marks.separator + part, .textMuted)
    }
  }
}
