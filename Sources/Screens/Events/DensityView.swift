import Canvas
import Health
import History
import Monitor

import struct FoundationEssentials.Date

/// What changed over time, as bars for equal periods: of 24 hours where they are remembered, else of
/// this run.
///
///      last 24h 14:32Z ▁▁▁▂▁▁█▃▁▁ 14:32Z  30m a bar · 47 changes
struct DensityView {
  let context: DrawContext

  private var marks: Marks { context.marks }
  private static let mostBars = 72
  /// The minimum of events for a full bar, so that a single one is no peak.
  private static let fullBar = 5

  func draw(on canvas: inout Canvas) {
    guard context.state.showsAllEvents, let bars = context.state.bars.answer,
      let question = context.state.bars.answered
    else { return drawEvents(on: &canvas) }
    draw(bars, of: question.window, on: &canvas)
  }

  private func draw(_ shares: [Density], of window: Range<Date>, on canvas: inout Canvas) {
    let count = shares.reduce(0) { $0 + $1.count }
    let changes = count == 1 ? "1 change" : "\(count) changes"
    let isLatest = context.now.date <= window.upperBound
    let head = isLatest ? "last 24h " : "24h "
    let fixed = head.count + 2 * 9 + 12 + marks.separator.count + changes.count
    // Whole shares for each bar.
    let each = [4, 6, 8, 12, 24, 36, 72].first { shares.count / $0 <= canvas.width - fixed } ?? 144
    let bars = stride(from: 0, to: shares.count, by: each).map { start in
      shares[start..<min(start + each, shares.count)].reduce(into: Density()) { sum, share in
        sum.add(share.worst, times: share.count)
      }
    }
    let most = max(bars.map(\.count).max() ?? 0, Self.fullBar)
    let strip = bars.map { Phrase(level($0.count, of: most), role(of: $0)) }
    let part = Age(.seconds(BarsQuestion.share * Double(each))).text
    canvas.put(
      [Phrase("\(head)\(clock(window.lowerBound)) ", .textMuted)] + strip
        + [
          Phrase(" \(clock(min(window.upperBound, context.now.date)))  ", .textMuted),
          Phrase("\(part) a bar\(marks.separator)\(changes)", .textMuted),
        ],
      row: 0,
      column: 1,
      width: canvas.width - 2
    )
  }

  /// The worst that anything came to.
  private func role(of bar: Density) -> Role {
    guard bar.count > 0 else { return .barEmpty }
    return bar.worst.map { $0.needsAttention ? StateMark($0).history : .barFill } ?? .barFill
  }

  /// The events themselves: of this run, or those of a kind, of a filter or of a subject.
  private func drawEvents(on canvas: inout Canvas) {
    let state = context.state
    let isPart = state.events.matching != nil
    let count = isPart ? state.eventDensity(parts: 1)?.counts[0] ?? 0 : state.journal.count
    let events = count == 1 ? "1 event" : "\(count) events"
    let head = isPart ? "shown " : state.journal.hasDropped ? "latest " : "this run "
    // The clock on either side, the blanks around the bars, and the longest text after them.
    let fixed = head.count + 1 + 2 * 9 + 10 + marks.separator.count + events.count + 4
    let bars = min(max(canvas.width - fixed - 1, 8), Self.mostBars)
    guard let density = state.eventDensity(parts: bars) else { return }
    let most = max(density.counts.max() ?? 0, Self.fullBar)
    let strip = density.counts.map { Phrase(level($0, of: most), $0 > 0 ? .barFill : .barEmpty) }
    let tail = "\(Age(density.part).text) a bar\(marks.separator)\(events)"
    canvas.put(
      [Phrase(head, .textMuted), Phrase("\(clock(density.start)) ", .textMuted)] + strip
        + [Phrase(" \(clock(density.end))  ", .textMuted), Phrase(tail, .textMuted)],
      row: 0,
      column: 1,
      width: canvas.width - 2
    )
  }

  /// A period with one event has more than the lowest bar, which means none.
  private func level(_ count: Int, of most: Int) -> String {
    let levels = Array(marks.isASCII ? "_.:-=+*#" : "▁▂▃▄▅▆▇█")
    guard count > 0 else { return String(levels[0]) }
    let top = levels.count - 1
    return String(levels[min(max((count * top + most - 1) / most, 1), top)])
  }

  private func clock(_ moment: Moment) -> String { clock(moment.date) }

  private func clock(_ date: Date) -> String {
    ClockTime(date, isUTC: context.state.shell.timeFormat != .local).short(
      at: context.now.date
    )
  }
}
