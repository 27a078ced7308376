import Canvas
import Health
import Monitor

/// A mark for every number, the worst of each group first, so that an outage is visible as a
/// pattern.
///
///     meta      Acme UK       ✘✘✘✘✘✘✘✘✘
///     meta      9 others      ◌◌▲●●●●●●●●●●●●●●●●●●●●●●
struct MarksView {
  let context: DrawContext
  let layout: TilesLayout

  private var marks: Marks { context.marks }
  private var index: TileIndex { context.state.tiles.index }

  func draw(on canvas: inout Canvas) {
    let rows = MarkRows(index, marksPerLine: layout.marksPerLine, limit: canvas.height).rows
    let first = context.state.tiles.page * canvas.height
    var line = -min(first, max(layout.fewestMarkLines - 1, 0))
    var former: String?
    for row in rows {
      if line + row.lines > 0, line < canvas.height {
        let isNew = row.provider != former || line <= 0
        draw(row, atLine: line, showsProvider: isNew, on: &canvas)
        former = row.provider
      }
      line += row.lines
    }
  }

  private func draw(
    _ row: MarkRow,
    atLine line: Int,
    showsProvider: Bool,
    on canvas: inout Canvas
  ) {
    let label = max(line, 0)
    let provider = row.provider.sanitized
    let split = layout.labels >= 18 ? 10 : layout.labels
    if showsProvider {
      canvas.put(provider, row: label, column: 0, role: .textMuted, width: split - 1)
    }
    if layout.labels > split {
      let room = layout.labels - split - 1
      let isWorse = row.tally.worst.map { $0 < .available } ?? false
      canvas.put(
        title(row.title),
        row: label,
        column: split,
        role: isWorse ? .text : .textMuted,
        width: room
      )
    }
    drawMarks(of: row.tally, atLine: line, on: &canvas)
  }

  private func drawMarks(of tally: Tally, atLine line: Int, on canvas: inout Canvas) {
    let width = layout.marksPerLine
    var place = 0
    for state in HealthState.allCases {
      let mark = StateMark(state)
      let sign = mark.sign(marks).unicodeScalars.first ?? "?"
      let end = place + tally[state]
      // Marks of earlier pages are skipped.
      place = max(place, min(-line * width, end))
      while place < end, line + place / width < canvas.height {
        let column = place % width
        let count = layout.pitch > 1 ? 1 : min(width - column, end - place)
        let row = line + place / width
        let left = layout.labels + column * layout.pitch
        let rect = Rect(row: row, column: left, width: count, height: 1)
        canvas.fill(rect, role: mark.role, with: sign)
        place += count
      }
      place = end
    }
  }

  private func title(_ title: MarkRow.Title) -> String {
    switch title {
    case .group(let place): context.name(of: index.groups[place])
    case .others(let count): count == 1 ? "1 other" : "\(count) others"
    case .all(let count): "\(count) WABAs"
    }
  }
}

extension DrawContext {
  /// The WABA's name if known, otherwise its id.
  func name(of group: MarkGroup) -> String {
    guard let waba = group.waba else { return group.account.sanitized }
    let facts = state.fleet.facts(of: EntityReference(type: .waba, id: waba))
    let name = facts?.name?.sanitized ?? ""
    return name.isEmpty ? marks.shortened(waba.sanitized) : name
  }
}
