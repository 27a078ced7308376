import Testing

@testable import Canvas
@testable import Terminal

struct KeyDecoderTests {
  static let cases: [([RawInput], [KeyEvent])] = [
    ([], []),
    (typed("jk"), [.character("j"), .character("k")]),
    (typed("é日"), [.character("é"), .character("日")]),
    (
      [.key(0o403), .key(0o402), .key(0o411), .key(0o424)],
      [.up, .down, .function(1), .function(12)]
    ),
    ([.key(0o632), .key(9999)], []),
    (typed("\u{3}\u{C}\u{1A}"), [.control("c"), .control("l"), .control("z")]),
    (typed("\r\n\t\u{7F}\u{8}"), [.enter, .enter, .tab, .backspace, .backspace]),
    (typed("\u{0}\u{1C}\u{1F}\u{9B}"), []),
    (typed("\u{1B}"), [.escape]),
    (typed("\u{1B}\u{1B}"), [.escape, .escape]),
    (typed("\u{1B}q"), [.escape, .character("q")]),
    (typed("\u{1B}[1;5Aq"), [.character("q")]),
    (typed("\u{1B}[200~R\u{1B}[201~"), [.character("R")]),
    (typed("\u{1B}OMq"), [.character("q")]),
    (typed("\u{1B}[?62;4cx"), [.character("x")]),
    (typed("\u{1B}]q"), [.escape, .character("]"), .character("q")]),
    (typed("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\q"), [.character("q")]),
    (typed("j\u{1B}]11;rgb:0/0/0\u{7}\u{1B}[?64cq"), [.character("j"), .character("q")]),
    (typed("\u{1B}["), [.escape, .character("[")]),
    (typed("\u{1B}[12"), [.escape, .character("["), .character("1"), .character("2")]),
  ]

  @Test(arguments: cases)
  func `what curses reads becomes keys`(inputs: [RawInput], keys: [KeyEvent]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: inputs) + decoder.flush() == keys)
    #expect(!decoder.isHolding)
  }

  @Test(arguments: ["\u{1B}[?62;4c", "\u{1B}[1;5A", "\u{1B}OM", "\u{1B}[<0;10;10M"])
  func `a sequence that is not known is no keys, wherever it is torn behind its beginning`(
    sequence: String
  ) {
    let inputs = Self.typed(sequence)
    for cut in 2..<inputs.count {
      var decoder = KeyDecoder()
      #expect(decoder.keys(from: Array(inputs[..<cut])) == [])
      #expect(decoder.keys(from: inputs[cut...] + Self.typed("q")) == [.character("q")])
    }
  }

  @Test func `a paste whose end is lost is a paste after a while, and keys go on`() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [.key(CursesKey.pasteBegin)] + Self.typed("abc")) == [])
    #expect(decoder.isHolding)
    #expect(decoder.flush() == [.paste("abc")])
    #expect(decoder.keys(from: Self.typed("q")) == [.character("q")])
  }

  @Test(arguments: 5...24)
  func `a late answer of the terminal is no keys, wherever it is torn`(cut: Int) {
    let inputs = Self.typed("\u{1B}]11;rgb:2828/2828/2828\u{1B}\\")
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: Array(inputs[..<cut])) == [])
    #expect(decoder.keys(from: inputs[cut...] + Self.typed("q")) == [.character("q")])
    #expect(decoder.takeReports() == Color(hex: "#282828").map { [.background($0)] })
    #expect(decoder.takeReports() == [])
  }

  @Test(arguments: [
    ("\u{1B}[I", [TerminalReport.hasFocus(true)]), ("\u{1B}[O", [.hasFocus(false)]),
    ("\u{1B}[?1004;2$y", [.knows(.focusReports)]), ("\u{1B}[?2031;1$y", [.knows(.themeReports)]),
    ("\u{1B}[?2031;3$y", [.knows(.themeReports)]), ("\u{1B}[?1004;0$y", []),
    ("\u{1B}[?1004;4$y", []), ("\u{1B}[?9999;2$y", []), ("\u{1B}[?1004$y", []),
    ("\u{1B}[?997;1n", [.colorsChanged]), ("\u{1B}[?997;2n", [.colorsChanged]),
    ("\u{1B}[?997;3n", []), ("\u{1B}OI", []),
  ])
  func `what the terminal says between the keys is no key, wherever it is torn`(
    sequence: String,
    reports: [TerminalReport]
  ) {
    let inputs = Self.typed(sequence)
    for cut in 2...inputs.count {
      var decoder = KeyDecoder()
      #expect(decoder.keys(from: Array(inputs[..<cut])) == [])
      #expect(decoder.keys(from: inputs[cut...] + Self.typed("q")) == [.character("q")])
      #expect(decoder.takeReports() == reports)
    }
  }

  @Test(arguments: [0, 1, 4])
  func `what is pasted is one text and no command, wherever it is torn`(cut: Int) {
    let inputs =
      [RawInput.key(CursesKey.pasteBegin)] + Self.typed("a\nq\t日")
      + [.key(0o403), .key(CursesKey.pasteEnd)] + Self.typed("j")
    var decoder = KeyDecoder()
    let keys =
      decoder.keys(from: Array(inputs[..<cut])) + decoder.keys(from: Array(inputs[cut...]))
    #expect(keys == [.paste("a q 日"), .character("j")])
  }

  @Test(arguments: [
    "\u{1B}[?64;1;2;6;9;15;16;17;18;21;22;28c", "\u{1B}P>|XTerm(390)\u{1B}\\",
    "\u{1B}P1$r0m\u{1B}\\",
    "\u{1B}]52;c;cXFxcQ==\u{7}", "\u{1B}]10;rgb:dead/beef/cafe\u{1B}\\",
    "\u{1B}]11;rgb:1/2/3\u{9C}",
    "\u{1B}]11;" + String(repeating: "q", count: 5000) + "\u{7}",
  ])
  func `an answer to somebody else is no keys`(answer: String) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: Self.typed(answer + "j")) == [.character("j")])
    #expect(!decoder.isHolding)
  }

  @Test func `an answer without its end locks nobody out`() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: Self.typed("\u{1B}]11;rgb:1a1a/1b")) == [])
    #expect(decoder.isHolding)
    #expect(decoder.keys(from: Self.typed("\u{3}")) == [.control("c")])
    #expect(decoder.keys(from: Self.typed("\u{1B}]11;rgb:1a1a/1b")) == [])
    #expect(decoder.flush() == [])
    #expect(decoder.keys(from: Self.typed("q")) == [.character("q")])
  }

  @Test func `keys that were typed before curses was there are keys`() {
    var decoder = KeyDecoder()
    #expect(
      decoder.keys(from: Self.typed("j\u{1B}[A\u{1B}OBé")) == [
        .character("j"), .up, .down, .character("é"),
      ]
    )
  }

  @Test func `a paste that never ends is left with ^C`() {
    var decoder = KeyDecoder()
    let inputs = [RawInput.key(CursesKey.pasteBegin)] + Self.typed("abc\u{3}j")
    #expect(decoder.keys(from: inputs) == [.control("c"), .character("j")])
  }

  @Test func `an answer that never ends doesn't swallow the keys`() {
    var decoder = KeyDecoder()
    let endless = Self.typed("\u{1B}]11;" + String(repeating: "x", count: 80))
    #expect(decoder.keys(from: endless).isEmpty)
    #expect(decoder.keys(from: Self.typed("\u{3}")) == [.control("c")])
    #expect(decoder.keys(from: endless + endless).isEmpty)
    #expect(decoder.isHolding)
    #expect(decoder.flush() == [])
    #expect(decoder.keys(from: Self.typed("q")) == [.character("q")])
  }

  private static func typed(_ text: String) -> [RawInput] {
    text.unicodeScalars.map { .character($0.value) }
  }
}
