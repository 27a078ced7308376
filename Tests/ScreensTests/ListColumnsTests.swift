import Canvas
import Testing

@testable import Screens

@Suite struct ListColumnsTests {
  @Test func `columns never overlap and never leave the row`() {
    for width in 1...400 {
      for number in [0, 14, 15, 16, 40] {
        for pan in 0...4 {
          let slots = ListColumns(width: width, number: number, pan: pan).slots
          for (left, right) in zip(slots, slots.dropFirst()) {
            #expect(left.start + left.width < right.start, "\(width) \(left) \(right)")
          }
          if width >= 40 { #expect((slots.last?.start ?? 0) + (slots.last?.width ?? 0) <= width) }
        }
      }
    }
  }

  @Test(
    arguments: [
      (40, "number14 cause10 since6"),
      (60, "number14 name14 cause15 since6"),
      (64, "number14 name12 provider5 cause15 since6"),
      (66, "number14 name9 provider5 cause15 strip4 since6"),
      (70, "number14 name9 provider5 cause15 strip8 since6"),
      (76, "number14 name11 provider9 cause15 strip8 since6"),
      (79, "number14 name14 provider9 cause15 strip8 since6"),
      (80, "number14 name15 provider9 cause15 strip8 since6"),
      (102, "number14 name20 provider9 cause32 strip8 since6"),
    ]
  )
  func `columns go and shrink in the order of what they are worth`(width: Int, columns: String) {
    #expect(listing(ListColumns(width: width, number: 13)) == columns)
  }

  @Test func `a number of sixteen cells takes them from the name`() {
    let columns = ListColumns(width: 80, number: 16)
    #expect(columns[.number]?.width == 16)
    #expect(columns[.name]?.width == 13)
  }

  @Test func `cause and name have what they need before more columns come`() {
    for width in 60...400 {
      let columns = ListColumns(width: width, number: 13)
      #expect([0, 4, 8, 12, 24].contains(columns[.strip]?.width ?? 0))
      guard columns[.quality] != nil else { continue }
      #expect((columns[.cause]?.width ?? 0) >= 36)
      #expect((columns[.name]?.width ?? 0) >= 24)
    }
    #expect(ListColumns(width: 120, number: 13)[.quality] != nil)
    #expect(ListColumns(width: 160, number: 13)[.latency] != nil)
    #expect(ListColumns(width: 190, number: 13)[.strip]?.width == 24)
  }

  @Test func `hours that say nothing leave their cells to name and cause`() {
    let columns = ListColumns(width: 80, number: 13, hasHistory: false)
    #expect(listing(columns) == "number14 name20 provider9 cause19 since6")
  }

  @Test func `what rows are sorted by is always there`() {
    for column in ListColumn.sortable where column != .status {
      for width in 40...200 {
        for pan in [0, 3] {
          let columns = ListColumns(width: width, number: 13, pan: pan, sorted: column)
          #expect(columns[column] != nil, "\(column) at \(width)")
        }
      }
    }
    let sorted = Stage.incident.after(.sort(.quality)).draw(80, 24).lines
    #expect(sorted[4].contains("QUALITY▼"))
  }

  @Test func `a time of the clock fits with the sign that it may be earlier`() {
    let stage = Stage.fine(3).after(.cycleTimeFormat, .cycleTimeFormat)
    #expect(stage.draw(80, 24).lines[3].hasSuffix("<14:31"))
  }

  private func listing(_ columns: ListColumns) -> String {
    columns.slots.map { "\($0.column)\($0.width)" }.joined(separator: " ")
  }
}
