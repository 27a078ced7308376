import Testing

@testable import Canvas

struct TextWidthTests {
  static let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"

  @Test(arguments: [
    ("", 0), ("Acme", 4), ("日本", 4), ("Tyrell 東京", 11), ("한국", 4), ("ｱｲｳ", 3), ("Ａ", 2),
    ("é", 1), ("e\u{301}", 1), ("e\u{301}\u{302}\u{303}\u{304}", 1), ("ไทย", 3), ("ที่", 1),
    ("नमस्ते", 4), ("مرحبا", 5), ("שלום", 4), ("שָׁלוֹם", 4),
    ("😀", 2), ("❤\u{FE0F}", 1), ("⌚", 2), (family, 2), ("👍🏽", 2), ("🏳\u{FE0F}\u{200D}🌈", 1),
    ("🇬🇧", 2), ("🇬🇧🇫🇷", 4), ("🇬", 0), ("1\u{FE0F}\u{20E3}", 1),
    ("✘▲●◌░█▄▁·│├└─▾▸↑↓→…⏎▌", 21),
    ("\u{1B}[31m", 4), ("\u{202E}abc\u{2066}", 3), ("\u{200B}\u{FEFF}", 0), ("\u{E000}", 0),
    ("\u{10FFFE}", 0), ("a\u{0}b", 2), ("\u{301}a", 1),
  ])
  func `text takes as many cells as a terminal shows`(text: String, cells: Int) {
    #expect(TextWidth.cells(of: text) == cells)
  }

  @Test(arguments: [
    ("Acme Orders", 11, "Acme Orders"), ("Acme Orders", 10, "Acme Orde…"), ("Acme", 1, "…"),
    ("Acme", 0, ""), ("Acme", -3, ""), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("日本語", 2, "…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func `cutting counts cells and never splits a wide glyph`(
    text: String,
    cells: Int,
    expected: String
  ) {
    #expect(Array(TextWidth.cut(text, to: cells).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("Acme Orders UK", "Acme Orders UK"),
    ("", ""),
    ("  Acme \t\n Orders  ", "Acme Orders"),
    ("Acme\u{3000}東京\u{A0}x", "Acme 東京 x"),
    ("\u{1B}[31;1mred\u{1B}[0m", "red"),
    ("\u{1B}]0;owned\u{07}name", "name"),
    ("\u{1B}]8;;https://x\u{1B}\\link", "link"),
    ("\u{1B}]0;never ends", "0;never ends"),
    ("\u{9B}31mred", "red"),
    ("\u{1B}(Bplain\u{1B}c", "plain"),
    ("\u{1B}", ""),
    ("a\u{202E}b\u{2069}c\u{200F}d\u{61C}e", "abcde"),
    ("a\u{AD}b\u{200B}c\u{FEFF}d\u{34F}e", "abcde"),
    ("bell\u{07}back\u{08}del\u{7F}", "bellbackdel"),
    ("❤\u{FE0F} \(family)!", "❤ 👨!"),
    ("👩🏽\u{200D}⚕\u{FE0F} doctor", "👩 doctor"),
    ("क्\u{200D}ष", "क्ष"),
    ("می\u{200C}خواهم", "میخواهم"),
    ("private \u{E0B0}\u{F8FF}x", "private x"),
    ("z\u{334}\u{335}\u{336}\u{337}a", "z\u{334}\u{335}a"),
    ("line one\u{2028}line two", "line one line two"),
  ])
  func `what strangers wrote becomes one line that is safe to draw`(
    text: String,
    expected: String
  ) {
    #expect(Array(text.sanitized.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func `sanitizing what is clean already changes nothing`() {
    for text in ["Acme Orders UK", "東京 🇬🇧 ❤ e\u{301}", "مرحبا", "❤\u{FE0F} \(Self.family)!"] {
      #expect(text.sanitized.sanitized == text.sanitized)
    }
  }

  @Test func `no scalar of Unicode gets past as a control`() {
    for value in UInt32(0)..<0x11_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator:
        #expect(!"a\(Character(scalar))b".sanitized.unicodeScalars.contains(scalar))
      default: break
      }
    }
  }

  @Test func `letters and dashes of Latin names pass as they are, one cell each`() {
    for value in [0x21...0x7E, 0xC0...0x24F, 0x2010...0x2027].joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a" + String(scalar) + "b"
      #expect(text.sanitized == text, "\(String(value, radix: 16))")
      #expect(TextWidth.cells(of: text) == 3, "\(String(value, radix: 16))")
    }
    #expect("é  –".sanitized == "é –")
    #expect(" é".sanitized == "é")
    #expect("é ".sanitized == "é")
    #expect("é\u{202E}b".sanitized == "éb")
  }
}
