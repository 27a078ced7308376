import Testing

@testable import Canvas

struct ColorTests {
  /// What a terminal can't show on coloured letters, what is written, and what is shown: the Linux console
  /// has no underline and nothing dim there, `ansi` no underline.
  private static let substitutes: [(Attributes, Attributes, Attributes)] = [
    (.underline, .underline, .bold),
    ([.underline, .dim], [.underline, .bold], [.bold, .reverse]),
    ([.underline, .dim], .dim, []),
    ([.underline, .bold], .underline, .reverse),
    ([.underline, .bold], [.underline, .bold], .reverse),
    ([.underline, .reverse, .bold], .underline, []),
    ([], [.underline, .bold], [.underline, .bold]),
  ]

  @Test(arguments: substitutes)
  func `an underline that can't be in colour is something else`(
    missing: Attributes,
    written: Attributes,
    shown: Attributes
  ) {
    var styles = StyleSheet()
    styles[.headerSort] = Style(foreground: .indexed(2), attributes: written)
    let table = StyleTable(of: styles, depth: .ansi8, capacity: 64, attributesWithoutColor: missing)
    let look = table.style(of: Cell(glyph: .space, role: .headerSort))
    #expect(look.pair != 0)
    #expect(look.attributes == shown)
    // Letters in the terminal's own colour have it all.
    styles[.headerSort] = Style(attributes: written)
    let plain = StyleTable(of: styles, depth: .ansi8, capacity: 64, attributesWithoutColor: missing)
    #expect(plain.style(of: Cell(glyph: .space, role: .headerSort)).attributes == written)
  }

  @Test(arguments: [
    ("#ff6a5f", Color.rgb(red: 255, green: 106, blue: 95)),
    ("#000000", .rgb(red: 0, green: 0, blue: 0)),
  ])
  func `a hex colour is read`(hex: String, color: Color) {
    #expect(Color(hex: hex) == color)
  }

  @Test(arguments: ["", "#fff", "ff6a5f", "#gg0000", "#ff6a5f00", "#+f6a5f", "red"])
  func `what is no hex colour is refused`(hex: String) {
    #expect(Color(hex: hex) == nil)
  }

  @Test func `an entry of the cube or the ramp is nearest to itself`() {
    for index in UInt8(16)...255 {
      let components = Color.indexed(index).components
      let color = Color.rgb(
        red: components.red,
        green: components.green,
        blue: components.blue
      )
      let nearest = UInt8(color.number(at: .indexed256))
      #expect(Color.indexed(nearest).components == components)
    }
  }

  @Test func `the dark backgrounds of known themes stay dark and apart from plain grey`() {
    let backgrounds = ["#2e3440", "#1a1b26", "#282a36", "#1e1e2e"]
    for hex in backgrounds {
      let number = Color(hex: hex)?.number(at: .indexed256) ?? -1
      let components = Color.indexed(UInt8(number)).components
      #expect(max(components.red, components.green, components.blue) <= 0x40)
    }
  }

  @Test(arguments: [
    ("#ff0000", ColorDepth.ansi16, Int32(9)), ("#cd0000", .ansi16, 1), ("#cd0000", .ansi8, 1),
    ("#ff0000", .ansi8, 1), ("#ffffff", .ansi16, 15), ("#000000", .ansi16, 0),
    ("#ff6a5f", .truecolor, 0xFF6A5F), ("#000003", .truecolor, 8), ("#ff6a5f", .mono, -1),
  ])
  func `a colour comes down to what the terminal has`(
    hex: String,
    depth: ColorDepth,
    number: Int32
  ) {
    #expect(Color(hex: hex)?.number(at: depth) == number)
  }

  @Test(arguments: [ColorDepth.mono, .ansi8, .ansi16, .indexed256, .truecolor])
  func `the terminal's own colour stays its own`(depth: ColorDepth) {
    #expect(Color.standard.number(at: depth) == -1)
  }
}

struct LooksTests {
  /// Every role in colours of its own: more than any theme has.
  static let gaudy = StyleSheet(
    Dictionary(
      uniqueKeysWithValues: Role.allCases.map { role in
        let value = role.rawValue
        return (
          role,
          Style(
            foreground: .rgb(red: value * 5, green: 255 - value, blue: value),
            background: .rgb(red: value, green: value, blue: value * 5)
          )
        )
      }
    )
  )

  @Test(arguments: [ColorDepth.mono, .ansi8, .ansi16, .indexed256, .truecolor])
  func `64 pairs are enough for every role`(depth: ColorDepth) {
    let table = StyleTable(of: Self.gaudy, depth: depth, capacity: 64)
    #expect(table.pairs.count <= 64)
    #expect(depth != .truecolor || table.pairs.count > Role.allCases.count)
  }

  @Test func `a terminal without room for more pairs shows its own colours`() {
    let table = StyleTable(of: Self.gaudy, depth: .truecolor, capacity: 3)
    #expect(table.pairs.count == 3)
    #expect(table.style(of: Cell(glyph: .space, role: .barEmpty)).pair == 0)
  }

  @Test func `a role without a background lies on the screen's`() {
    var styles = StyleSheet([.error: Style(foreground: .indexed(9))])
    styles[.background] = Style(background: .indexed(234))
    let table = StyleTable(of: styles, depth: .indexed256, capacity: 256)
    let look = table.style(of: Cell(glyph: .space, role: .error))
    #expect(table.pairs[Int(look.pair)] == ColorPair(foreground: 9, background: 234))
  }

  @Test func `the selected row keeps the colours of its words where pairs are plenty`() {
    var styles = StyleSheet([.error: Style(foreground: .indexed(9), attributes: .bold)])
    styles[.selection] = Style(background: .indexed(236))
    var cell = Cell(glyph: .space, role: .error)
    cell.isSelected = true
    let rich = StyleTable(of: styles, depth: .indexed256, capacity: 65_536)
    #expect(
      rich.pairs[Int(rich.style(of: cell).pair)] == ColorPair(foreground: 9, background: 236)
    )
    let poor = StyleTable(of: styles, depth: .indexed256, capacity: 64)
    #expect(
      poor.pairs[Int(poor.style(of: cell).pair)] == ColorPair(foreground: -1, background: 236)
    )
    #expect(poor.style(of: cell).attributes == .bold)
  }

  @Test func `with 16 colours the author's choice fills bars and colours words`() {
    let red = Color(hex: "#ff6a5f")
    let styles = StyleSheet([
      .error: Style(foreground: red, ansi: .indexed(1)),
      .statusBlockedBadge: Style(background: red, ansi: .indexed(1)),
      .selection: Style(background: Color(hex: "#2f3b4d"), ansi: .standard),
    ])
    let table = StyleTable(of: styles, depth: .ansi8, capacity: 64)
    let word = table.style(of: Cell(glyph: .space, role: .error))
    #expect(table.pairs[Int(word.pair)].foreground == 1)
    #expect(word.attributes == [])
    let badge = table.style(of: Cell(glyph: .space, role: .statusBlockedBadge))
    #expect(table.pairs[Int(badge.pair)] == ColorPair(foreground: 7, background: 1))
    var selected = Cell(glyph: .space, role: .error)
    selected.isSelected = true
    #expect(table.style(of: selected) == CellStyle(attributes: .reverse, pair: word.pair))
  }

  @Test func `a word with a background of its own keeps it under the cursor`() {
    let styles = StyleSheet([
      .statusBlocked: Style(foreground: .indexed(231), background: .indexed(160)),
      .selection: Style(background: .indexed(254)),
    ])
    var cell = Cell(glyph: .space, role: .statusBlocked)
    cell.isSelected = true
    let table = StyleTable(of: styles, depth: .indexed256, capacity: 65_536)
    #expect(
      table.pairs[Int(table.style(of: cell).pair)] == ColorPair(foreground: 231, background: 160)
    )
  }

  @Test func `with 16 colours the screen has the background that its author chose`() {
    var styles = StyleSheet([.statusBlockedBadge: Style(background: .white, ansi: .indexed(1))])
    styles[.background] = Style(background: Color(hex: "#2e3440"), ansi: .indexed(7))
    styles[.text] = Style(foreground: Color(hex: "#3c3836"), ansi: .indexed(0))
    let table = StyleTable(of: styles, depth: .ansi16, capacity: 256)
    for role in [Role.background, .text, .changed] {
      let look = table.style(of: Cell(glyph: .space, role: role))
      #expect(table.pairs[Int(look.pair)] == ColorPair(foreground: 0, background: 7), "\(role)")
    }
    let badge = table.style(of: Cell(glyph: .space, role: .statusBlockedBadge))
    #expect(table.pairs[Int(badge.pair)] == ColorPair(foreground: 15, background: 1))
  }

  @Test func `of 16 colours black is not bold, which would be grey`() {
    let styles = StyleSheet([
      .header: Style(background: .white, attributes: .bold, ansi: .indexed(6)),
      .error: Style(attributes: .bold, ansi: .indexed(1)),
    ])
    let table = StyleTable(of: styles, depth: .ansi16, capacity: 256)
    let header = table.style(of: Cell(glyph: .space, role: .header))
    #expect(table.pairs[Int(header.pair)] == ColorPair(foreground: 0, background: 6))
    #expect(header.attributes == [])
    #expect(table.style(of: Cell(glyph: .space, role: .error)).attributes == .bold)
  }

  @Test func `of eight colours dark grey is not a black that nobody sees`() {
    let styles = StyleSheet([.textMuted: Style(foreground: Color(hex: "#7f7f7f"))])
    let table = StyleTable(of: styles, depth: .ansi8, capacity: 64)
    let look = table.style(of: Cell(glyph: .space, role: .textMuted))
    #expect(table.pairs[Int(look.pair)].foreground == 7)
    #expect(look.attributes == [])
  }

  @Test func `without colours the bars and the selection still stand out`() {
    let table = StyleTable(of: StyleSheet(), depth: .mono, capacity: 0)
    #expect(table.pairs == [.standard])
    for role in [Role.title, .header, .statusBlockedBadge] {
      #expect(table.style(of: Cell(glyph: .space, role: role)).attributes == .reverse)
    }
    var cell = Cell(glyph: .space, role: .text)
    cell.isSelected = true
    #expect(table.style(of: cell).attributes == .reverse)
  }
}
