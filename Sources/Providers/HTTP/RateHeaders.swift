package import Health

package import struct FoundationEssentials.Date

/// Reads the rate limits in an answer's headers, for all providers.
///
/// The names differ between providers, so all of them are always read: a proxy in front of Meta may
/// add its own headers to Meta's.
package enum RateHeaders {
  /// What the headers of any answer say.
  ///
  /// A date in `Retry-After` is compared with the answer's own `Date`, so that a wrong clock on
  /// this machine does no harm; without one, `now` is used.
  package static func signal(of answer: HTTPAnswer, now: @autoclosure () -> Date) -> RateSignal {
    let sent = Sent(answer.head)
    guard !sent.isEmpty else { return RateSignal() }
    let usages = sent.usages.map(MetaUsage.init)
    let asked = sent.retryAfter.flatMap { retryAfter in
      wait(retryAfter, now: sent.date.flatMap(HTTPDate.init)?.date ?? now())
    }
    return RateSignal(
      remaining: sent.remaining.flatMap(leadingNumber),
      limitPerMinute: sent.limit.flatMap(leadingNumber),
      usagePercent: usages.compactMap(\.percent).max(),
      retryAfter: ([asked] + usages.map(\.regainsAccessIn)).compactMap(\.self).max()
    )
  }

  /// The relevant headers, found in one pass; the first of each name counts.
  private struct Sent {
    var remaining: String?
    var limit: String?
    var retryAfter: String?
    var date: String?
    var usages: [String] = []

    init(_ head: HTTPHead) {
      var appUsage: String?
      var businessUsage: String?
      head.forEachHeader { header in
        // The length rules out nearly all other headers.
        switch header.nameLength {
        case 4 where header.isNamed("Date"): date = date ?? header.value
        case 11 where header.isNamed("Retry-After"): retryAfter = retryAfter ?? header.value
        case 11 where header.isNamed("X-App-Usage"): appUsage = appUsage ?? header.value
        case 17 where header.isNamed("X-RateLimit-Limit"): limit = limit ?? header.value
        case 21 where header.isNamed("X-RateLimit-Remaining"):
          remaining = remaining ?? header.value
        case 25 where header.isNamed("X-Business-Use-Case-Usage"):
          businessUsage = businessUsage ?? header.value
        default: break
        }
      }
      if let appUsage { usages.append(appUsage) }
      if let businessUsage { usages.append(businessUsage) }
    }

    var isEmpty: Bool {
      remaining == nil && limit == nil && retryAfter == nil && usages.isEmpty
    }
  }

  /// Reads a `Retry-After`: seconds or an HTTP date.
  private static func wait(_ text: String, now: Date) -> Duration? {
    let text = text.trimmingWhitespace()
    if let date = HTTPDate(text)?.date { return wait(seconds: date.timeIntervalSince(now)) }
    return Double(text).flatMap(wait(seconds:))
  }

  /// A wait of at most `RateSignal.longestWait`, however absurd the wait that is asked for.
  ///
  /// Zero, the past and what isn't a number are ignored: our own back-off is better.
  static func wait(seconds: Double) -> Duration? {
    guard seconds > 0 else { return nil }
    // Compared as numbers, since a `Duration` can't hold all of them.
    guard seconds < RateSignal.longestWait / .seconds(1) else { return RateSignal.longestWait }
    return .seconds(seconds)
  }

  /// `100` in `100, 100;w=60`: the draft standard allows a policy after the number.
  ///
  /// At most what a configuration may ask for; nil for what is negative or no number.
  private static func leadingNumber(_ text: String) -> Int? {
    let written = text.trimmingWhitespace().prefix { !", ;/\t".contains($0) }
    guard let number = Double(written), number >= 0 else { return nil }
    let most = RequestBudgetCondition.allowedPerMinute.upperBound
    return min(Int(saturating: number), most)
  }
}

/// One of Meta's usage headers: JSON with figures for one app or for several ids.
private struct MetaUsage {
  /// The highest percentage of the allowance; throttling starts at 100.
  let percent: Double?
  let regainsAccessIn: Duration?

  init(_ header: String) {
    guard let json = try? JSON.parse(Array(header.utf8)) else {
      (percent, regainsAccessIn) = (nil, nil)
      return
    }
    // `X-App-Usage` is one set of figures, the other header a list of sets per id.
    let figures = [json] + json.members.flatMap(\.value.list)
    let percentages = ["call_count", "total_time", "total_cputime"]
    percent =
      figures.flatMap { set in percentages.compactMap { Self.figure(set[$0]) } }.max()
    let minutes =
      figures.compactMap { Self.figure($0["estimated_time_to_regain_access"]) }.max()
    regainsAccessIn = minutes.flatMap { RateHeaders.wait(seconds: $0 * 60) }
  }

  private static func figure(_ json: JSON?) -> Double? {
    json?.text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
  }
}
