import Canvas

/// The line of column heads, with an arrow behind the one that rows are sorted by.
struct ListHeads {
  let scene: DrawContext
  let columns: ListColumns

  func draw(on canvas: inout Canvas) {
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .header)
    put("ST", .status, column: ListColumns.wordColumn, width: 3, on: &canvas)
    for slot in columns.slots {
      put(
        title(slot),
        Self.sortColumn(slot.column),
        column: slot.start,
        width: slot.width,
        isTrailing: slot.column == .since,
        on: &canvas
      )
    }
  }

  private func put(
    _ title: String,
    _ sort: SortColumn?,
    column: Int,
    width: Int,
    isTrailing: Bool = false,
    on canvas: inout Canvas
  ) {
    let isSorted = sort == scene.state.list.sort.column
    let arrow = scene.state.list.sort.isReversed ? scene.marks.sortedUp : scene.marks.sortedDown
    let text = isSorted ? TextWidth.cut(title, to: width - 1) + arrow : title
    canvas.put(
      text,
      row: 0,
      column: isTrailing ? column + max(width - TextWidth.cells(of: text), 0) : column,
      role: isSorted ? .headerSort : .header
    )
  }

  private func title(_ slot: ListColumns.Slot) -> String {
    switch slot.column {
    case .number: "NUMBER"
    case .name: "NAME"
    case .provider: slot.width < 8 ? "PROV" : "PROVIDER"
    case .cause: "CAUSE"
    case .quality: "QUALITY"
    case .limit: "LIMIT"
    case .templates: "TMPLS"
    case .waba: "WABA"
    case .latency: "LATENCY"
    case .strip: slot.width < 8 ? "24H" : "LAST 24H"
    case .since: "SINCE"
    }
  }

  private static func sortColumn(_ column: ListColumns.Column) -> SortColumn? {
    switch column {
    case .number: .number
    case .name: .name
    case .provider: .provider
    case .cause: .cause
    case .quality: .quality
    case .limit: .limit
    case .latency: .latency
    case .since: .since
    case .templates, .waba, .strip: nil
    }
  }
}
