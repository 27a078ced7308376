import Foundation
import Monitor
import Testing

/// Times as people type them.
@Suite struct EndTimeTests {
  /// A Thursday.
  private static let now = Date(timeIntervalSince1970: 1_795_659_300)

  private static func end(_ text: String) -> String {
    do {
      switch try EndTime(text, now: now, isUTC: true) {
      case .over: return "over"
      case .at(let date): return date.formatted(.iso8601)
      }
    } catch {
      return error.text
    }
  }

  @Test(arguments: [
    ("over", "over"),
    ("until over", "over"),
    ("30m", "2026-11-26T02:45:00Z"),
    ("1h30m", "2026-11-26T03:45:00Z"),
    ("2d", "2026-11-28T02:15:00Z"),
    ("18:00", "2026-11-26T18:00:00Z"),
    ("2:00", "2026-11-27T02:00:00Z"),
    ("tomorrow", "2026-11-27T09:00:00Z"),
    ("tomorrow 9:30", "2026-11-27T09:30:00Z"),
    ("until Monday 09:00", "2026-11-30T09:00:00Z"),
    ("thu 2:00", "2026-12-03T02:00:00Z"),
    ("thu", "2026-11-26T09:00:00Z"),
    ("2026-12-24", "2026-12-24T09:00:00Z"),
    ("2026-12-24 18:00 UTC", "2026-12-24T18:00:00Z"),
    ("2026-12-24T18:00:00Z", "2026-12-24T18:00:00Z"),
  ])
  func `a time is what a person means by it`(_ text: String, _ expected: String) {
    #expect(Self.end(text) == expected)
  }

  @Test(arguments: [
    ("today 1:00", "\"today 1:00\" is in the past"),
    ("2026-11-25", "\"2026-11-25\" is in the past"),
    ("2028-01-01", "\"2028-01-01\" is more than a year away"),
    ("0m", "is no time"),
    ("2026-02-30", "is no time"),
    ("25:00", "is no time"),
    ("soon", "is no time"),
    ("2h 9:00", "is no time"),
    ("", "is no time"),
    ("99999999999999999999h", "is no time"),
    ("m", "is no time"),
    ("2026-11-30T", "is no time"),
  ])
  func `anything else is a mistake that is explained`(_ text: String, _ expected: String) {
    #expect(Self.end(text).contains(expected))
  }
}
