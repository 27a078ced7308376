package import Health

package import struct Foundation.Date

/// What an answer's headers say about the provider's limits, whoever the provider is.
///
/// The names do not clash between providers, so all of them are read everywhere: a proxy in front of
/// Meta may add its own to Meta's.
package enum RateHeaders {
  /// What the headers of any answer say.
  ///
  /// A date in `Retry-After` is measured with the answer's own `Date`, so that a wrong clock on this
  /// machine does not keep us away; `now` stands in where there is none.
  package static func signal(of answer: HTTPAnswer, now: Date) -> RateSignal {
    let usages = usageHeaders.compactMap { answer.header($0) }.map(MetaUsage.init)
    let clock = answer.header("Date").flatMap(HTTPDate.init)?.date ?? now
    let waits = [answer.header("Retry-After").flatMap { wait($0, now: clock) }]
    return RateSignal(
      remaining: answer.header("X-RateLimit-Remaining").flatMap(leadingNumber),
      limitPerMinute: answer.header("X-RateLimit-Limit").flatMap(leadingNumber),
      usagePercent: usages.compactMap(\.percent).max(),
      retryAfter: (waits + usages.map(\.regainsAccessIn)).compactMap(\.self).max()
    )
  }

  private static let usageHeaders: [StaticString] = ["X-App-Usage", "X-Business-Use-Case-Usage"]

  /// Reads a `Retry-After`: seconds or an HTTP date, between nothing and `RateSignal.longestWait`.
  private static func wait(_ text: String, now: Date) -> Duration? {
    let text = text.trimmingWhitespace()
    if let date = HTTPDate(text)?.date { return clamped(seconds: date.timeIntervalSince(now)) }
    return Double(text).flatMap(clamped(seconds:))
  }

  static func clamped(seconds: Double) -> Duration? {
    guard !seconds.isNaN else { return nil }
    let longest = RateSignal.longestWait / .seconds(1)
    return .seconds(min(max(seconds, 0), longest))
  }

  /// `100` of `100, 100;w=60`: the draft standard lets a policy follow the figure.
  private static func leadingNumber(_ text: String) -> Int? {
    Int(text.trimmingWhitespace().prefix { $0.isASCII && $0.isNumber })
  }
}

/// One of Meta's usage headers: JSON in a header, with figures for one app or for several ids.
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
    regainsAccessIn =
      minutes.flatMap { $0 > 0 ? RateHeaders.clamped(seconds: $0 * 60) : nil }
  }

  private static func figure(_ json: JSON?) -> Double? {
    json?.text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
  }
}
