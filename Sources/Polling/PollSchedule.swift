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
    var place: Double
    /// Another run polled it: its place is where its next turn ends.
    var isResumed = false
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

  let refresh: Duration
  let policy: PollPolicy
  /// Places in the interval are counted from here.
  let origin: Moment
  /// Facts come as fast as health, when there is only one sweep.
  let spreadsFacts: Bool
  var entries = SlotMap<Entry>()
  var lanes = SlotMap<Lane>()
  /// Credentials by the moment of their next poll.
  var order = DueQueue<Int>()
  var placesGiven: Int
  /// The longest of the credentials' periods; nil while it has to be found again.
  var longestPeriod: Duration?

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

  // MARK: Bookkeeping

  mutating func set(_ index: Int, due moment: Moment) {
    entries[index].due = moment
    let entry = entries[index]
    change(entry.lane) { $0.set(index, entry.target.purpose, due: moment) }
  }

  /// The only way to change a lane: keeps the order of the lanes and the longest period right.
  mutating func change(_ lane: Int, _ body: (inout Lane) -> Void) {
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

  func period(for inputs: Lane.Inputs) -> Duration {
    inputs.pace(refresh: refresh, factsInterval: policy.factsInterval).period
  }
}
