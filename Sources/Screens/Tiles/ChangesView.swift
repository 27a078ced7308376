import Canvas
import Health

/// The latest changes, newest first, in the format of the events view.
///
///     14:31:05  1m02s  ● → ✘  +61491570006 Umbrella AU     APP 5512…0087
struct ChangesView {
  let context: DrawContext
  let columns: Int

  func draw(on canvas: inout Canvas) {
    let events = context.state.latestEvents.prefix(canvas.height * columns)
    let width = canvas.width / max(columns, 1)
    // An event starts with a cursor cell, which is not used here.
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
