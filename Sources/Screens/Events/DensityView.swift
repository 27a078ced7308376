import Canvas
import Health
import Monitor

/// The events of this run over time, as bars for equal periods.
///
///      this run  14:02 ▁▁▁▂▁▁█▃▁▁ 14:32  1m00s a bar · 47 events
struct DensityView {
  let context: DrawContext

  private var marks: Marks { context.marks }
  private static let mostBars = 72
  /// The minimum of events for a full bar, so that a single one is no peak.
  private static let fullBar = 5

  func draw(on canvas: inout Canvas) {
    let count = context.state.journal.count
    let events = count == 1 ? "1 event" : "\(count) events"
    let head = context.state.journal.hasDropped ? "latest " : "this run "
    // The clock on either side, the blanks around the bars, and the longest text after them.
    let fixed = head.count + 1 + 2 * 9 + 10 + marks.separator.count + events.count + 4
    let bars = min(max(canvas.width - fixed - 1, 8), Self.mostBars)
    guard let density = context.state.eventDensity(parts: bars) else { return }
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

  private func clock(_ moment: Moment) -> String {
    ClockTime(moment.date, isUTC: context.state.shell.timeFormat != .local).short(
      at: context.now.date
    )
  }
}
