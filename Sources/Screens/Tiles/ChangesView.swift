import Canvas
import Health

/// What changed last in this run, the newest first, as the events say it.
///
///     14:31:05  1m02s  ● → ✘  +61491570006 Umbrella AU     APP 5512…0087
struct ChangesView {
  let context: DrawContext
  let columns: Int

  func draw(on canvas: inout Canvas) {
    let events = context.state.latestEvents.prefix(canvas.height * columns)
    let width = canvas.width / max(columns, 1)
    // An event begins with the cell of a cursor, which nobody has here.
    let layout = EventColumns(width: width, showsAge: false)
    for (place, row) in events.enumerated() {
      let column = place / canvas.height * width - 1
      let line = Rect(row: place % canvas.height, column: column, width: width, height: 1)
      canvas.within(line) { canvas in
        EventRowView(context: context, row: row, columns: layout)
          .draw(row: 0, isSelected: false, on: &canvas)
      }
    }
  }
}
