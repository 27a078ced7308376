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
      (102, "number14 name24 provider9 cause24 strip12 since6"),
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

  @Test func `from 120 columns on there is more, and the strip gets whole hours`() {
    let names = Set(ListColumns(width: 120, number: 13).slots.map(\.column))
    #expect(names == Set(ListColumn.all.filter { $0.width != .none }))
    for width in 60...400 {
      let strip = ListColumns(width: width, number: 13)[.strip]?.width ?? 0
      #expect([0, 4, 8, 12, 24].contains(strip))
    }
    #expect(ListColumns(width: 170, number: 13)[.strip]?.width == 24)
  }

  private func listing(_ columns: ListColumns) -> String {
    columns.slots.map { "\($0.column)\($0.width)" }.joined(separator: " ")
  }
}
