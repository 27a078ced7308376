import Testing

@testable import Canvas

struct AnsiTextTests {
  private static let styles = StyleSheet([
    .text: Style(foreground: Color(hex: "#ebdbb2")),
    .error: Style(foreground: Color(hex: "#fb4934"), attributes: .bold, ansi: .indexed(9)),
  ])

  @Test(arguments: [
    (ColorDepth.truecolor, "\u{1B}[0;38;2;235;219;178ma\u{1B}[0;1;38;2;251;73;52mb\u{1B}[0m"),
    (.indexed256, "\u{1B}[0;38;5;223ma\u{1B}[0;1;38;5;203mb\u{1B}[0m"),
    (.ansi16, "\u{1B}[0;37ma\u{1B}[0;1;91mb\u{1B}[0m"),
    (.mono, "\u{1B}[0ma\u{1B}[0;1mb\u{1B}[0m"),
  ])
  func `a row is written with the colours of its depth`(depth: ColorDepth, line: String) {
    var canvas = Canvas(width: 2, height: 1)
    canvas.put("a", row: 0, column: 0, role: .text)
    canvas.put("b", row: 0, column: 1, role: .error)
    #expect(AnsiText(styles: Self.styles, depth: depth).lines(of: canvas) == [line])
  }

  @Test func `cells that look alike share a sequence`() {
    var canvas = Canvas(width: 4, height: 2)
    canvas.put("日本", row: 0, column: 0, role: .text)
    let lines = AnsiText(styles: StyleSheet(), depth: .indexed256).lines(of: canvas)
    #expect(lines == ["\u{1B}[0m日本\u{1B}[0m", "\u{1B}[0m    \u{1B}[0m"])
  }
}
