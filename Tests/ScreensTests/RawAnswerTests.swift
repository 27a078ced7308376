import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct RawAnswerTests {
  private func text(_ body: String) -> String {
    RawPage(
      number: PhoneNumber.sample("1").id,
      content: .lines(JSONText.lines(of: Array(body.utf8)))
    ).text ?? ""
  }

  @Test(
    arguments: [
      ("{}", "{}"),
      (
        #"{"a":1,"b":[true,null,"x"],"c":{},"d":[ ]}"#,
        """
        {
          "a": 1,
          "b": [
            true,
            null,
            "x"
          ],
          "c": {},
          "d": []
        }
        """
      ),
      // Cut off, or closed too often: nothing is lost.
      (#"{"a":{"b":"un"#, "{\n  \"a\": {\n    \"b\": \"un\""),
      ("[1]]", "[\n  1\n]\n]"),
      // Not JSON.
      ("<html>\n<b>502</b>", "<html>\n<b>502</b>"),
      ("", ""),
      // Escapes mean what they say, unless that could do something.
      (#"["П\u0440и\u0432\u0435\u0442 \uD83D\uDE80 \/"]"#, "[\n  \"Привет 🚀 /\"\n]"),
      (
        #"["\u001b[31m\u202e\u0007\u009b\n\"\\"]"#,
        #"["# + "\n  "
          + #""\u001b[31m\u202e\u0007\u009b\n\"\\""# + "\n]"
      ),
      (#"["\ud800 \uZZ \q"]"#, "[\n  \"\u{FFFD} \\\\uZZ \\\\q\"\n]"),
    ]
  )
  func `JSON is written line by line`(body: String, written: String) {
    #expect(text(body) == written)
  }

  @Test func `control characters and direction marks never pass as they are`() {
    let hostile = "{\"a\u{1B}]0;x\u{7}\":\"\u{202E}\u{9B}31m\u{0}\u{FEFF}\u{E000}\", x\u{1B}[2J}"
    for body in [hostile, "plain \u{1B}[2J\u{85}text"] {
      let categories = text(body).unicodeScalars.filter { $0 != "\n" }
        .map(\.properties.generalCategory)
      #expect(!categories.contains { [.control, .format, .privateUse].contains($0) })
    }
  }

  @Test(
    arguments: [
      (#"{"access_token":"EAAGm0PX4ZCps"}"#, #""access_token": "•••""#),
      (#"{"webhook_verify_token":12345}"#, #""webhook_verify_token": "•••""#),
      (#"{"token_valid":true}"#, #""token_valid": true"#),
      (#"{"api_key":""}"#, #""api_key": """#),
      (
        #"{"next":"https:\/\/g.example\/v1?access_token=EAAx&after=QVF"}"#,
        #""next": "https://g.example/v1?access_token=•••&after=QVF""#
      ),
      (
        #"{"message":"bad Bearer abcdefghijklmnopqrstuvwxyz, use a bearer token"}"#,
        #""message": "bad Bearer •••, use a bearer token""#
      ),
      (
        #"{"message":"token EAAGm0PX4ZCpsBAKZCZBhello99 has expired"}"#,
        #""message": "token ••• has expired""#
      ),
    ]
  )
  func `secrets are blotted out`(body: String, line: String) {
    #expect(text(body).contains("\n  \(line)\n}"))
  }

  @Test func `a body without end nests no further than a line`() {
    let lines = JSONText.lines(of: Array(String(repeating: "[", count: 5000).utf8))
    #expect(lines.count == 5000)
    #expect(lines.allSatisfy { $0.depth <= 40 })
  }

  @Test func `of a page of numbers the one that is asked for is shown`() throws {
    let page = #"{"data":[{"id":"1","h":{"entities":[{"id":"2"}]}},{"h":1,"id":"2","n":[]}]}"#
    let lines = try #require(JSONText.lines(of: Array(page.utf8)).object(withID: "2"))
    #expect(lines.map(\.text) == ["{", #""h": 1,"#, #""id": "2","#, #""n": []"#, "}"])
    #expect(lines.map(\.depth) == [0, 1, 1, 1, 0])
    #expect(JSONText.lines(of: Array(#"{"id":"2"}"#.utf8)).object(withID: "2") == nil)
  }

  // MARK: What is kept

  private static let body = Array(#"{"id":"1"}"#.utf8)

  private func reading(
    _ target: String,
    isFine: Bool,
    raw: [UInt8]? = body,
    after seconds: Int = 0
  ) -> Reading {
    let report = HealthReport.sample(target, status: isFine ? "CONNECTED" : "BANNED")
    return Reading(
      number: .sample(target),
      moment: .sample + .seconds(seconds),
      result: .success(report),
      httpStatus: 200,
      raw: raw
    )
  }

  private func state(_ readings: Reading...) -> ScreenState {
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(readings: readings), at: .sample)
    return state
  }

  @Test func `bodies are kept of numbers in trouble, and of no record`() {
    let state = state(reading("1", isFine: true), reading("2", isFine: false))
    #expect(state.shell.rawAnswers[PhoneNumber.sample("1").id] == nil)
    #expect(state.shell.rawAnswers[PhoneNumber.sample("2").id]?.bytes == Self.body)
    #expect(state.fleet.records.allSatisfy { $0.latest?.raw == nil && $0.lastGood?.raw == nil })
  }

  @Test func `a number that recovers gives its body up`() {
    var state = state(reading("2", isFine: false))
    state.receive(FleetUpdate(readings: [reading("2", isFine: true)]), at: .sample)
    #expect(state.shell.rawAnswers[PhoneNumber.sample("2").id] == nil)
    #expect(state.shell.rawAnswers.bytes == 0)
  }

  @Test func `an answer that was kept is shown at once`() {
    var state = state(reading("2", isFine: false))
    #expect(state.perform(.showRawAnswer).isEmpty)
    guard case .raw(let page) = state.shell.overlay else {
      Issue.record("no page")
      return
    }
    #expect(page.text == "{\n  \"id\": \"1\"\n}")
    #expect(state.perform(.copyIdentifier) == [.copy("{\n  \"id\": \"1\"\n}")])
    #expect(state.after(.back).shell.overlay == nil)
  }

  @Test func `one that was not kept is asked for again, and comes`() {
    var state = state(reading("1", isFine: true))
    let id = PhoneNumber.sample("1").id
    #expect(state.perform(.showRawAnswer) == [.poll([id])])
    #expect(state.awaitedAnswer == id)
    let later = reading("1", isFine: true, after: 1)
    state.receive(FleetUpdate(readings: [later]), at: later.moment)
    guard case .raw(let page) = state.shell.overlay, case .lines(let lines) = page.content else {
      Issue.record("no answer")
      return
    }
    #expect(lines.count == 3)
    // It was looked at, so that the next one is there at once.
    #expect(state.after(.back).shell.rawAnswers[id] != nil)
  }

  @Test func `where nothing answers, the page says why`() {
    var state = state(reading("1", isFine: true))
    _ = state.perform(.showRawAnswer)
    let later = Moment.sample + .seconds(1)
    let failed = Reading.sample(.sample("1"), .failure(.sampleTimeout), at: later)
    state.receive(FleetUpdate(readings: [failed]), at: later)
    guard case .raw(let page) = state.shell.overlay else {
      Issue.record("no page")
      return
    }
    #expect(page.content == .none(ProviderError.sampleTimeout.message))
  }

  @Test func `a page of numbers is kept once, and only so much of all`() {
    let page = [UInt8](repeating: 0x20, count: 1000)
    var answers = RawAnswers(mostBytes: 2500)
    let ids = (0..<50).map { PhoneNumber.sample("\($0)").id }
    answers.keep(ids.map { reading($0.target ?? "", isFine: false, raw: page) }) { _ in true }
    #expect(answers.bytes == 1000)
    for number in 0..<9 {
      let other = [UInt8](repeating: UInt8(number), count: 1000)
      answers.keep([reading("x\(number)", isFine: false, raw: other)]) { _ in true }
    }
    #expect(answers.bytes == 2000)
    #expect(answers[ids[7]] == nil)
    #expect(answers[PhoneNumber.sample("x8").id] != nil)
  }

  @Test func `of those looked at, the last two hundred`() {
    var lookedAt = ViewedNumbers()
    for number in 0...ViewedNumbers.most { lookedAt.insert(PhoneNumber.sample("\(number)").id) }
    #expect(lookedAt.numbers.count == ViewedNumbers.most)
    #expect(!lookedAt.numbers.contains(PhoneNumber.sample("0").id))
    #expect(lookedAt.numbers.contains(PhoneNumber.sample("1").id))
  }

  @Test func `a number that is gone leaves nothing`() {
    var state = state(reading("2", isFine: false), reading("3", isFine: false))
    state.receive(FleetUpdate(vanished: [PhoneNumber.sample("2").id]), at: .sample)
    #expect(state.shell.rawAnswers[PhoneNumber.sample("2").id] == nil)
    #expect(state.shell.rawAnswers[PhoneNumber.sample("3").id] != nil)
  }
}
