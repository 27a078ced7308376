import Testing

@testable import Canvas

struct CanvasTests {
  @Test func `text stands where it was put, in its role`() {
    var canvas = Canvas(width: 10, height: 2)
    let used = canvas.put("BLK", row: 1, column: 2, role: .statusBlocked)
    #expect(used == 3)
    #expect(canvas.lines == ["", "  BLK"])
    #expect(canvas.roles == ["", "  ccc"])
  }

  @Test(arguments: [
    ("ab", Canvas.Alignment.leading, "ab   |"), ("ab", .trailing, "   ab|"),
    ("ab", .center, " ab  |"), ("abcdef", .leading, "abcd…|"), ("abcdef", .trailing, "abcd…|"),
    ("日本語", .leading, "日本…|"), ("a日本語", .leading, "a日… |"), ("", .trailing, "     |"),
  ])
  func `a field is filled exactly`(text: String, align: Canvas.Alignment, expected: String) {
    var canvas = Canvas(width: 6, height: 1)
    canvas.fill(canvas.bounds, role: .text, with: "x")
    var column = canvas.put(text, row: 0, column: 0, role: .text, width: 5, align: align)
    column += canvas.put("|", row: 0, column: column, role: .text)
    #expect(column == 6)
    #expect(canvas.text(row: 0) == expected)
  }

  @Test(arguments: [
    (-2, "cdef"), (4, "    ab"), (6, ""), (-6, ""), (Int.min, ""), (Int.max, ""),
  ])
  func `text is clipped at both edges`(column: Int, expected: String) {
    var canvas = Canvas(width: 6, height: 1)
    canvas.put("abcdef", row: 0, column: column, role: .text)
    #expect(canvas.lines == [expected])
  }

  @Test func `a wide glyph that an edge would split leaves a blank`() {
    var canvas = Canvas(width: 3, height: 1)
    canvas.put("日本", row: 0, column: -1, role: .text)
    #expect(canvas.text(row: 0) == " 本")
    canvas.put("日本", row: 0, column: 0, role: .text)
    #expect(canvas.text(row: 0) == "日 ")
  }

  @Test func `writing over half of a wide glyph takes all of it away`() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.put("日本", row: 0, column: 0, role: .text)
    canvas.put("x", row: 0, column: 1, role: .text)
    #expect(canvas.text(row: 0) == " x本")
    canvas.put("y", row: 0, column: 2, role: .text)
    #expect(canvas.text(row: 0) == " xy ")
    #expect(!canvas.cells.contains { $0.isContinuation })
  }

  @Test func `a part that was lent out has its own coordinates and cannot be left`() {
    var canvas = Canvas(width: 8, height: 4)
    canvas.within(Rect(row: 1, column: 2, width: 4, height: 2)) { part in
      #expect(part.bounds == Rect(row: 0, column: 0, width: 4, height: 2))
      part.put("abcdefgh", row: 0, column: 0, role: .text)
      part.put("x", row: -1, column: 0, role: .text)
      part.fill(Rect(row: 1, column: -5, width: 50, height: 50), role: .border, with: "─")
      part.within(Rect(row: 0, column: 3, width: 9, height: 1)) { inner in
        #expect(inner.width == 9)
        inner.put("12", row: 0, column: 0, role: .text)
      }
    }
    #expect(canvas.lines == ["", "  abc1", "  ────", ""])
    #expect(canvas.width == 8)
  }

  @Test func `a selected row keeps its roles and shows as selected`() {
    var canvas = Canvas(width: 5, height: 2)
    canvas.put("ab", row: 0, column: 1, role: .textStrong)
    canvas.select(row: 0)
    canvas.select(row: 7)
    #expect(canvas.roles == ["SssSS", ""])
    #expect(canvas[row: 0, column: 4].isSelected)
    #expect(!canvas[row: 1, column: 0].isSelected)
  }

  @Test func `no control reaches a cell`() {
    var canvas = Canvas(width: 8, height: 1)
    canvas.put("a\u{1B}[2Jb\n\u{202E}c\u{7F}", row: 0, column: 0, role: .text)
    #expect(canvas.lines == ["a[2Jb c"])
  }

  @Test(arguments: [(0, 0), (1, 0), (0, 1), (1, 1), (-4, 9), (2, 2), (5000, 1)])
  func `drawing anything on a canvas of any size never traps`(width: Int, height: Int) {
    var canvas = Canvas(width: width, height: height)
    let places = [Int.min, -1, 0, 1, 2, Int.max]
    for row in places {
      for column in places {
        for text in ["plain", "日本", "🇬🇧", "e\u{301}"] {
          canvas.put(text, row: row, column: column, role: .text)
          canvas.put(text, row: row, column: column, role: .text, width: 3, align: .trailing)
          canvas.put(text, row: row, column: column, role: .text, width: column)
        }
        let rect = Rect(row: row, column: column, width: column, height: row)
        canvas.fill(rect, role: .border, with: "│")
        canvas.recolor(rect, role: .text)
        canvas.select(row: row)
        canvas.within(rect) { $0.put("日", row: 0, column: 0, role: .text) }
      }
    }
    #expect(canvas.lines.count == max(height, 0))
    #expect(canvas.roles.count == max(height, 0))
    #expect(canvas.transliterated.size == canvas.size)
  }

  @Test func `equal drawings are equal however they came about`() {
    var left = Canvas(width: 4, height: 1)
    var right = Canvas(width: 4, height: 1)
    left.put("e\u{301}日", row: 0, column: 0, role: .text)
    right.put("xxxx", row: 0, column: 0, role: .text)
    #expect(left != right)
    right.put("日", row: 0, column: 1, role: .text)
    right.put("e\u{301}", row: 0, column: 0, role: .text)
    right.put(" ", row: 0, column: 3, role: .background)
    #expect(left == right)
  }

  @Test func `without Unicode the same screen is written in ASCII, cell for cell`() {
    var canvas = Canvas(width: 24, height: 1)
    canvas.put("▾ ├─ 東京 é Acme… → 🇬🇧│", row: 0, column: 0, role: .text)
    let ascii = canvas.transliterated
    #expect(ascii.text(row: 0) == "v +- ???? e Acme. > ??| ")
    #expect(ascii.cells.allSatisfy { $0.glyph.isASCII && !$0.isContinuation })
  }

  @Test func `every role has a name and a letter of its own`() {
    #expect(Set(Role.allCases.map(\.name)).count == Role.allCases.count)
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    for role in Role.allCases { #expect(Role(name: role.name) == role) }
    #expect(Role(name: "status.gone") == nil)
  }
}
