import Canvas
import Health
import Monitor

/// The line above the keys: a message, the filter that is being typed, or how this view stands, with
/// the part that is visible at its right.
struct StateLineView {
  let scene: DrawContext

  private var state: ScreenState { scene.state }
  private var marks: Marks { scene.marks }

  /// - Parameters:
  ///   - canvas: One line.
  ///   - visible: The part of the view that is seen.
  ///   - count: Of so many lines or rows.
  func draw(on canvas: inout Canvas, visible: Range<Int>, of count: Int) {
    let start = isBarHidden(canvas.width) ? canvas.width : drawScroll(on: &canvas, visible, count)
    let room = max(start - 2, 0)
    if state.isTypingFilter {
      PromptView(scene: scene).draw(on: &canvas, width: room)
    } else if let prompt = state.prompt {
      CommandPromptView(scene: scene, prompt: prompt).draw(on: &canvas, width: room)
    } else if let message = state.message {
      let text = scene.masked(message.text.sanitized)
      MessageView(message: message, marks: marks, text: text).draw(on: &canvas, width: room)
    } else {
      let fitting = standing.first { $0.cells <= room } ?? standing.last ?? []
      canvas.put(fitting, row: 0, column: 1, width: room)
    }
  }

  /// The most cells of what stands at the right.
  private static let barCells = 34

  /// A long message is said once, and the bar comes back; so does it when a filter is right again.
  private func isBarHidden(_ width: Int) -> Bool {
    if let draft = state.filterDraft { return draft.error != nil }
    guard !state.isTypingCommand, let message = state.message else { return false }
    return TextWidth.cells(of: message.text) > width - Self.barCells
  }

  /// `1-17 of 512` and a thin bar.
  private func drawScroll(on canvas: inout Canvas, _ visible: Range<Int>, _ count: Int) -> Int {
    let end = canvas.width - 1
    let isList = state.route == .list && state.overlay?.scroll == nil
    guard !visible.isEmpty, isList || visible.count < count else { return end }
    if state.route == .tiles, state.overlay?.scroll == nil {
      let page = [Phrase("page \(visible.upperBound) of \(count)", .textMuted)]
      return canvas.put(page, row: 0, endingAt: end, after: 1)
    }
    let hidden = isList && state.rows.total > count
    let whole = hidden ? "\(count) (\(state.rows.total))" : "\(count)"
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
    // Rounded away from both ends, so that the bar touches them only when the list does.
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

  /// How the view stands: the longest first, and the last is cut where even that is too long.
  private var standing: [[Phrase]] {
    switch state.overlay {
    case .help: return [[Phrase("keys of this view", .textMuted)]]
    case .messages: return [[Phrase("messages of this run, the latest first", .textMuted)]]
    case .raw(let page): return [rawStanding(page), [rawStanding(page)[0]]]
    case .sortMenu, nil: break
    }
    switch state.route {
    case .list: return listStanding
    case .tiles: return TilesStanding(scene: scene).choices
    case .tree, .inversion: return [treeStanding]
    case .causes: return causesStanding
    case .events: return eventsStanding
    }
  }

  private func rawStanding(_ page: RawPage) -> [Phrase] {
    let number = state.fleet[page.number]?.displayNumber ?? page.number.target ?? ""
    let shown = scene.number(number.sanitized)
    let parts = [
      "raw answer of \(shown)",
      page.httpStatus.map { "HTTP \($0)" },
      page.moment.map { ClockTime($0.date, isUTC: state.timeFormat != .local).clock },
      "secrets removed",
    ]
    return parts.compactMap(\.self).enumerated().map { index, part in
      Phrase(index == 0 ? part : marks.separator + part, .textMuted)
    }
  }

  private var listStanding: [[Phrase]] {
    let isStandard = state.sort == .standard
    let order = "sort \(state.sort.column.title)\(state.sort.isReversed ? ", reversed" : "")"
    let gap = Phrase(marks.separator, .textMuted)
    let filter = state.filter.text.sanitized
    let narrowing =
      (filter.isEmpty ? [] : [Phrase("filter \"\(filter)\"", .accent)])
      + (state.onlyProblems ? [Phrase("only problems", .accent)] : [])
    let parts = narrowing.isEmpty ? [Phrase("no filter", .textMuted)] : narrowing
    let tail = parts.flatMap { [gap, $0] }
    let marked = state.marks.isEmpty ? [] : [Phrase("\(state.marks.count) marked", .mark), gap]
    let long = Phrase(isStandard ? "\(order), then cause" : order, .textMuted)
    // What narrows the list is worth more than how it is sorted.
    return [
      marked + [long] + tail, marked + [Phrase(order, .textMuted)] + tail,
      marked + tail.dropFirst(),
    ]
  }

  private var treeStanding: [Phrase] {
    let nodes = state.outline?.nodes ?? []
    let causes = nodes.count { $0.isCause }
    var parts = ["node \(min(state.tree.selectedRow + 1, nodes.count)) of \(nodes.count)"]
    if causes > 0 { parts.append(causes == 1 ? "1 cause" : "\(causes) causes") }
    return [Phrase(parts.joined(separator: marks.separator), .textMuted)]
  }

  private var causesStanding: [[Phrase]] {
    if state.causeCount == 0 { return [[Phrase("no causes", .textMuted)]] }
    let groups: [(RankedCause.Group, String)] = [
      (.critical, "blocking"), (.warning, "limiting"), (.polling, "of polling, not WhatsApp's"),
    ]
    let parts = groups.compactMap { group, word in
      let count = state.causeCount(of: group)
      return count > 0 ? "\(count) \(word)" : nil
    }
    let total = state.causeCount == 1 ? "1 cause" : "\(state.causeCount) causes"
    let long = ([total] + parts).joined(separator: marks.separator)
    let order = "\(marks.separator)by severity, then numbers hit"
    return [long + order, long, total].map { [Phrase($0, .textMuted)] }
  }

  private var eventsStanding: [[Phrase]] {
    let following = state.eventsView.followsTail ? "following the latest" : "f follows the latest"
    let times = state.timeFormat == .local ? "times local" : "times UTC"
    let subject = state.eventSubject == nil ? [] : ["e all events"]
    let parts = [following] + subject + [times]
    return [parts, [following] + subject, [following]].map { parts in
      [Phrase(parts.joined(separator: marks.separator), .textMuted)]
    }
  }
}
