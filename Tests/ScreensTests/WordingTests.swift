import Canvas
import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct WordingTests {
  @Test(
    arguments: [
      (HealthState.blocked, "✘ X BLK █ #"), (.critical, "✘ X CRT █ #"), (.limited, "▲ ! LIM ▄ ="),
      (.warning, "▲ ! WRN ▄ ="), (.unknown, "? ? UNK ░ ?"), (.stale, "◌ ~ OLD · ."),
      (.available, "● + OK ▁ _"),
    ]
  )
  func `a state has one look`(state: HealthState, look: String) {
    let mark = StateMark(state)
    let signs = "\(mark.sign(.unicode)) \(mark.sign(.ascii)) \(mark.word)"
    #expect("\(signs) \(mark.strip(.unicode)) \(mark.strip(.ascii))" == look)
  }

  @Test func `text breaks between words, and within one that is too long`() {
    #expect(TextWrap.lines("the quick brown fox", width: 9) == ["the quick", "brown fox"])
    #expect(
      TextWrap.lines("a https://example.com", width: 8) == ["a", "https://", "example.", "com"]
    )
    #expect(TextWrap.lines("東京都大阪", width: 5) == ["東京", "都大", "阪"])
    #expect(TextWrap.lines("東", width: 1) == ["東"])
    #expect(TextWrap.lines("  ", width: 5) == [])
  }

  @Test(
    arguments: [
      (80, "Not reloaded: config.yaml:3:5: unknown key \"acounts\" (+12 more)"),
      (40, "Not reloaded: config.yaml:3:… (+12 more)"), (23, "Not reloade… (+12 more)"),
      (20, "Not reloaded: confi…"),
    ]
  )
  func `a message that is too long keeps its ending where there is room`(
    width: Int,
    text: String
  ) {
    let message = Message(
      "Not reloaded: config.yaml:3:5: unknown key \"acounts\"",
      ending: " (+12 more)",
      kind: .error,
      at: .sample
    )
    var canvas = Canvas(width: 81, height: 1)
    MessageView(message: message, marks: .unicode, text: message.text)
      .draw(on: &canvas, width: width)
    #expect(canvas.lines == [" \(text)"])
  }

  @Test func `times are said as the operator likes`() {
    let evening = Date(timeIntervalSince1970: 1_795_271_527)
    #expect(ClockTime(evening, isUTC: true).clock == "14:32:07 UTC")
    #expect(ClockTime(evening, isUTC: true).long == "2026-11-21 14:32:07 UTC")
    #expect(ClockTime(evening - 8046, isUTC: true).short(at: evening) == "12:18Z")
    #expect(ClockTime(evening - 200_000, isUTC: true).short(at: evening) == "Nov 19")
    #expect(ClockTime(.distantFuture, isUTC: true).short(at: evening) == "Jan 01")
  }

  @Test(
    arguments: [
      (HealthReport.unpaid, 15, "payment failed"),
      (.unpaid, 19, "payment failed WABA"),
      (.unpaid, 29, "payment failed WABA 1029…5610"),
      (.unpaid, 40, "payment failed WABA 102938475610 141006"),
      (.sample(quality: "RED"), 15, "quality red"),
      (.sample(status: "BANNED"), 15, "number banned"),
      (
        .sample(own: .sample("PHONE_NUMBER", "1", "BLOCKED", errors: [.sampleVerification])), 15,
        "business unverified"
      ),
      (.sample(), 15, ""),
    ]
  )
  func `a cause says as much as there is room for`(report: HealthReport, width: Int, text: String) {
    #expect(label(.success(report)).text(width: width) == text)
  }

  @Test(
    arguments: [
      (ProviderError.sampleUnauthorized, 15, "key rejected"),
      (.sampleUnauthorized, 40, "key rejected · HTTP 401"),
      (.sampleTimeout, 15, "timed out"),
      (ProviderError(.unreachable, "No route."), 15, "unreachable"),
    ]
  )
  func `a failed poll says what failed`(error: ProviderError, width: Int, text: String) {
    #expect(label(.failure(error)).text(width: width) == text)
  }

  @Test func `a token says how long it lives`() {
    let text = "The token expires in 6 d."
    let check = ProviderCheck(name: "token", kind: .token, passed: false, message: text)
    #expect(label(.success(.sample(checks: [check]))).text(width: 24) == "token expires in 6 d")
  }

  @Test func `a fault that is not told any more says so`() {
    var fleet = Fleet()
    for seconds in [0, 60, 120, 200] {
      let report = HealthReport.sample(quality: seconds == 0 ? "RED" : nil)
      let reading = Reading.sample(.sample("1"), .success(report), at: .sample + .seconds(seconds))
      _ = fleet.receive(FleetUpdate(readings: [reading]), at: .sample + .seconds(seconds))
    }
    let record = fleet.records[0]
    let label = CauseLabel(record: record, refresh: .seconds(60), marks: .unicode)
    #expect(record.state == .unknown)
    #expect(label.text(width: 24) == "QUALITY not reported")
  }

  @Test func `a stranger's text cannot leave its place`() throws {
    var stage = Stage.noData
    let hostile = "\u{1B}[31mEvil\u{202E}\u{7}\nShop 東京都大阪市北区梅田"
    let report = HealthReport.sample(name: hostile)
    stage.receive(FleetUpdate(readings: [.sample(.sample("1"), .success(report))]))
    let lines = stage.draw(80, 24).lines
    let row = try #require(lines.first { $0.hasPrefix(">") })
    #expect(row.contains("Evil Shop 東京都大…  meta"))
    #expect(lines.joined().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  private func label(_ result: Result<HealthReport, ProviderError>) -> CauseLabel {
    var fleet = Fleet()
    _ = fleet.receive(FleetUpdate(readings: [.sample(.sample("1"), result)]), at: .sample)
    return CauseLabel(record: fleet.records[0], refresh: .seconds(30), marks: .unicode)
  }
}

extension HealthReport {
  fileprivate static let unpaid = HealthReport.sample(
    waba: .sample("WABA", "102938475610", "BLOCKED", errors: [.samplePayment])
  )
}
