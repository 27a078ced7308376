import Canvas

/// A number in digits of three cells by five, to be read across a room.
package struct BigDigits {
  static let height = 5
  private static let digitWidth = 3
  private static let gap = 1

  let value: Int

  var width: Int { digits.count * (Self.digitWidth + Self.gap) - Self.gap }

  func draw(role: Role, marks: Marks, column: Int, on canvas: inout Canvas) {
    let block = marks.barFull.unicodeScalars.first ?? "#"
    for (place, digit) in digits.enumerated() {
      let left = column + place * (Self.digitWidth + Self.gap)
      for (row, line) in Self.shapes[digit].enumerated() {
        for (cell, isSet) in line.enumerated() where isSet {
          let rect = Rect(row: row, column: left + cell, width: 1, height: 1)
          canvas.fill(rect, role: role, with: block)
        }
      }
    }
  }

  private var digits: [Int] { String(max(value, 0)).compactMap(\.wholeNumberValue) }

  private static let shapes: [[[Bool]]] = [
    "### # # # # # # ###", " #  ##   #   #  ###", "###   # ### #   ###", "###   # ###   # ###",
    "# # # # ###   #   #", "### #   ###   # ###", "### #   ### # # ###", "###   #   #   #   #",
    "### # # ### # # ###", "### # # ###   # ###",
  ].map { shape in
    let cells = shape.map { $0 == "#" }
    return (0..<height).map { row in
      (0..<digitWidth).map { cells[row * (digitWidth + 1) + $0] }
    }
  }
}
