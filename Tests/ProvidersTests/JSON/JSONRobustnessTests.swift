import Health
import TestSupport
import Testing

@testable import Providers

/// Bytes of strangers: whatever they are, reading ends, and what is read was there.
struct JSONRobustnessTests {
  private static let answers = [
    "kapso-limited.json", "meta-limited.json", "meta-waba-numbers.json",
  ]

  @Test(arguments: answers)
  func `bytes that are changed at random never trap, whatever is asked of them`(
    name: String
  ) throws {
    let whole = try Fixture.bytes(name)
    var generator = SeededGenerator(seed: 20_261_125)
    var read = 0
    for _ in 0..<2_000 {
      let bytes = mutated(whole, using: &generator)
      guard let json = try? JSON.parse(bytes) else { continue }
      read += 1
      visit(json)
      _ = HealthReport(graphNode: json)
    }
    #expect(read > 0)
  }

  @Test(arguments: answers)
  func `every beginning of an answer is cut off, and says so`(name: String) throws {
    let whole = try Fixture.bytes(name)
    for length in stride(from: 0, to: whole.count - 2, by: 7) {
      let malformed = #expect(throws: JSON.Malformed.self) {
        try JSON.parse(Array(whole.prefix(length)))
      }
      #expect(malformed?.isTruncated == true)
    }
  }

  @Test(arguments: [7, 8, 9, 15, 16, 17, 63])
  func `a quote or backslash is found wherever it stands in eight bytes`(length: Int) throws {
    let text = String(repeating: "x", count: length)
    #expect(try JSON.parse(Array("\"\(text)\"".utf8)).text == text)
    for place in 0..<length {
      let (before, after) = (text.prefix(place), text.dropFirst(place))
      let source = "[\"\(before)\\\"\(after)\",\"\(before)\\\\\(after)\", \"é\(text)\"]"
      let texts = try JSON.parse(Array(source.utf8)).list.map(\.text)
      #expect(texts == ["\(before)\"\(after)", "\(before)\\\(after)", "é\(text)"])
    }
  }

  @Test func `a name with an escape is the name that it spells`() throws {
    let json = try JSON.parse(Array(#"{"st\u0061tus":"a","status":"b","st\u0061tus":"c"}"#.utf8))
    #expect(json["status"]?.text == "c")
    #expect(json.members.map(\.name) == ["status"])
  }

  @Test func `a value knows the bytes that it came from`() throws {
    let json = try JSON.parse(Array(#" {"a": [1, "é\n"], "b": "", "c": {"d": null}} "#.utf8))
    let sources = json.members.map { String(decoding: $0.value.source, as: UTF8.self) }
    #expect(sources == [#"[1, "é\n"]"#, "\"\"", #"{"d": null}"#])
  }

  /// One to eight places with another byte, without their byte, or with a piece from elsewhere.
  private func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[place] = Array("{}[]\",:\\0-e".utf8).randomElement(using: &generator) ?? 0
      case 2: bytes.remove(at: place)
      default:
        let start = Int.random(in: 0..<bytes.count, using: &generator)
        bytes.insert(contentsOf: bytes[start...].prefix(12), at: place)
      }
    }
    return bytes
  }

  private func visit(_ json: JSON) {
    _ = (json.text, json.nonBlankText, json.int, json.bool, json.summary, json.isEmpty)
    _ = (json["id"], json[anyOf: ["entities", "data"]], json.source.count)
    for member in json.members {
      _ = member.name
      visit(member.value)
    }
    if json.isArray { json.list.forEach(visit) }
  }
}
