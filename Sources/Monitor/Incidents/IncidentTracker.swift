import FoundationEssentials
internal import HashTreeCollections
import Health

/// Follows causes from their first victim to their last, numbers or templates.
///
/// An incident waits for a poll cycle before it is announced, so that its victims come with it. What
/// ends before that is announced at its end.
struct IncidentTracker: Sendable {
  /// What makes a number or a template bad.
  struct Impact {
    let reason: Change.Reason
    /// The state that this cause explains.
    let state: HealthState
    /// When the fault was seen, if that was before its first victim: an account that fails takes its
    /// numbers with it only after a while.
    var began: Date?
  }

  fileprivate struct Open {
    var incident: TrackedIncident
    /// The place of each subject among the victims.
    var places: [Subject: Int] = [:]
    /// How many have not left.
    var count = 0
    /// When it is announced.
    var due: Moment
  }

  private static let mostEnds = 100
  /// Nothing that was first seen longer ago is still to be told.
  private static let longestConfirmation = 3600.0

  /// By the key of the cause.
  private var open: [String: Open] = [:]
  private var memberships: TreeDictionary<Subject, [String]> = [:]
  private var changed: Set<String> = []
  private var over: [TrackedIncident] = []
  /// When the last incident of a cause ended: the next one begins later, whatever was seen first.
  private var ends: [String: Date] = [:]
  /// When the next incident is to be announced.
  private(set) var nextDue: Moment?

  /// The keys of the causes of which a number or a template is a victim.
  func causes(of subject: Subject) -> [String] {
    memberships.isEmpty ? [] : memberships[subject] ?? []
  }

  /// When the announced incidents that go on began, by the keys of their causes.
  var starts: [String: Date] {
    open.compactMapValues { $0.incident.announced == nil ? nil : $0.incident.start }
  }

  /// The victims of failing polls.
  var lostNumbers: [PhoneNumber.ID] {
    open.filter { Self.pollingRank(of: $0.key) > 0 }
      .flatMap {
        $0.value.incident.victims.lazy.filter { $0.left == nil }.compactMap(\.subject.number)
      }
  }

  /// All victims of incidents that go on.
  var victims: [Subject] { Array(memberships.keys) }

  /// How much a failure of polls comprises: an account, a provider, everything; 0 for other causes.
  static func pollingRank(of key: String) -> Int {
    if key == CauseID.offline.key { return 3 }
    return key.hasPrefix("provider/") ? 2 : key.hasPrefix("account/") ? 1 : 0
  }
}

// What changes it.
extension IncidentTracker {
  /// Sets what makes a number or a template bad from now on.
  ///
  /// - Parameters:
  ///   - subject: The number or the template.
  ///   - impacts: Its causes; empty if it isn't bad.
  ///   - keeping: The keys of causes that it stays a victim of.
  ///   - accounts: By whose polls that is found out.
  ///   - since: When that was seen first: causes begin and end then, though they are told later.
  ///   - now: The time.
  ///   - cycle: How long a new incident waits for more victims.
  mutating func set(
    _ subject: Subject,
    _ impacts: [Impact],
    keeping: [String] = [],
    polledBy accounts: Set<String> = [],
    since: Date,
    at now: Moment,
    cycle: Duration
  ) {
    let former = causes(of: subject)
    let keys = keeping + impacts.map(\.reason.key).filter { !keeping.contains($0) }
    // A failure that turns out to be a part of a larger one began when the part did.
    let moved = former.filter { Self.pollingRank(of: $0) > 0 && !keys.contains($0) }
    for impact in impacts {
      let isMoved = Self.pollingRank(of: impact.reason.key) > 0
      let joined = isMoved ? moved.compactMap { self.joined(subject, $0) }.min() : nil
      join(subject, impact, since: min(joined ?? since, since), by: accounts, at: now, cycle)
    }
    let isAbsorbed = keys.contains { Self.pollingRank(of: $0) > 0 }
    for key in former where !keys.contains(key) {
      leave(subject, key, since: since, isAbsorbed: isAbsorbed && moved.contains(key), at: now)
    }
    memberships[subject] = keys.isEmpty ? nil : keys
  }

  private func joined(_ subject: Subject, _ key: String) -> Date? {
    guard let known = open[key], known.incident.announced == nil, let place = known.places[subject]
    else { return nil }
    return known.incident.victims[place].joined
  }

  private mutating func join(
    _ subject: Subject,
    _ impact: Impact,
    since: Date,
    by accounts: Set<String>,
    at now: Moment,
    _ cycle: Duration
  ) {
    let key = impact.reason.key
    // Taken out, so that the list of victims is changed in place.
    var known = open.removeValue(forKey: key) ?? begin(impact, since: since, due: now + cycle)
    let isWorse = impact.state < known.incident.worst
    if isWorse { known.incident.worst = impact.state }
    if known.incident.announced == nil {
      known.incident.start = min(known.incident.start, start(impact, since: since))
    }
    if known.admit(subject, since: since, by: accounts) || isWorse { changed.insert(key) }
    open[key] = known
  }

  private mutating func begin(_ impact: Impact, since: Date, due: Moment) -> Open {
    nextDue = min(nextDue ?? due, due)
    let start = start(impact, since: since)
    let incident = TrackedIncident(reason: impact.reason, start: start, worst: impact.state)
    return Open(incident: incident, due: due)
  }

  private func start(_ impact: Impact, since: Date) -> Date {
    let start = min(impact.began ?? since, since)
    return max(start, ends[impact.reason.key] ?? start)
  }

  private mutating func leave(
    _ subject: Subject,
    _ key: String,
    since: Date,
    isAbsorbed: Bool,
    at now: Moment
  ) {
    guard let place = open[key]?.places[subject],
      let joined = open[key]?.incident.victims[place].joined
    else { return }
    open[key]?.incident.victims[place].left = max(joined, since)
    open[key]?.count -= 1
    changed.insert(key)
    guard var last = open[key], last.count == 0 else { return }
    open[key] = nil
    changed.remove(key)
    if last.incident.announced == nil {
      // Nobody heard of it, and the larger one tells it all.
      if isAbsorbed { return }
      last.incident.announced = now.date
    }
    let end = last.incident.victims.compactMap(\.left).max() ?? since
    last.incident.end = max(end, last.incident.start)
    // So that it is another incident, and sorts after this one.
    ends[key] = last.incident.end?.addingTimeInterval(0.001)
    over.append(last.incident)
  }

  /// Announces what is due, and returns the announced incidents that changed.
  mutating func takeNews(at now: Moment) -> [TrackedIncident] {
    if let due = nextDue, due <= now {
      for key in open.keys where open[key]?.incident.announced == nil {
        guard let due = open[key]?.due, due <= now else { continue }
        open[key]?.incident.announced = now.date
        changed.insert(key)
      }
      nextDue = open.values.filter { $0.incident.announced == nil }.map(\.due).min()
    }
    guard !changed.isEmpty || !over.isEmpty else { return [] }
    let news = changed.compactMap { open[$0]?.incident }.filter { $0.announced != nil }
    defer { (changed, over) = ([], []) }
    if ends.count > Self.mostEnds {
      ends = ends.filter { now.date.timeIntervalSince($0.value) < Self.longestConfirmation }
    }
    return (over + news).sorted { ($0.start, $0.reason.key) < ($1.start, $1.reason.key) }
  }

  /// Goes on with incidents of a former run, or of a process that polled until now.
  mutating func resume(_ incidents: [TrackedIncident], at now: Moment) {
    let remembered = Set(incidents.map(\.id))
    for incident in incidents where incident.end == nil {
      let key = incident.reason.key
      let own = open[key]
      guard own?.incident.id != incident.id else { continue }
      // Two of one cause are remembered, and only one goes on. What this process found out while another
      // one polled is not: that one's incident goes on, as it was told.
      if let own, remembered.contains(own.incident.id) {
        over.append(incident.ended(at: own.incident.start))
        continue
      }
      var resumed = Open(incident: incident, due: now)
      resumed.incident.victims = []
      let former = incident.victims.filter { $0.left == nil }
      resumed.incident.accounts.formUnion(own?.incident.accounts ?? [])
      for victim in former { resumed.admit(victim.subject, since: victim.joined) }
      for victim in own?.incident.victims ?? [] where victim.left == nil {
        resumed.admit(victim.subject, since: victim.joined)
      }
      let gone = incident.victims.filter { $0.left != nil && resumed.places[$0.subject] == nil }
      for victim in gone { resumed.admit(victim.subject, since: victim.joined, until: victim.left) }
      for victim in former where !causes(of: victim.subject).contains(key) {
        memberships[victim.subject, default: []].append(key)
      }
      open[key] = resumed
    }
    // Which of them the other process told before it ended is not known, so all are news.
    changed.formUnion(open.keys)
  }
}

extension IncidentTracker.Open {
  /// Returns whether it was no victim, or was not known to be found out by these accounts' polls.
  @discardableResult
  fileprivate mutating func admit(
    _ subject: Subject,
    since: Date,
    until: Date? = nil,
    by accounts: Set<String> = []
  ) -> Bool {
    defer { if until != nil { count -= 1 } }
    if let account = subject.account { incident.accounts.insert(account) }
    let isFoundElsewhere = !accounts.isSubset(of: incident.accounts)
    if isFoundElsewhere { incident.accounts.formUnion(accounts) }
    guard let place = places[subject] else {
      places[subject] = incident.victims.count
      incident.victims.append(TrackedIncident.Victim(subject, joined: since, left: until))
      count += 1
      return true
    }
    guard incident.victims[place].left != nil else { return isFoundElsewhere }
    incident.victims[place].left = nil
    count += 1
    return true
  }
}
