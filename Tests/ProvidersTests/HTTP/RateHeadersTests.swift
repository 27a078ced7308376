import Foundation
import Health
import Testing

@testable import Providers

@Suite struct RateHeadersTests {
  /// 21 November 2026, 14:32:00 UTC.
  static let now = Date(timeIntervalSince1970: 1_795_271_520)

  static func signal(_ headers: (String, String)...) -> RateSignal {
    RateHeaders.signal(
      of: HTTPAnswer(
        status: 429,
        head: HTTPHead(headers: headers.map { HTTPHeader($0.0, $0.1) }),
        body: []
      ),
      now: now
    )
  }

  @Test(arguments: [
    ("60", Duration.seconds(60)),
    (" 2.5 ", .seconds(2.5)),
    ("0.25", .seconds(0.25)),
    ("7200", .seconds(3600)),
    ("86400", .seconds(3600)),
    ("86401", .seconds(3600)),
    ("1e300", .seconds(3600)),
    ("inf", .seconds(3600)),
    ("99999999999999999999999", .seconds(3600)),
    ("Sat, 21 Nov 2026 14:32:30 GMT", .seconds(30)),
    ("Saturday, 21-Nov-26 14:33:00 GMT", .seconds(60)),
    ("Sat Nov 21 14:34:00 2026", .seconds(120)),
    ("Sun, 22 Nov 2026 14:00:00 GMT", .seconds(3600)),
    ("Sun, 22 Nov 2099 14:00:00 GMT", .seconds(3600)),
  ])
  func `Retry-After is seconds or a date, and is clamped`(text: String, wait: Duration) {
    #expect(Self.signal(("retry-after", text)).retryAfter == wait)
  }

  @Test(arguments: [
    "", "soon", "nan", "-inf", "Sat, 41 Nov 2026 14:32:30 GMT", "Sat, 21 Nov 2026 25:00 GMT",
    "0", "-5", "-0.0", "-1e300",
    "Sat, 21 Nov 2026 14:00:00 GMT", "Sat, 21 Nov 2026 14:32:00 GMT",
  ])
  func `a Retry-After that means nothing is none`(text: String) {
    #expect(Self.signal(("Retry-After", text)).isEmpty)
  }

  @Test func `a date is measured with the answer's own clock`() {
    let signal = Self.signal(
      ("Date", "Sat, 21 Nov 2026 20:00:00 GMT"),
      ("Retry-After", "Sat, 21 Nov 2026 20:00:45 GMT")
    )
    #expect(signal.retryAfter == .seconds(45))
  }

  @Test(arguments: [("100", "97", 100, 97), ("500, 500;w=60", " 0", 500, 0)])
  func `limit and remaining are read`(
    limit: String,
    remaining: String,
    limitPerMinute: Int,
    left: Int
  ) {
    let signal = Self.signal(("X-RateLimit-Limit", limit), ("x-ratelimit-remaining", remaining))
    #expect(signal == RateSignal(remaining: left, limitPerMinute: limitPerMinute))
  }

  @Test(arguments: [
    ("9223372036854775807", 1_000_000 as Int?), ("9223372036854774784", 1_000_000),
    ("99999999999999999999999, 5;w=60", 1_000_000), ("1e300", 1_000_000), ("inf", 1_000_000),
    ("1000001", 1_000_000), ("1000000", 1_000_000), ("60/min", 60), ("100 100;w=60", 100),
    ("-1", nil), ("-9223372036854775808", nil), ("nan", nil), ("", nil), ("many", nil),
  ])
  func `limit and remaining are no more than can be configured`(text: String, figure: Int?) {
    let signal = Self.signal(("X-RateLimit-Limit", text), ("X-RateLimit-Remaining", text))
    #expect(signal == RateSignal(remaining: figure, limitPerMinute: figure))
  }

  @Test func `app usage is its highest percentage`() {
    let signal = Self.signal(
      ("X-App-Usage", #"{"call_count":28,"total_time":91.5,"total_cputime":25}"#)
    )
    #expect(signal == RateSignal(usagePercent: 91.5))
  }

  @Test func `of several ids the most used counts, and minutes become a wait`() {
    let usage = """
      {"102290129340398":[{"type":"whatsapp_business_management","call_count":40,"total_cputime":3,
      "total_time":2,"estimated_time_to_regain_access":0}],
      "102290129340399":[{"type":"messages","call_count":2,"total_cputime":3,"total_time":100,
      "estimated_time_to_regain_access":4},{"type":"other","call_count":7}]}
      """
    let signal = Self.signal(("X-Business-Use-Case-Usage", usage), ("X-App-Usage", "{}"))
    #expect(signal == RateSignal(usagePercent: 100, retryAfter: .seconds(240)))
  }

  @Test func `the longest of several waits counts`() {
    let signal = Self.signal(
      ("Retry-After", "30"),
      ("X-Business-Use-Case-Usage", #"{"1":[{"estimated_time_to_regain_access":"90"}]}"#)
    )
    #expect(signal.retryAfter == .seconds(3600))
  }

  @Test(arguments: ["", "{", "[]", "null", #"{"a":"b"}"#, #"{"call_count":"many"}"#])
  func `usage that means nothing is none`(text: String) {
    #expect(Self.signal(("X-App-Usage", text), ("X-Business-Use-Case-Usage", text)).isEmpty)
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0),
    ("Sun Nov  6 08:49:37 1994", 784_111_777),
    ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
    ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
  ])
  func `an HTTP date is read in each of its forms`(text: String, seconds: Double) {
    #expect(HTTPDate(text)?.date == Date(timeIntervalSince1970: seconds))
  }
}
