import Foundation
import Health
import History
import TestSupport
import Testing

@testable import Monitor
@testable import Reports

/// What `wabatop history` calls things: what the screen calls them.
struct HistoryWordsTests {
  private static let date = Date(timeIntervalSince1970: 1_767_225_600)
  private static let number = PhoneNumber.sample("106540352242922")

  private static func change(
    _ subject: Subject,
    _ names: Names,
    _ event: Transition.Event,
    _ reason: Change.Reason? = nil,
    _ difference: AnswerDifference? = nil
  ) -> HistoryChange {
    let transition = Transition(
      date: date,
      subject: subject,
      names: names,
      event: event,
      reason: reason,
      difference: difference
    )
    return HistoryChange(transition: transition, former: nil)
  }

  private static func changeOfNumber(
    _ event: Transition.Event,
    _ reason: Change.Reason? = nil,
    _ difference: AnswerDifference? = nil
  ) -> HistoryChange {
    change(.number(number.id), Names("+44 7700 900131"), event, reason, difference)
  }

  private static func report(_ changes: [HistoryChange]) -> HistoryReport {
    HistoryReport(
      generatedAt: date + 60,
      window: date..<date + 60,
      grouping: .number,
      changes: changes,
      figures: [],
      incidents: []
    )
  }

  private static func reason(_ key: String, _ summary: String, _ code: String?) -> Change.Reason {
    Change.Reason(key: key, summary: summary, code: code, text: nil, severity: "critical")
  }

  @Test func `an account that does not answer has the phrase of the screen, once`() {
    let failure = Change.Failure(kind: "credential_rejected", httpStatus: 401, message: "No.")
    let key = CauseID.account("acme", .keyRejected).key
    let reason = Self.reason(key, "account acme", nil)
    let change = Self.change(.account("acme"), Names("acme"), .failing(failure), reason)
    let phrase = CauseID.Trouble.keyRejected.phrase
    #expect(
      HistoryWords.text(of: change, isASCII: true) == "does not answer: \(phrase), HTTP 401"
    )
    #expect(HistoryWords.reason(of: change) == nil)
  }

  @Test func `a code stands once`() {
    let cause = CauseID.entity(EntityReference(type: .waba, id: "102"))
    let reason = Self.reason(cause.key, "WABA 102", "141006")
    let change = Self.changeOfNumber(.state(from: nil, to: .blocked), reason)
    let words = HistoryWords.reason(of: change)
    #expect(words == "payment failed: WABA 102 (141006)")
    #expect(HistoryWords.reason(of: change, withCode: false) == "payment failed: WABA 102")
  }

  @Test func `what operators said has its author and its comment in CSV and JSON`() {
    let said = Self.changeOfNumber(.acknowledged(by: "ann", comment: "ticket 8841"))
    let ended = Self.changeOfNumber(.unacknowledged("it is over"))
    let report = Self.report([said, ended])
    let rows = report.transitionsCSV.split(separator: "\r\n")
    #expect(rows[0].hasSuffix(",code,author,comment,text,e164"))
    #expect(rows[1].hasSuffix(",ann,ticket 8841,acknowledged by ann: ticket 8841,+447700900131"))
    #expect(rows[2].hasSuffix(",,it is over,acknowledgement ended: it is over,+447700900131"))
    #expect(report.json.contains(#""author": "ann""#))
    #expect(report.json.contains(#""comment": "ticket 8841""#))
  }

  @Test func `the JSON says what the answers before and after a change say otherwise`() throws {
    let difference = AnswerDifference([
      .init(subject: "WABA 102", field: "can_send_message", before: "AVAILABLE", after: "BLOCKED")
    ])
    let report = Self.report([
      Self.changeOfNumber(.state(from: .available, to: .blocked), nil, difference),
      Self.changeOfNumber(.state(from: .blocked, to: .available)),
    ])
    let json = try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any]
    #expect(json?["version"] as? Int == 1)
    let changes = try #require(json?["transitions"] as? [[String: Any]])
    let told = changes[0]["difference"] as? [String: Any]
    #expect(
      told?["lines"] as? [[String: String]] == [
        ["of": "WABA 102", "field": "can_send_message", "from": "AVAILABLE", "to": "BLOCKED"]
      ]
    )
    #expect(told?["more"] as? Int == 0)
    #expect(changes[1]["difference"] is NSNull)
  }
}
