import Providers
import Testing

struct JSONTests {
  @Test func `every kind of value is read`() throws {
    let json = try parse(#"{"a": [1, "two", true, false, null, {}, []], "b": {"c": -1.50e3}}"#)
    #expect(
      json["a"]
        == .array([
          .number("1"), .string("two"), .bool(true), .bool(false), .null, .object([]), .array([]),
        ])
    )
    #expect(json["b"]?["c"] == .number("-1.50e3"))
    #expect(json["b"]?["c"]?.int == -1500)
  }

  @Test func `a long id keeps its digits, as number and as text`() throws {
    let json = try parse(#"{"number": 12345678901234567890, "text": "0106540352242922"}"#)
    #expect(json["number"]?.text == "12345678901234567890")
    #expect(json["text"]?.text == "0106540352242922")
    #expect(json["text"]?.int == 106_540_352_242_922)
    #expect(json["number"]?.int == nil)
  }

  @Test func `of a repeated key the last one wins`() throws {
    let json = try parse(#"{"a": 1, "b": 2, "a": 3}"#)
    #expect(json["a"] == .number("3"))
    #expect(json.members == [.init("a", .number("3")), .init("b", .number("2"))])
  }

  @Test func `null reads as absent`() throws {
    let json = try parse(#"{"a": null, "b": 1, "b": null}"#)
    #expect(json["a"] == nil)
    #expect(json["b"] == nil)
    #expect(json["c"] == nil)
    #expect(JSON.null["a"] == nil)
    #expect(json[anyOf: ["x", "a", "b"]] == nil)
  }

  @Test func `a byte order mark is skipped and white space is none of the value`() throws {
    #expect(
      try JSON.parse([0xEF, 0xBB, 0xBF] + Array(" \r\n\t[1]\n".utf8)) == .array([.number("1")])
    )
  }

  @Test(
    arguments: [
      (#""a\"b\\c\/d""#, "a\"b\\c/d"),
      (#""\n\t\r\b\f""#, "\n\t\r\u{8}\u{C}"),
      (#""\u00e9\u20AC""#, "é€"),
      (#""\ud83d\ude00!""#, "😀!"),
      (#""\ud83d""#, "\u{FFFD}"),
      (#""\ude00""#, "\u{FFFD}"),
      (#""\ud83dx""#, "\u{FFFD}x"),
      (#""\ud83d\u0041""#, "\u{FFFD}A"),
      (#""é 中 😀""#, "é 中 😀"),
      (#""""#, ""),
      ("\"line\nend\"", "line\nend"),
    ]
  )
  func `escapes are read`(source: String, expected: String) throws {
    #expect(try parse(source).text == expected)
  }

  @Test func `invalid UTF-8 is repaired`() throws {
    let bytes = [UInt8(ascii: "\""), 0xC3, 0x28, 0xFF, UInt8(ascii: "\"")]
    #expect(try JSON.parse(bytes).text == "\u{FFFD}(\u{FFFD}")
  }

  @Test func `every beginning of a document is malformed and none crashes`() throws {
    let whole = Array(#"{"a": ["x\u00e9\n", 12, true, null, {"b": -1.5e2}], "c": "é"} "#.utf8)
    #expect(throws: Never.self) { try JSON.parse(whole) }
    for length in 0..<(whole.count - 1) {
      let malformed = #expect(throws: JSON.Malformed.self) {
        try JSON.parse(Array(whole.prefix(length)))
      }
      #expect(malformed?.isTruncated == true, "\(length)")
    }
  }

  @Test(
    arguments: [
      ("", 0, "the answer ends too early"),
      ("<html>", 0, #"unexpected "<""#),
      ("{} {}", 3, #"unexpected "{""#),
      ("[1,]", 3, #"unexpected "]""#),
      ("{\"a\" 1}", 5, #"unexpected "1""#),
      ("{a: 1}", 1, #"unexpected "a""#),
      ("nulk", 3, #"unexpected "k""#),
      ("[1-2]", 1, "not a number: 1-2"),
      (#""\x""#, 2, #"unexpected "x""#),
      ("\u{1}", 0, "unexpected byte 1"),
    ]
  )
  func `what is no JSON says where`(source: String, offset: Int, what: String) throws {
    let malformed = #expect(throws: JSON.Malformed.self) { try parse(source) }
    #expect(malformed?.offset == offset)
    #expect(malformed?.what == what)
  }

  @Test func `nesting ends before the stack does`() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try parse(deep) }
    let malformed = #expect(throws: JSON.Malformed.self) {
      try parse(String(repeating: "[{\"a\":", count: 100_000))
    }
    #expect(malformed?.what == "nested too deeply")
  }

  @Test(
    arguments: [
      (#"[1, 2]"#, 2),
      (#"null"#, 0),
      (#"{"a": 1}"#, 1),
      (#""text""#, 1),
      (#""[{}, {}, {}]""#, 3),
      (#"" {\"a\": 1}""#, 1),
      (#""[not json""#, 1),
      (#"7"#, 1),
    ]
  )
  func `a list is read however it was sent`(source: String, count: Int) throws {
    #expect(try parse(source).list.count == count)
  }

  @Test func `an object inside a string becomes its element`() throws {
    #expect(try parse(#""{\"code\": \"141006\"}""#).list.first?["code"]?.int == 141_006)
  }

  @Test func `flags and figures are read from strings as well`() throws {
    #expect(try parse(#""true""#).bool == true)
    #expect(try parse("false").bool == false)
    #expect(try parse("1").bool == true)
    #expect(try parse(#""0""#).bool == false)
    #expect(try parse("2").bool == nil)
    #expect(try parse("true").text == "true")
    #expect(try parse(#""  ""#).nonBlankText == nil)
    #expect(try parse("1e400").int == nil)
  }

  private func parse(_ source: String) throws(JSON.Malformed) -> JSON {
    try JSON.parse(Array(source.utf8))
  }
}
