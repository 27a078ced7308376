package import Health

/// Which target of an account is due when.
///
/// The first sweep goes as fast as the budgets allow; afterwards each target keeps its own place in the
/// interval, so that polls are spread. What is most overdue goes first, so nothing starves. Numbers in
/// trouble come sooner, failing targets back off, and a rejected credential leaves one slow probe.
/// Everything costs O(log n).
package struct PollSchedule: Sendable {
  package enum Outcome: Hashable, Sendable {
    case good(inTrouble: Bool)
    case failed(ProviderError)
  }

  /// What an outcome meant beyond its own target.
  package enum Effect: Hashable, Sendable {
    case none
    /// The credential is rejected for certain: not only this target's numbers are affected.
    case credentialRejected
    case credentialRecovered
  }

  struct Entry: Sendable {
    var target: PollTarget
    /// Its place in the interval, 0..<1.
    let place: Double
    /// Requests per poll.
    var cost = 1.0
    var failures = 0
    /// It failed in a way that waiting helps against.
    var backsOff = false
    var isInTrouble = false
    var wasPolled = false
    var isUnderWay = false
  }

  /// Not even a test needs it shorter, and an interval of nothing is no interval.
  package static let shortestRefresh = Duration.milliseconds(100)

  private let refresh: Duration
  private let policy: PollPolicy
  /// Places in the interval are counted from here.
  private let origin: Moment
  /// Facts come as fast as health, when there is only one sweep.
  private let spreadsFacts: Bool
  private var entries: [String: Entry] = [:]
  private var lanes: [String: Lane] = [:]
  /// Credentials by the moment of their next poll.
  private var order = DueQueue<String>()
  private var placesGiven: Int
  /// The longest of the credentials' periods; nil while it has to be found again.
  private var longestPeriod: Duration?

  /// An empty schedule; `offset`, 0..<1, keeps accounts from polling in step.
  package init(
    refresh: Duration,
    policy: PollPolicy = PollPolicy(),
    offset: Double = 0,
    spreadsFacts: Bool = true,
    at now: Moment
  ) {
    self.refresh = max(refresh, Self.shortestRefresh)
    self.policy = policy
    self.spreadsFacts = spreadsFacts
    origin = now + self.refresh * -offset
    placesGiven = 0
  }

  // MARK: What there is

  package var isEmpty: Bool { entries.isEmpty }
  package var targets: [PollTarget] { entries.values.map(\.target) }

  package func contains(_ id: String) -> Bool { entries[id] != nil }

  package func targets(of credential: String) -> [PollTarget] {
    entries.values.filter { $0.target.credential == credential }.map(\.target)
  }

  /// Adds a target, due at once, or brings one that is known up to date.
  package mutating func insert(_ target: PollTarget, at now: Moment) {
    if let known = entries[target.id] {
      guard known.target.credential != target.credential || known.target.purpose != target.purpose
      else {
        entries[target.id]?.target = target
        return
      }
      remove(target.id)
    }
    let entry = Entry(target: target, place: nextPlace())
    entries[target.id] = entry
    change(target.credential) { $0.add(entry) }
    set(target.id, due: firstTurn(of: entry, at: now))
  }

  package mutating func remove(_ id: String) {
    guard let entry = entries.removeValue(forKey: id) else { return }
    let credential = entry.target.credential
    change(credential) {
      $0.drop(id)
      $0.remove(entry)
    }
    guard lanes[credential]?.isEmpty == true else { return }
    replacePeriod(pace(of: credential).period, with: nil)
    lanes[credential] = nil
    order.remove(credential)
  }

  /// Multiples of the golden ratio fill the interval evenly, however many targets there will be.
  private mutating func nextPlace() -> Double {
    placesGiven += 1
    return (Double(placesGiven) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
  }

  private func firstTurn(of entry: Entry, at now: Moment) -> Moment {
    guard entry.target.purpose == .facts, spreadsFacts else { return now }
    return now + policy.firstFactsSpread * entry.place
  }

  // MARK: Who is due

  /// When the next target is due, as far as no answer under way decides it.
  package var nextMoment: Moment? { order.first?.moment }

  /// Takes the target that is most overdue of the credentials that may ask.
  ///
  /// `admit` takes a request from a credential's budget, or says when one will be there.
  package mutating func takeDue(at now: Moment, admit: (String) -> Moment?) -> PollTarget? {
    while let head = order.first, head.moment <= now {
      if let later = admit(head.id) {
        change(head.id) { $0.blockedUntil = max(later, now + .milliseconds(1)) }
        continue
      }
      change(head.id) { $0.blockedUntil = nil }
      guard let id = takeHead(of: head.id, at: now) else { return nil }
      entries[id]?.isUnderWay = true
      return entries[id]?.target
    }
    return nil
  }

  private mutating func takeHead(of credential: String, at now: Moment) -> String? {
    var id: String?
    change(credential) { id = $0.takeHead(at: now) }
    return id
  }

  /// Makes targets due at once, before all others; a rejected credential is tried again.
  package mutating func hasten(_ ids: some Sequence<String>, at now: Moment) {
    for id in ids { hasten(id, due: origin + .seconds(-1), at: now, probing: true) }
  }

  /// Makes all numbers due, in the order in which they would have come.
  package mutating func hastenAll(at now: Moment) {
    hastenAll(at: now, probing: true) { $0.target.purpose == .health }
  }

  /// Makes the targets due that back off: the account answers again.
  package mutating func hastenFailing(at now: Moment) {
    hastenAll(at: now) { $0.backsOff }
  }

  private mutating func hastenAll(
    at now: Moment,
    probing: Bool = false,
    where isMeant: (Entry) -> Bool
  ) {
    let meant = entries.values.filter(isMeant).map(\.target)
    let dues = meant.map { (id: $0.id, due: lanes[$0.credential]?.due(of: $0) ?? now) }
    for (id, _) in dues.sorted(by: { ($0.due, $0.id) < ($1.due, $1.id) }) {
      hasten(id, due: now, at: now, probing: probing)
    }
  }

  private mutating func hasten(_ id: String, due moment: Moment, at now: Moment, probing: Bool) {
    guard let entry = entries[id], !entry.isUnderWay else { return }
    change(entry.target.credential) { lane in
      if probing { lane.suspension?.probe = now }
      lane.set(entry.target, due: min(lane.due(of: entry.target) ?? moment, moment))
    }
  }

  // MARK: What came of it

  /// A poll ended after so many requests: decides the target's next turn, and its credential's.
  package mutating func finish(
    _ id: String,
    with outcome: Outcome,
    requests: Int = 1,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Effect {
    guard let before = entries[id] else { return .none }
    var entry = before
    entry.note(outcome, requests: requests)
    entries[id] = entry
    change(entry.target.credential) { $0.replace(before, with: entry) }
    let effect = judge(outcome, of: entry, at: now, using: &generator)
    set(id, due: nextTurn(of: entry, after: outcome, at: now, using: &generator))
    if effect == .credentialRecovered {
      hastenAll(at: now) { $0.target.credential == entry.target.credential && $0.target.id != id }
    }
    return effect
  }

  /// The rate that a credential is allowed now, in requests a minute; nil is unlimited.
  package mutating func allow(_ perMinute: Double?, for credential: String) {
    guard let inputs = lanes[credential]?.inputs, inputs.perMinute != perMinute else { return }
    change(credential) { $0.perMinute = perMinute }
  }

  private mutating func judge(
    _ outcome: Outcome,
    of entry: Entry,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Effect {
    var effect = Effect.none
    let probe = policy.probeInterval.jittered(using: &generator)
    change(entry.target.credential) { lane in
      switch outcome {
      case .good: effect = lane.answered()
      case .failed(let error) where error.kind == .credentialRejected:
        effect = lane.rejected(entry.target.purpose, at: now, nextProbe: now + probe)
      case .failed: lane.probeFailed(nextProbe: now + probe)
      }
    }
    return effect
  }

  private func nextTurn(
    of entry: Entry,
    after outcome: Outcome,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Moment {
    let pace = pace(of: entry.target.credential)
    guard case .failed(let error) = outcome else {
      return turn(of: entry, every: period(of: entry, at: pace), after: now)
    }
    switch error.kind {
    case .credentialRejected:
      return turn(of: entry, every: max(policy.probeInterval, pace.period), after: now)
    case .numberRefused:
      return turn(of: entry, every: max(policy.refusedInterval, pace.period), after: now)
    case .throttled(let retryAfter?):
      return now + min(max(retryAfter, .zero), RateSignal.longestWait)
    case .throttled, .unreachable, .timedOut, .unintelligible, .providerError:
      return now
        + backOff(of: entry, at: pace).delay(afterFailures: entry.failures, using: &generator)
    }
  }

  private func period(of entry: Entry, at pace: Pace) -> Duration {
    switch entry.target.purpose {
    case .health: entry.isInTrouble ? pace.troublePeriod : pace.period
    case .facts: pace.factsPeriod
    }
  }

  /// The first retry comes sooner than the next turn, where the budget has requests to spare.
  private func backOff(of entry: Entry, at pace: Pace) -> BackOff {
    let period = entry.target.purpose == .health ? pace.period : pace.factsPeriod / 10
    let first = pace.hasSpare ? period / 2 : period * 2
    return BackOff(first: first, longest: max(policy.longestBackOff, period * 2))
  }

  /// The next of the target's own places in the interval.
  ///
  /// One that comes within a tenth of an interval is left out: nothing can have changed much.
  private func turn(of entry: Entry, every period: Duration, after now: Moment) -> Moment {
    let elapsed = (now - origin) / period - entry.place
    let wait = elapsed.rounded(.down) + 1 - elapsed
    return now + period * (wait < 0.1 ? wait + 1 : wait)
  }

  // MARK: How often that is

  /// What `refresh` amounts to under the budgets; never shorter than `refresh`.
  package mutating func effectiveRefresh() -> Duration {
    if let longestPeriod { return max(refresh, longestPeriod) }
    let longest = lanes.keys.map { pace(of: $0).period }.max() ?? refresh
    longestPeriod = longest
    return max(refresh, longest)
  }

  /// A credential's period changed: looking at all of them is needed only when the longest shrank.
  private mutating func replacePeriod(_ before: Duration?, with after: Duration?) {
    guard let longest = longestPeriod else { return }
    if let after, after >= longest {
      longestPeriod = after
    } else if before == longest, longest > refresh {
      longestPeriod = nil
    }
  }

  private func pace(of credential: String) -> Pace {
    (lanes[credential]?.inputs ?? Lane.Inputs())
      .pace(refresh: refresh, factsInterval: policy.factsInterval)
  }

  // MARK: Bookkeeping

  private mutating func set(_ id: String, due moment: Moment) {
    guard let target = entries[id]?.target else { return }
    change(target.credential) { $0.set(target, due: moment) }
  }

  /// The one door to a lane: keeps the order of the lanes and the longest period right.
  private mutating func change(_ credential: String, _ body: (inout Lane) -> Void) {
    let before = lanes[credential].map { ($0.inputs, $0.next) }
    body(&lanes[credential, default: Lane()])
    guard let (inputs, next) = lanes[credential].map({ ($0.inputs, $0.next) }) else { return }
    if before?.0 != inputs {
      replacePeriod(before.map { period(for: $0.0) }, with: period(for: inputs))
    }
    if before?.1 != next { place(credential, at: next) }
  }

  private mutating func place(_ credential: String, at moment: Moment?) {
    if let moment {
      order.set(credential, due: moment)
    } else {
      order.remove(credential)
    }
  }

  private func period(for inputs: Lane.Inputs) -> Duration {
    inputs.pace(refresh: refresh, factsInterval: policy.factsInterval).period
  }
}

extension PollSchedule.Entry {
  /// Weighs a poll's requests against those before, since pages come and go.
  fileprivate mutating func note(_ outcome: PollSchedule.Outcome, requests: Int) {
    let isFirst = !wasPolled
    wasPolled = true
    isUnderWay = false
    switch outcome {
    case .good(let inTrouble):
      failures = 0
      backsOff = false
      isInTrouble = inTrouble
      if requests > 0 { cost = isFirst ? Double(requests) : 0.5 * cost + 0.5 * Double(requests) }
    case .failed(let error):
      failures += 1
      backsOff = error.waitingHelps
    }
  }
}
