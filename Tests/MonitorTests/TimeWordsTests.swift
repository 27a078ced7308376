import Foundation
import Monitor
import Testing

/// What may be typed as a time.
@Suite struct TimeWordsTests {
  /// 2026-11-26 14:30:00 UTC.
  private static let now = date(26, 14, 30)

  private static func date(
    _ day: Int,
    _ hour: Int = 0,
    _ minute: Int = 0,
    _ second: Int = 0
  ) -> Date {
    let start = 1_795_651_200 - 26 * 86_400
    return Date(
      timeIntervalSince1970: Double(start + day * 86_400 + hour * 3600 + minute * 60 + second)
    )
  }

  @Test(arguments: [
    ("03:12", date(26, 3, 12)),
    ("3:12", date(26, 3, 12)),
    ("03:12:40", date(26, 3, 12, 40)),
    ("14:30", date(26, 14, 30)),
    // Not yet over today.
    ("18:00", date(25, 18)),
    ("today 03:12", date(26, 3, 12)),
    ("yesterday 18:00", date(25, 18)),
    ("Yesterday 18:00", date(25, 18)),
    ("2026-11-25 18:00", date(25, 18)),
    ("2026-11-25 18:00:05", date(25, 18, 0, 5)),
    ("2026-11-25T18:00:05Z", date(25, 18, 0, 5)),
    ("2026-11-25", date(25)),
    ("yesterday", date(25)),
    ("2h", date(26, 12, 30)),
    ("2h ago", date(26, 12, 30)),
    ("90m", date(26, 13)),
    ("1d", date(25, 14, 30)),
    ("1w", date(19, 14, 30)),
    ("now", now),
    ("today", date(26)),
    ("14:30 UTC", date(26, 14, 30)),
    ("yesterday 18:00 utc", date(25, 18)),
    // 26 November 2026 is a Thursday.
    ("thu", date(26)),
    ("Thursday 9:00", date(26, 9)),
    ("thu 18:00", date(19, 18)),
    ("mon 9:00", date(23, 9)),
    ("fri", date(20)),
    ("2026-11-25T18:00", date(25, 18)),
    ("2026-11-25T18:00:05.500Z", date(25, 18, 0, 5).addingTimeInterval(0.5)),
    ("2026-11-25T18:00:00+01:00", date(25, 17)),
    ("2026-11-25T18:00:00-0330", date(25, 21, 30)),
    ("2026-11-25T00:30:00+05:30", date(24, 19)),
    ("24h", date(25, 14, 30)),
    ("30d", date(-4, 14, 30)),
  ])
  func `is a moment`(_ text: String, _ moment: Date) throws {
    let words = try #require(TimeWords(text))
    #expect(words.date(at: Self.now, isUTC: true) == moment)
  }

  @Test(arguments: [
    "", "25:00", "03:60", "03:12:61", "3", "0h", "tomorrow 10:00", "yesterday noon",
    "2026-11", "26-11-25 18:00", "2026-11-25 18", "18:00 yesterday", "a b c", "1y",
    "soon", "d", "-3d", "2026", "mo 9:00", "2h utc", "utc", "2026-11-25T18:00+25:00",
    "2026-11-25T18:00+1",
  ])
  func `is no moment`(_ text: String) { #expect(TimeWords(text) == nil) }

  @Test(arguments: ["2026-02-30", "2026-13-01 10:00", "2026-00-10", "2026-04-31 00:00"])
  func `is no day of the calendar`(_ text: String) throws {
    let words = try #require(TimeWords(text))
    #expect(words.date(at: Self.now, isUTC: true) == nil)
  }

  @Test func `a zone that is named counts, whatever the clock's is`() throws {
    let words = try #require(TimeWords("2026-11-25T18:00:00+01:00"))
    #expect(words.date(at: Self.now, isUTC: false) == Self.date(25, 17))
    #expect(TimeWords("yesterday 18:00Z")?.date(at: Self.now, isUTC: false) == Self.date(25, 18))
  }

  @Test func `a leap day is one`() throws {
    let words = try #require(TimeWords("2024-02-29 12:00"))
    #expect(words.date(at: Self.now, isUTC: true) == Date(timeIntervalSince1970: 1_709_208_000))
  }
}
