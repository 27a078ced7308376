import Testing

@testable import YAML

/// What is read, where it stands, and what is refused before it costs anything.
struct YAMLReaderTests {
  @Test func `every plain value is text, digit for digit`() throws {
    let root = try #require(try YAMLNode.read("[106540352242922123, 0x1F, 1e3, yes, 007]"))
    let texts = root.sequence?.map(\.text)
    #expect(texts == ["106540352242922123", "0x1F", "1e3", "yes", "007"])
  }

  @Test func `nothing, a tilde and null are missing, unless they are quoted`() throws {
    let root = try #require(try YAMLNode.read("{a: , b: ~, c: null, d: \"~\", e: ''}"))
    let values = root.mapping?.map(\.value)
    #expect(values?.map(\.isMissing) == [true, true, true, false, false])
    #expect(values?.map(\.text) == [nil, nil, nil, "~", ""])
  }

  @Test func `places are counted from 1, columns in Unicode scalars`() throws {
    let root = try #require(try YAMLNode.read("# é\nä: [\"ö\", x]\n"))
    let entry = try #require(root.mapping?.first)
    #expect(entry.key.mark == YAMLMark(line: 2, column: 1))
    #expect(entry.value.mark == YAMLMark(line: 2, column: 4))
    #expect(entry.value.sequence?.map(\.mark.column) == [5, 10])
  }

  @Test func `an alias is what it stands for`() throws {
    let root = try #require(try YAMLNode.read("a: &x [1, 2]\nb: *x\n"))
    #expect(root.mapping?[1].value.sequence?.map(\.text) == ["1", "2"])
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n"])
  func `an empty text holds nothing`(text: String) throws {
    #expect(try YAMLNode.read(text) == nil)
  }

  @Test func `lines may end as on Windows`() throws {
    let root = try #require(try YAMLNode.read("a: 1\r\nb:\r\n  - 2\r\n"))
    #expect(root.mapping?.map(\.value.text) == ["1", nil])
    #expect(root.mapping?[1].value.mark == YAMLMark(line: 3, column: 3))
  }

  @Test(arguments: [
    ("a: b: c", "1:5: not YAML: mapping values are not allowed in this context; does a value need"),
    ("a: \"b", "1:6: not YAML: found unexpected end of stream while scanning a quoted scalar"),
    ("a: *b", "1:4: not YAML: found undefined alias"),
    ("b: 1\na: 2\nb: 3\na: 4\n", "2:1: keys \"a\", \"b\" given more than once; keep one of each"),
    ("--- a\n--- b\n", "2:1: expected one document"),
    ("a: é\u{1}\n", "1:5: not YAML: control characters are not allowed"),
  ])
  func `the first mistake is named with its place`(text: String, expected: String) throws {
    #expect(try mistake(in: text).hasPrefix(expected))
  }

  /// Each took seconds to hours, or all of the stack, in one way of reading YAML or another.
  @Test(arguments: Bomb.all)
  func `a text that is made to be expensive ends soon with a sentence`(bomb: Bomb) throws {
    let start = ContinuousClock.now
    #expect(try mistake(in: bomb.text).contains(bomb.sentence))
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  private func mistake(in text: String) throws -> String {
    let error = try #require(throws: YAMLError.self) { try YAMLNode.read(text) }
    let place = error.mark.map { "\($0.line):\($0.column): " } ?? ""
    return place + error.message
  }

  struct Bomb: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let sentence: String

    var testDescription: String { name }

    static let all = [
      Bomb(
        name: "aliases in values",
        text: doubling { "a\($0): &a\($0) [\($1), \($1)]\n" },
        sentence: "more than 1000000 values"
      ),
      Bomb(
        name: "aliases in keys",
        text: doubling { "? &a\($0) [\($1), \($1)]\n: x\n" },
        sentence: "more than 1000000 values"
      ),
      Bomb(
        name: "merge keys",
        text: doubling { "a\($0): &a\($0) {<<: [\($1), \($1)]}\n" },
        sentence: "more than 1000000 values"
      ),
      Bomb(
        name: "lists within lists",
        text: String(repeating: "[", count: 400_000),
        sentence: "nested more than 64 levels deep"
      ),
      Bomb(
        name: "mappings within mappings",
        text: String(repeating: "{a: ", count: 400_000),
        sentence: "nested more than 64 levels deep"
      ),
      Bomb(
        name: "dashes",
        text: String(repeating: "- ", count: 400_000),
        sentence: "nested more than 64 levels deep"
      ),
      Bomb(
        name: "depth by aliases",
        text: "- &a0 x\n"
          + (1...100_000).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined(),
        sentence: "nested more than 64 levels deep"
      ),
      Bomb(
        name: "values",
        text: "[" + String(repeating: "a,", count: 1_100_000) + "]",
        sentence: "more than 1000000 values"
      ),
      Bomb(
        name: "directives",
        text: (1...60_000).map { "%TAG !t\($0)! tag:x:\n" }.joined() + "---\na: b\n",
        sentence: "more than 16 lines that begin with %"
      ),
    ]

    private static func doubling(_ line: (Int, String) -> String) -> String {
      let rest = (1...60).map { line($0, "*a\($0 - 1)") }.joined()
      return line(0, "x") + rest
    }
  }
}
