package import Health

/// Which target of an account is due when.
///
/// The first sweep goes as fast as the budgets allow; afterwards each target keeps its own place in the
/// interval, so that polls are spread. What is most overdue goes first, so nothing starves. Numbers in
/// trouble come sooner, failing targets back off, and a rejected credential leaves one slow probe.
/// Everything costs O(log n), and inside, targets and credentials are known by their index: each poll
/// would hash their names over and over.
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
    /// The index of its credential's lane.
    let lane: Int
    /// Its place in the interval, 0..<1.
    let place: Double
    /// When its turn is; nil while it is under way.
    var due: Moment?
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
  private var entries = Slots<Entry>()
  private var lanes = Slots<Lane>()
  /// Credentials by the moment of their next poll.
  private var order = DueQueue<Int>()
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

  package func contains(_ id: String) -> Bool { entries.index(of: id) != nil }

  package func targets(of credential: String) -> [PollTarget] {
    guard let lane = lanes.index(of: credential) else { return [] }
    return entries.values.filter { $0.lane == lane }.map(\.target)
  }

  /// Adds a target, due at once, or brings one that is known up to date.
  package mutating func insert(_ target: PollTarget, at now: Moment) {
    if let index = entries.index(of: target.id) {
      let known = entries[index].target
      guard known.credential != target.credential || known.purpose != target.purpose else {
        entries[index].target = target
        return
      }
      remove(target.id)
    }
    let entry = Entry(target: target, lane: lane(of: target.credential), place: nextPlace())
    let index = entries.insert(entry, as: target.id)
    change(entry.lane) { $0.add(entry) }
    set(index, due: firstTurn(of: entry, at: now))
  }

  private mutating func lane(of credential: String) -> Int {
    if let lane = lanes.index(of: credential) { return lane }
    let lane = lanes.insert(Lane(credential: credential), as: credential)
    replacePeriod(nil, with: period(for: lanes[lane].inputs))
    return lane
  }

  package mutating func remove(_ id: String) {
    guard let index = entries.index(of: id) else { return }
    let entry = entries.remove(index, as: id)
    change(entry.lane) {
      $0.drop(index)
      $0.remove(entry)
    }
    guard lanes[entry.lane].isEmpty else { return }
    replacePeriod(pace(of: entry.lane).period, with: nil)
    lanes.remove(entry.lane, as: entry.target.credential)
    order.remove(entry.lane)
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
      if let later = admit(lanes[head.id].credential) {
        change(head.id) { $0.blockedUntil = max(later, now + .milliseconds(1)) }
        continue
      }
      var taken: Int?
      change(head.id) { lane in
        lane.blockedUntil = nil
        taken = lane.takeHead(at: now)
      }
      guard let taken else { return nil }
      entries[taken].due = nil
      entries[taken].isUnderWay = true
      return entries[taken].target
    }
    return nil
  }

  /// Makes targets due at once, before all others; a rejected credential is tried again.
  package mutating func hasten(_ ids: some Sequence<String>, at now: Moment) {
    for index in ids.compactMap(entries.index(of:)) {
      hasten(index, due: origin + .seconds(-1), at: now, probing: true)
    }
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
    let meant = entries.indices.filter { isMeant(entries[$0]) }
    let dues = meant.map { (index: $0, due: entries[$0].due ?? now, id: entries[$0].target.id) }
    for (index, _, _) in dues.sorted(by: { ($0.due, $0.id) < ($1.due, $1.id) }) {
      hasten(index, due: now, at: now, probing: probing)
    }
  }

  private mutating func hasten(_ index: Int, due moment: Moment, at now: Moment, probing: Bool) {
    let entry = entries[index]
    guard !entry.isUnderWay else { return }
    if probing { change(entry.lane) { $0.suspension?.probe = now } }
    set(index, due: min(entry.due ?? moment, moment))
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
    guard let index = entries.index(of: id) else { return .none }
    let before = entries[index]
    entries[index].note(outcome, requests: requests)
    let entry = entries[index]
    change(entry.lane) { $0.replace(before, with: entry) }
    let effect = judge(outcome, of: entry, at: now, using: &generator)
    set(index, due: nextTurn(of: entry, after: outcome, at: now, using: &generator))
    if effect == .credentialRecovered {
      hastenAll(at: now) { $0.lane == entry.lane && $0.target.id != id }
    }
    return effect
  }

  /// The rate that a credential is allowed now, in requests a minute; nil is unlimited.
  package mutating func allow(_ perMinute: Double?, for credential: String) {
    guard let lane = lanes.index(of: credential), lanes[lane].perMinute != perMinute else { return }
    change(lane) { $0.perMinute = perMinute }
  }

  private mutating func judge(
    _ outcome: Outcome,
    of entry: Entry,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Effect {
    var effect = Effect.none
    let probe = policy.probeInterval.jittered(using: &generator)
    change(entry.lane) { lane in
      switch outcome {
      case .good: effect = lane.answered()
      // What is asked beside the numbers is refused for itself: their own answers judge the key.
      case .failed(let error)
      where error.kind == .credentialRejected && entry.target.purpose == .health:
        effect = lane.rejected(at: now, nextProbe: now + probe)
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
    let pace = pace(of: entry.lane)
    guard case .failed(let error) = outcome else {
      return turn(of: entry, every: period(of: entry, at: pace), after: now)
    }
    switch error.kind {
    case .credentialRejected:
      return turn(of: entry, every: max(policy.probeInterval, pace.period), after: now)
    case .numberRefused:
      return turn(of: entry, every: max(policy.refusedInterval, pace.period), after: now)
    case .throttled(let said?):
      let longest = backOff(of: entry, at: pace).longest
      return now + BackOff.wait(said: said, afterRefusals: entry.failures, longest: longest)
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
    let longest = lanes.indices.map { pace(of: $0).period }.max() ?? refresh
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

  private func pace(of lane: Int) -> Pace {
    lanes[lane].inputs.pace(refresh: refresh, factsInterval: policy.factsInterval)
  }

  // MARK: Bookkeeping

  private mutating func set(_ index: Int, due moment: Moment) {
    entries[index].due = moment
    let entry = entries[index]
    change(entry.lane) { $0.set(index, entry.target.purpose, due: moment) }
  }

  /// The one door to a lane: keeps the order of the lanes and the longest period right.
  private mutating func change(_ lane: Int, _ body: (inout Lane) -> Void) {
    let (inputsBefore, nextBefore) = (lanes[lane].inputs, lanes[lane].next)
    body(&lanes[lane])
    let (inputs, next) = (lanes[lane].inputs, lanes[lane].next)
    if inputsBefore != inputs {
      replacePeriod(period(for: inputsBefore), with: period(for: inputs))
    }
    if nextBefore != next { place(lane, at: next) }
  }

  private mutating func place(_ lane: Int, at moment: Moment?) {
    if let moment {
      order.set(lane, due: moment)
    } else {
      order.remove(lane)
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
