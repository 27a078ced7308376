import Foundation
import Health
import TestSupport
import Testing

@Suite struct AnswerDifferenceTests {
  private static func lines(
    from old: HealthReport?,
    to new: HealthReport?,
    _ failures: (ProviderError?, ProviderError?) = (nil, nil)
  ) -> [String] {
    let difference = AnswerDifference(
      from: KnownAnswer(old, failure: failures.0),
      to: KnownAnswer(new, failure: failures.1)
    )
    return difference.lines.map { line in
      let values = "\(line.before ?? "+") > \(line.after ?? "-")"
      return "\(line.subject ?? "") \(line.field): \(values)"
    }
  }

  @Test func `a fault of a WABA is its state and its error, and back again`() {
    let fine = HealthReport.sample()
    let broken = HealthReport.sample(
      waba: .sample("WABA", "102938475610", "BLOCKED", errors: [.samplePayment])
    )
    #expect(
      Self.lines(from: fine, to: broken) == [
        "WABA 102938475610 can_send_message: AVAILABLE > BLOCKED",
        "WABA 102938475610 error: + > 141006: There is an error with the payment method.",
      ]
    )
    #expect(
      Self.lines(from: broken, to: fine) == [
        "WABA 102938475610 can_send_message: BLOCKED > AVAILABLE",
        "WABA 102938475610 error: 141006: There is an error with the payment method. > -",
      ]
    )
  }

  @Test func `the provider's overall word and the number's status have names of their own`() {
    func report(_ word: String, _ status: String) -> HealthReport {
      HealthReport(
        providerVerdict: word,
        root: AsSent("AVAILABLE"),
        facts: PhoneNumberFacts(status: AsSent(status))
      )
    }
    #expect(
      Self.lines(from: report("healthy", "CONNECTED"), to: report("unhealthy", "BANNED")) == [
        " provider_verdict: healthy > unhealthy", " status: CONNECTED > BANNED",
      ]
    )
  }

  @Test func `it is the same for all numbers that a fault hits`() {
    func difference(_ id: String) -> AnswerDifference {
      AnswerDifference(
        from: KnownAnswer(.sample(id)),
        to: KnownAnswer(
          .sample(id, own: .sample("PHONE_NUMBER", id, "BLOCKED", errors: [.samplePayment]))
        )
      )
    }
    #expect(difference("1") == difference("2"))
    #expect(difference("1").lines.map(\.subject) == ["PHONE_NUMBER", "PHONE_NUMBER"])
  }

  /// What is said of the number itself comes first, and together.
  @Test func `facts, checks and entities that come and go are named`() {
    let before = HealthReport.sample(
      others: [.sample("TEMPLATE", "5")],
      quality: "GREEN",
      checks: [ProviderCheck(name: "webhook_verified", passed: true)]
    )
    let after = HealthReport.sample(
      app: .sample("APP", "5512340000", infos: ["Calls are off."]),
      quality: "YELLOW",
      checks: [ProviderCheck(name: "webhook_verified", passed: false, message: "HTTP 404")]
    )
    #expect(
      Self.lines(from: before, to: after) == [
        " quality_rating: GREEN > YELLOW",
        " webhook_verified: passed > failed: HTTP 404",
        "APP 5512340000 additional_info: + > Calls are off.",
        "TEMPLATE 5 listed: yes > -",
        "TEMPLATE 5 can_send_message: AVAILABLE > -",
      ]
    )
  }

  @Test func `a poll that fails leaves the answer as it was`() {
    let report = HealthReport.sample()
    #expect(
      Self.lines(from: report, to: report, (nil, .sampleUnauthorized)) == [
        " poll: answered > credential_rejected HTTP 401"
      ]
    )
    #expect(Self.lines(from: report, to: report) == [])
  }

  @Test func `an answer that has nothing in common is cut`() throws {
    let others = (0..<100).map { Fact("fact\($0)", String(repeating: "x", count: 1000)) }
    var report = HealthReport.sample()
    report.facts.others = others
    let difference = AnswerDifference(
      from: KnownAnswer(.sample()),
      to: KnownAnswer(report)
    )
    #expect(difference.lines.count == 40)
    #expect(difference.omittedCount == 60)
    #expect(difference.lines.allSatisfy { $0.after?.count == 300 })
    let bytes = try JSONEncoder().encode(difference)
    #expect(try JSONDecoder().decode(AnswerDifference.self, from: bytes) == difference)
  }
}
