import Canvas
import Health
import Monitor

/// Every number, worst first: column headings, and a row for each visible number.
///
///        ST▼ NUMBER         NAME            PROVIDER  CAUSE           LAST 24H   SINCE
///     >✘ BLK +447700900131  Acme Orders UK  meta      WABA 1029…5610  ▁▁▁▁▁▁██   2h14m
///      ● OK  +15550100101   Acme Orders US  meta                      ▁▁▁▁▁▁▁▁     41d
struct ListView {
  let context: DrawContext

  private var state: ScreenState { context.state }

  func draw(on canvas: inout Canvas) {
    let visible = state.list.window
    let records = visible.map { state.record(at: $0) }
    let numbers = visible.map { context.number(state.list.rows.displayNumber(row: $0).sanitized) }
    let columns = ListColumns(
      width: canvas.width,
      number: numbers.map { TextWidth.cells(of: $0) }.max() ?? 0,
      pan: state.list.pan / Self.cellsPerPan,
      isWide: state.list.wideColumns,
      sorted: state.list.sort.column,
      hasHistory: state.hasStrips(records),
      since: state.shell.timeFormat == .age ? 6 : 7
    )
    ListHeads(context: context, columns: columns).draw(on: &canvas)
    if records.isEmpty {
      canvas.put(EmptyText(state.emptyList).lines, inTheMiddleOf: 1..<max(canvas.height, 1))
    }
    for (line, record) in records.enumerated() {
      let view = RowView(context: context, record: record, number: numbers[line], columns: columns)
      let isSelected = visible.lowerBound + line == state.list.selectedRow
      view.draw(row: line + 1, isSelected: isSelected, on: &canvas)
    }
  }

  /// Panning by so many cells skips a column.
  private static let cellsPerPan = 8
}

/// The reason for an empty list, which is never left blank.
struct EmptyText {
  let lines: [Phrase]

  /// - Parameters:
  ///   - reason: Why it is empty.
  ///   - hasKeys: Whether anybody can press what is advised.
  init(_ reason: EmptyList?, hasKeys: Bool = true) {
    let all: [Phrase] =
      switch reason {
      case .noMatch(let filter):
        [
          Phrase("no number matches \"\(filter.sanitized)\"", .text),
          Phrase("Esc clears the filter", .textMuted),
        ]
      case .noProblems(let count):
        [
          Phrase("all \(count): no fault reported", .text),
          Phrase("! shows every number", .textMuted),
        ]
      case .discovering: [Phrase("asking the accounts for their numbers", .textMuted)]
      case .noNumbers:
        [Phrase("no numbers", .text), Phrase("see wabatop config init", .textMuted)]
      case nil: []
      }
    lines = hasKeys ? all : Array(all.prefix(1))
  }
}
