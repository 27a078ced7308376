import Canvas
import Health
import Monitor

/// The changes in this run, latest first: one line per cause, with its numbers folded under it.
///
///      TIME     AGE     CHANGE WHO                          WHY
///     >13:54:40 37m     ● → ✘  BUSINESS 7788 Globex         141010 → 2 numbers
///      13:54:40           ├    +15550100142 Globex Billing  inherits BUSINESS
struct EventsView {
  let context: DrawContext

  private var state: ScreenState { context.state }
  private var marks: Marks { context.marks }

  func draw(on canvas: inout Canvas) {
    let columns = EventColumns(width: canvas.width, showsAge: state.shell.timeFormat == .age)
    drawHeads(columns, on: &canvas)
    let visible = state.eventWindow
    for (line, row) in visible.enumerated() {
      guard let event = state.eventRow(row) else { continue }
      let isSelected = row == state.events.selectedRow
      EventRowView(context: context, row: event, columns: columns)
        .draw(row: line + 1, isSelected: isSelected, on: &canvas)
    }
    drawQuiet(after: visible.count, on: &canvas)
  }

  private func drawHeads(_ columns: EventColumns, on canvas: inout Canvas) {
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .header)
    let heads: [(Int?, String, Int)] = [
      (columns.time, "TIME", EventColumns.timeCells), (columns.age, "AGE", EventColumns.ageCells),
      (columns.change, "CHANGE", EventColumns.changeCells), (columns.who, "WHO", columns.whoWidth),
      (columns.why, "WHY", columns.whyWidth),
    ]
    for (column, title, width) in heads {
      guard let column, width > 0 else { continue }
      canvas.put(title, row: 0, column: column, role: .header, width: width)
    }
  }

  /// Tells why there are no more events.
  private func drawQuiet(after lines: Int, on canvas: inout Canvas) {
    guard let text = quiet, canvas.height > lines + 2 else { return }
    let row = 1 + lines + max((canvas.height - 1 - lines - 1) / 2, 0)
    canvas.put(text, row: row, column: 0, role: .textMuted, width: canvas.width, align: .center)
  }

  private var quiet: String? {
    let time = state.remembered.isWhole ? "as far as it is remembered" : "in this run"
    if state.eventSubject != nil {
      return state.eventCount == 0 ? "nothing has changed here \(time)" : nil
    }
    if let kind = state.events.kind, state.eventCount == 0 {
      return "no \(kind.rawValue) \(time)"
    }
    if !state.filtering.filter.isEmpty, state.eventCount == 0 {
      return "no number that the filter shows has changed"
    }
    guard state.timeline.count == 1, let start = state.timeline.first else { return nil }
    let clock = ClockTime(start.moment.date, isUTC: state.shell.timeFormat != .local).clock
    return "nothing has changed since \(clock)"
  }
}
