import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct DetailTests {
  /// A detail as plain lines, `label: value`, sections under their headings.
  static func text(_ detail: EntityDetail?) -> [String] {
    guard let detail else { return [] }
    let title = [detail.title, detail.subtitle].compactMap(\.self).joined(separator: " | ")
    return [title]
      + detail.sections.flatMap { section in
        [section.heading.map { "[\($0)]" }].compactMap(\.self) + section.lines.map(text)
      }
  }

  static func text(_ line: DetailLine) -> String {
    let value =
      switch line.value {
      case .text(let text): text
      case .state(let state, let word): "\(state.word.prefix(3)) \(word)"
      case .moment(let moment): Age(.sample - moment).text
      case .link(let link): "<\(link)>"
      case .strip(let states): states.map { $0?.word.prefix(1) ?? "-" }.joined()
      }
    return [line.label, value].compactMap(\.self).joined(separator: ": ")
  }

  @Test func `an entity's detail has its states, errors, remedies, victims and facts`() {
    let state = ScreenState.sample.after(.open, .move(.down))
    #expect(
      Self.text(state.detail) == [
        "WABA 102938475610 | Acme UK",
        "can_send_message: BLO BLOCKED",
        "[error 141006]",
        Knowledge.entry(for: .number(141_006))?.meaning ?? "",
        "fix: \(Knowledge.entry(for: .number(141_006))?.remedy ?? "")",
        "who acts: you",
        "<https://business.facebook.com/billing_hub/accounts/details/?asset_id=102938475610>",
        "the provider's words: There is an error with the payment method.",
        "the provider's advice: There was an error with your payment method. "
          + "Please add a new payment method.",
        "[blast radius]",
        "shared by: 9 numbers",
        "a cause for: 9 of them",
        "since: 2h14m",
        "[facts]",
        "name: Acme UK",
        "currency: EUR",
        "timezone: London",
        "BUSINESS: 556677889900",
      ]
    )
  }

  @Test func `a number's detail has everything that is known of it`() {
    let text = Self.text(ScreenState.sample.after(.open).detail)
    for line in [
      "PHONE_NUMBER +447700900131 | Acme 1", "state: BLO BLOCKED", "since: 2h14m",
      "verdict: BLOCKED", "calling: BLOCKED", "[why]", "WABA 102938475610 141006",
      "[the number's own health]", "can_send_message: AVA AVAILABLE",
      "can_receive_call_sip: BLOCKED", "[error 138024 (calls only)]", "number: +44 7700 900131",
      "id: 1065403522131", "account: direct", "provider: meta", "status: CONNECTED",
      "quality: GREEN", "portfolio's limit: TIER_10K", "throughput: STANDARD", "[poll]",
      "outcome: answered", "received: 12s", "HTTP status: 200", "latency: 183 ms", "every: 30s",
    ] {
      #expect(text.contains(line), "\(line)")
    }
  }

  @Test func `what a failed poll left behind is dated`() throws {
    var state = ScreenState.sample.after(
      .startFilter,
      .editFilter(.insert("wayne 1")),
      .open,
      .open
    )
    #expect(state.treeNumber?.account == "india")
    let text = Self.text(state.detail)
    #expect(text.contains("outcome: key rejected"))
    #expect(text.contains("The key was refused: invalid token."))
    #expect(text.contains("last good: 5d3h"))
    #expect(text.contains("as last seen: 5d3h"))
    state = state.after(.move(.down))
    let poll = Self.text(state.detail)
    #expect(poll[0] == "POLL | key rejected")
    #expect(poll.contains("Waiting does not help: it needs a person."))
    #expect(poll.contains("who acts: you"))
  }

  @Test func `every node of every sample number has a detail`() {
    let fleet = Fleet.sample
    var unfolded = TreeArrangement()
    unfolded.allUnfolded = true
    for record in fleet.records {
      for node in TreeOutline(of: record, in: fleet, WABAIndex(of: fleet), arranged: unfolded).nodes
      {
        let detail = EntityDetail(of: node, record: record, fleet: fleet, causes: .of(fleet))
        #expect(!detail.sections.isEmpty, "\(node.id)")
      }
    }
  }

  @Test func `a number that was never asked says so`() {
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(appeared: [.sample("1")]), at: .sample)
    let text = Self.text(state.after(.open).detail)
    #expect(text.contains("not polled yet"))
    #expect(text.contains("asked for: 1"))
  }

  @Test func `an unknown code is shown as sent, without a meaning of ours`() {
    let error = EntityError(code: .text("XY-7"), description: "So it is.", solution: nil)
    let report = TreeTests.report([
      .sample("PHONE_NUMBER", "1"), .sample("WABA", "2", "BLOCKED", errors: [error]),
    ])
    var state = ScreenState(now: .sample)
    state.receive(
      FleetUpdate(readings: [.sample(.sample("1"), .success(report))]),
      at: .sample
    )
    let text = Self.text(state.after(.open, .move(.down)).detail)
    #expect(text[2...3] == ["[error XY-7]", "So it is."])
    #expect(text[4] == "[blast radius]")
  }
}
