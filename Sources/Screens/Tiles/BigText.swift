import Canvas

/// Text in letters that are five blocks high, readable across a room.
package struct BigText {
  /// The cells that a block takes.
  struct Scale: Hashable, Sendable {
    let columns: Int
    let rows: Int

    static let one = Scale(columns: 1, rows: 1)
    static let largestFirst = [
      Scale(columns: 4, rows: 2), Scale(columns: 2, rows: 1), one,
    ]
  }

  static let height = 5
  private static let gap = 1

  private let letters: [[[Bool]]]

  /// Characters without a shape are left out.
  init(_ text: String) { letters = text.compactMap { Self.shapes[$0] } }

  var width: Int { width(.one) }

  func width(_ scale: Scale) -> Int {
    let blocks = letters.reduce(0) { $0 + ($1.first?.count ?? 0) + Self.gap }
    return max(blocks - Self.gap, 0) * scale.columns
  }

  func draw(_ scale: Scale = .one, role: Role, marks: Marks, on canvas: inout Canvas) {
    let block = marks.barFull.unicodeScalars.first ?? "#"
    var left = 0
    for letter in letters {
      for (row, line) in letter.enumerated() {
        for (column, isSet) in line.enumerated() where isSet {
          let rect = Rect(
            row: row * scale.rows,
            column: (left + column) * scale.columns,
            width: scale.columns,
            height: scale.rows
          )
          canvas.fill(rect, role: role, with: block)
        }
      }
      left += (letter.first?.count ?? 0) + Self.gap
    }
  }

  private static let shapes: [Character: [[Bool]]] = [
    "0": "### # # # # # # ###", "1": " #  ##   #   #  ###", "2": "###   # ### #   ###",
    "3": "###   # ###   # ###", "4": "# # # # ###   #   #", "5": "### #   ###   # ###",
    "6": "### #   ### # # ###", "7": "###   #   #   #   #", "8": "### # # ### # # ###",
    "9": "### # # ###   # ###", "A": "### # # ### # # # #", "K": "# # # # ##  # # # #",
    "L": "#   #   #   #   ###", "O": "### # # # # # # ###", " ": "         ",
  ].mapValues { shape in
    let cells = shape.map { $0 == "#" }
    // The rows of a letter, with a blank between them.
    let width = (cells.count + 1) / height - 1
    return (0..<height).map { row in Array(cells[row * (width + 1)..<row * (width + 1) + width]) }
  }
}
