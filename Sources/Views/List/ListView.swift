import Dashboard
import Health
import Terminal

/// Every number, worst first: column heads, and a row for each number that is visible.
///
///        ST▼ NUMBER         NAME            PROVIDER  CAUSE           LAST 24H   SINCE
///     >✘ BLK +447700900131  Acme Orders UK  meta      WABA 1029…5610  ▁▁▁▁▁▁██   2h14m
///      ● OK  +15550100101   Acme Orders US  meta                      ▁▁▁▁▁▁▁▁     41d
struct ListView {
  let scene: Scene

  private var state: DashboardState { scene.state }

  /// The rows that a list has beside its column heads.
  static func rows(height: Int) -> Int { max(height - 1, 0) }

  func draw(on canvas: inout Canvas) {
    let visible = state.window(height: Self.rows(height: canvas.height))
    let columns = columns(showing: visible, width: canvas.width)
    ListHeads(scene: scene, columns: columns).draw(on: &canvas)
    guard !visible.isEmpty else {
      drawEmpty(on: &canvas)
      return
    }
    for (line, row) in visible.enumerated() {
      let record = state.record(at: row)
      let view = RowView(scene: scene, record: record, columns: columns)
      view.draw(row: line + 1, isSelected: row == state.selectedRow, on: &canvas)
    }
  }

  private func columns(showing visible: Range<Int>, width: Int) -> ListColumns {
    let longest = visible.map { TextWidth.cells(of: state.record(at: $0).displayNumber) }.max() ?? 0
    return ListColumns(
      width: width,
      number: longest,
      pan: state.pan / Self.cellsPerPan,
      isWide: state.wideColumns
    )
  }

  /// A pan of so many cells skips a column.
  private static let cellsPerPan = 8

  private func drawEmpty(on canvas: inout Canvas) {
    let lines = emptyText
    let top = 1 + max((canvas.height - 1 - lines.count) / 2, 0)
    for (index, line) in lines.enumerated() {
      canvas.put(
        line.text,
        row: top + index,
        column: 0,
        role: line.role,
        width: canvas.width,
        align: .center
      )
    }
  }

  /// Why there is no row; never a blank that could be a fault.
  private var emptyText: [Phrase] {
    switch state.emptyList {
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
    case .discovering: [Phrase("asking the accounts which numbers they have", .textMuted)]
    case .noNumbers:
      [Phrase("no numbers", .text), Phrase("see wabatop config init", .textMuted)]
    case nil: []
    }
  }
}
