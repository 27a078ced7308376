package import Health

/// How many requests a credential has left: a bucket that starts full with one minute's worth and
/// fills at the rate that is allowed.
///
/// The configured rate is the most; what the provider says of its own limits only ever lowers it.
package struct RequestBudget: Sendable {
  /// A place in the line: the request may go at `moment`, unless the bucket was closed since.
  package struct Reservation: Hashable, Sendable {
    package let moment: Moment
    fileprivate let closings: Int
  }

  let configured: Double?
  /// What the provider grants by its own word, a minute.
  var granted: Double?
  /// 1 normally; less as the provider's usage figure nears 100 %.
  var share = 1.0
  var shareExpires: Moment
  var tokens: Double
  /// Up to when `tokens` is counted; in the future while the bucket is closed.
  var counted: Moment
  /// Closing the bucket voids the reservations made before.
  private var closings = 0
  /// Throttled answers in a row; those of requests that were under way together count as one.
  var refusals = 0
  /// Until then a refusal belongs to the latest one that was counted.
  private var refusalEnds: Moment
  var lastThrottled: Moment?
  var counter = RequestCounter()
  /// The provider's own window, as far as its remaining requests show it.
  private var window: (start: Moment, remaining: Int)?

  private static let usageThatSlows = 80.0
  /// An answer without usage headers proves nothing, so a figure counts for a while.
  private static let usageIsTrusted = Duration.seconds(300)
  private static let standardPause = Duration.seconds(60)
  private static let throttledPauses = BackOff(first: .seconds(15), longest: .seconds(900))

  /// A full bucket; nil is unlimited until the provider says otherwise.
  package init(perMinute: Int?, at now: Moment) {
    configured = perMinute.map { Double(max($0, 1)) }
    tokens = configured ?? 0
    counted = now
    shareExpires = now
    refusalEnds = now
  }

  /// Requests a minute that are allowed now; nil is unlimited.
  package func perMinute(at now: Moment) -> Double? {
    let limit = [configured, granted].compactMap { $0 }.min()
    return limit.map { $0 * (now < shareExpires ? share : 1) }
  }

  // MARK: Asking

  /// When the next request may go, without taking anything.
  package func ready(at now: Moment) -> Moment {
    var copy = self
    return copy.reserve(at: now).moment
  }

  /// Takes one request's worth, perhaps of the future.
  package mutating func reserve(at now: Moment) -> Reservation {
    count(to: now)
    counter.add(1, at: now)
    let start = max(now, counted)
    guard let rate = perMinute(at: now) else {
      return Reservation(moment: start, closings: closings)
    }
    tokens -= 1
    // Sums of refills miss whole numbers by a hair, which must not cost a wait.
    let lacking = tokens < -1e-6 ? -tokens : 0
    return Reservation(
      moment: lacking == 0 ? start : start + .seconds(lacking * 60 / rate),
      closings: closings
    )
  }

  /// Takes one request's worth if it may go now; otherwise takes nothing and says when it may.
  package mutating func take(at now: Moment) -> Moment? {
    let moment = ready(at: now)
    guard moment <= now else { return moment }
    _ = reserve(at: now)
    return nil
  }

  /// Counts requests of the last minute that another process has made.
  package mutating func note(earlier requests: Int, at now: Moment) {
    count(to: now)
    counter.add(requests, at: now)
    if perMinute(at: now) != nil { tokens = max(0, tokens - Double(requests)) }
  }

  package func holds(_ reservation: Reservation) -> Bool { reservation.closings == closings }

  /// Returns what was reserved and not used.
  package mutating func giveBack(_ reservation: Reservation) {
    if holds(reservation) { giveBack() }
  }

  /// Returns what was taken and not used.
  package mutating func giveBack() {
    tokens += 1
    counter.takeBack()
  }

  mutating func count(to now: Moment) {
    guard counted < now else { return }
    if let rate = perMinute(at: now) {
      // One minute's worth is the most that is saved up.
      tokens = min(max(rate, 1), tokens + (now - counted).inSeconds * rate / 60)
    }
    counted = now
  }

  // MARK: Listening

  /// What an answer's headers said.
  package mutating func observe(_ signal: RateSignal, at now: Moment) {
    count(to: now)
    let most = RequestBudgetCondition.allowedPerMinute.upperBound
    if let limit = signal.limitPerMinute, limit > 0 { grant(Double(min(limit, most))) }
    if let remaining = signal.remaining {
      observe(remaining: min(max(remaining, 0), most), at: now)
    }
    if let percent = signal.usagePercent { observe(usage: percent, at: now) }
    if let wait = signal.retryAfter { close(for: wait, at: now) }
  }

  /// The provider refused for too many requests; it may have said for how long.
  package mutating func throttled(retryAfter: Duration?, at now: Moment) {
    count(to: now)
    // Requests that were under way together are refused together, and count as one refusal.
    guard now >= refusalEnds else {
      if let retryAfter { close(for: retryAfter, at: now) }
      return
    }
    refusals += 1
    lastThrottled = now
    close(for: pause(retryAfter), at: now)
    refusalEnds = max(now, counted)
  }

  /// Goes on with a pause that the provider asked another process for.
  ///
  /// - Parameters:
  ///   - end: When it is over.
  ///   - count: How many throttled answers in a row there were.
  ///   - now: The time.
  mutating func goOn(pausedUntil end: Moment, afterRefusals count: Int, at now: Moment) {
    self.count(to: now)
    refusals = max(refusals, count)
    close(for: end - now, at: now)
    refusalEnds = max(now, counted)
  }

  private func pause(_ said: Duration?) -> Duration {
    let pauses = Self.throttledPauses
    guard let said else { return pauses.window(afterFailures: refusals) }
    return BackOff.wait(said: said, afterRefusals: refusals, longest: pauses.longest)
  }

  /// A request was answered as it should be.
  package mutating func answered() { refusals = 0 }

  private mutating func grant(_ limit: Double) {
    if configured == nil, granted == nil { tokens = limit }
    granted = limit
    if let rate = [configured, granted].compactMap({ $0 }).min() { tokens = min(tokens, rate) }
  }

  /// The provider counts in windows: while its figure falls, we are in the same one.
  private mutating func observe(remaining: Int, at now: Moment) {
    if let window, remaining <= window.remaining, now - window.start < .seconds(60) {
      self.window = (window.start, remaining)
    } else {
      window = (now, remaining)
    }
    if perMinute(at: now) != nil { tokens = min(tokens, Double(remaining)) }
    guard remaining == 0, let window else { return }
    close(for: .seconds(60) - (now - window.start), at: now)
  }

  private mutating func observe(usage percent: Double, at now: Moment) {
    guard percent.isFinite else { return }
    shareExpires = now + Self.usageIsTrusted
    let left = (100 - percent) / (100 - Self.usageThatSlows)
    share = min(1, max(0.1, left))
    if percent >= 100 { close(for: Self.standardPause, at: now) }
  }

  /// Lets nothing through until then, and after that one request to begin with.
  private mutating func close(for wait: Duration, at now: Moment) {
    let reopens = now + min(max(wait, BackOff.shortest), RateSignal.longestWait)
    guard reopens > counted else { return }
    counted = reopens
    tokens = 1
    closings += 1
  }
}
