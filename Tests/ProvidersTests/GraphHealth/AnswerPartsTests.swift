import Health
import Testing

@testable import Providers

/// What answers have in common is made once, and what they have not is never mixed up.
struct AnswerPartsTests {
  private let parts = AnswerParts()

  @Test func `the same bytes are made into a value once`() {
    let memo = PartMemo<Int>()
    var made = 0
    func value(_ text: String) -> Int {
      memo.value(of: Array("<\(text)>".utf8)[1...].dropLast()) {
        made += 1
        return made
      }
    }
    #expect(value("waba") == 1)
    #expect(value("waba") == 1)
    #expect(value("wabb") == 2)
    #expect(value("wabb") == 2)
  }

  @Test func `parts that share a place never pass for each other`() {
    let memo = PartMemo<String>()
    for round in 0..<3 {
      for number in 0..<5_000 {
        let text = "\(number)"
        #expect(memo.value(of: Array(text.utf8)[...]) { text } == text, "round \(round)")
      }
    }
  }

  @Test func `each number has its own id in the remedy of an app that it shares`() throws {
    let reports = try ["1", "2"].map { id in try #require(report(number: id, app: "BLOCKED")) }
    #expect(
      reports.map { $0.entities[1].errors[0].solution } == ["Use 1/settings", "Use 2/settings"]
    )
    #expect(reports[0].entities[1] != reports[1].entities[1])
  }

  @Test func `a part that has changed is another part`() throws {
    let before = try #require(report(number: "1", app: "AVAILABLE"))
    let after = try #require(report(number: "1", app: "BLOCKED"))
    #expect(before.entities[1].canSendMessage?.value == .available)
    #expect(after.entities[1].canSendMessage?.value == .blocked)
    #expect(Verdict(of: after).word == .blocked)
  }

  private func report(number: String, app: String) -> HealthReport? {
    let body = """
      {"id": "\(number)", "health_status": {"can_send_message": "\(app)", "entities": [
      {"entity_type": "PHONE_NUMBER", "id": "\(number)", "can_send_message": "AVAILABLE"},
      {"entity_type": "APP", "id": "9", "can_send_message": "\(app)", "errors": [{"error_code": 1,
      "error_description": "No.", "possible_solution": "Use {PHONE_NUMBER_ID}/settings"}]}]}}
      """
    return (try? JSON.parse(Array(body.utf8))).flatMap { HealthReport(graphNode: $0, parts: parts) }
  }
}
