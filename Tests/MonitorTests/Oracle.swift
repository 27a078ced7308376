import Health
import TestSupport

@testable import Monitor

/// The slow and obvious second implementation: a plain list of numbers by their names, all of them
/// looked at again for every question.
struct Oracle {
  private(set) var numbers: [PhoneNumber.ID: NumberRecord] = [:]
  private(set) var accounts: [AccountCondition] = []
  /// When accounts answered again that were answered without health before.
  private var recovered: [String: Moment] = [:]
  private var facts: [EntityReference: EntityFacts] = [:]
  /// When they were told last.
  private var factsRead: [EntityReference: Moment] = [:]
  private var templates: [String: [MessageTemplate]] = [:]
  /// The state that each number was last told to be in.
  private var told: [PhoneNumber.ID: HealthState] = [:]
  private var lastSequence = 0
  /// Since when each cause is one, and whom it hit.
  private var known: [CauseID: (since: Moment, members: Set<PhoneNumber.ID>)] = [:]
  private var now: Moment?
  private var flapping: Set<PhoneNumber.ID> = []
  private var incidents = IncidentOracle()
  private var confirmed: [PhoneNumber.ID: ConfirmationOracle] = [:]
  let rules: ConfirmationRules

  init(_ rules: ConfirmationRules) { self.rules = rules }

  func account(_ name: String) -> Account {
    .sample(name, provider: name == "c" ? "kapso" : "meta")
  }

  private func condition(_ name: String) -> AccountCondition? {
    accounts.first { $0.account.name == name }
  }

  private func window(of name: String) -> Duration {
    (condition(name)?.effectiveRefresh ?? .seconds(60)) * 3
  }
}

// What is told.
extension Oracle {
  mutating func receive(_ update: FleetUpdate, at now: Moment) {
    look(at: now)
    for condition in update.accounts {
      let isRefused = self.condition(condition.account.name)?.failure?.wasAnswered == true
      if isRefused { recovered[condition.account.name] = now }
      if condition.failure != nil { recovered[condition.account.name] = nil }
      if let place = accounts.firstIndex(where: { $0.account.name == condition.account.name }) {
        accounts[place] = condition
      } else {
        accounts.append(condition)
      }
    }
    look(at: now)
    for told in update.entities {
      facts[told.reference] = told
      factsRead[told.reference] = now
    }
    for list in update.templates {
      if case .success(let all) = list.templates { templates[list.waba] = all }
    }
    remove(update.vanished)
    for id in update.vanished { confirmed[id] = nil }
    incidents.forget(update.vanished)
    if let order = update.accountOrder {
      remove(numbers.keys.filter { !order.contains($0.account) })
      let count = accounts.count
      accounts = accounts.filter { order.contains($0.account.name) }
      recovered = recovered.filter { order.contains($0.key) }
      if accounts.count < count { forget { _ in true } }
    }
    for number in update.appeared {
      _ = numbers[number.id, default: NumberRecord(number: number, at: now)].adopt(number)
    }
    for reading in update.readings { receive(reading, at: now) }
    look(at: now)
    confirm(update.readings.filter { $0.report != nil }.map(\.number.id), at: now)
  }

  private mutating func remove(_ gone: [PhoneNumber.ID]) {
    var left: Set<EntityReference> = []
    for id in gone { left.formUnion(numbers.removeValue(forKey: id)?.report?.references ?? []) }
    flapping.subtract(gone)
    forget(where: left.contains)
  }

  /// Forgets entities that no number hangs on.
  private mutating func forget(where mayGo: (EntityReference) -> Bool) {
    let alive = Set(numbers.values.flatMap { $0.report?.references ?? [] })
    facts = facts.filter { alive.contains($0.key) || !mayGo($0.key) }
    templates = templates.filter { waba, _ in
      let reference = EntityReference(type: .waba, id: waba)
      return alive.contains(reference) || !mayGo(reference)
    }
  }

  private mutating func receive(_ reading: Reading, at now: Moment) {
    let id = reading.number.id
    if numbers[id] == nil { numbers[id] = NumberRecord(number: reading.number, at: now) }
    let window = window(of: id.account)
    numbers[id]?.receive(
      reading,
      assessed: Assessment(of: reading, callingExpected: false),
      callingExpected: false,
      window: window
    )
    age(id, to: now)
  }

  mutating func age(to now: Moment) {
    look(at: now)
    confirm([], at: now)
  }

  private mutating func look(at now: Moment) {
    self.now = now
    for id in numbers.keys { age(id, to: now) }
  }

  private mutating func confirm(_ answered: [PhoneNumber.ID], at now: Moment) {
    confirmed = confirmed.filter { numbers[$0.key] != nil }
    for (id, record) in numbers where record.latest != nil {
      confirmed[id, default: ConfirmationOracle()]
        .note(record, isAnswer: answered.contains(id), rules, at: now)
    }
    incidents.look(at: numbers, confirmed.compactMapValues(\.told), templates)
  }

  private mutating func age(_ id: PhoneNumber.ID, to now: Moment) {
    guard var record = numbers[id] else { return }
    let (facts, factsRead) = (facts, factsRead)
    func entityCauses(of report: HealthReport?, from moment: Moment) -> [Cause] {
      (report?.references ?? []).flatMap { reference in
        let listed = report?.entities.first { $0.reference == reference }?.messaging
        let isOutdated = factsRead[reference].map { moment - $0 > .seconds(60) } ?? false
        return (facts[reference]?.conditions ?? []).filter { $0.severity > .ok }
          .filter { !($0.subject == .health && listed != nil && isOutdated) }
          .map { $0.cause(of: reference).of(phoneNumberID: report?.phoneNumberID) }
      }
    }
    let window = window(of: id.account)
    let hasRecovered = recovered[id.account].map { now - $0 <= window } ?? false
    _ = record.reconcile(
      at: now,
      window: window,
      isRefused: hasRecovered || condition(id.account)?.failure?.wasAnswered == true,
      entityCauses: entityCauses
    )
    numbers[id] = record
  }
}

// What has to be so.
extension Oracle {
  /// What is wrong with incidents as they are told.
  mutating func told(_ news: [TrackedIncident]) -> String? { incidents.note(news) }

  mutating func mistake(in monitor: MonitorState, _ changes: [Change], at now: Moment) -> String? {
    fleetMistake(monitor.fleet) ?? causesMistake(monitor, at: now) ?? pollingMistake(monitor)
      ?? templatesMistake(monitor) ?? changesMistake(changes) ?? journalMistake(monitor.journal)
      ?? incidents.mistake(in: monitor.incidents, numbers.keys)
  }

  private func fleetMistake(_ fleet: Fleet) -> String? {
    guard fleet.records.count == numbers.count else { return "numbers: \(fleet.records.count)" }
    var counts = FleetCounts()
    for (place, record) in fleet.records.enumerated() {
      guard let own = numbers[record.id] else { return "\(record.number) is none" }
      counts[own.state] += 1
      counts.polled += own.latest == nil ? 0 : 1
      // Which marks are right is looked at by another one.
      counts.add(record.marks, 1)
      guard fleet.index(of: record.id) == place else { return "place of \(record.number)" }
      guard own.state == record.state, own.assessment == record.assessment,
        own.number == record.number, own.stateSince == record.stateSince
      else {
        return "\(record.state) \(record.assessment) \(record.stateSince.uptime), "
          + "not \(own.state) \(own.assessment) \(own.stateSince.uptime)"
      }
    }
    guard fleet.counts == counts else { return "counts: \(fleet.counts)" }
    for reference in Set(numbers.values.flatMap { $0.report?.references ?? [] }) {
      let sharing = numbers.values.filter { $0.report?.references.contains(reference) == true }
      let found = fleet.numbers(sharing: reference).map { fleet.records[$0].id }
      guard found.sorted() == sharing.map(\.id).sorted() else { return "numbers of \(reference)" }
    }
    return facts.keys.first { fleet.facts(of: $0) == nil }.map { "facts of \($0)" }
  }

  private mutating func causesMistake(_ monitor: MonitorState, at now: Moment) -> String? {
    var members: [CauseID: [(record: NumberRecord, severity: Severity)]] = [:]
    for record in numbers.values {
      for (id, cause) in record.causes where !id.isPolling {
        members[id, default: []].append((record, cause.severity))
      }
    }
    let lines = monitor.causes.lines(in: monitor.fleet)
      .filter { !$0.id.isPolling && !$0.isOfTemplates }
    guard Set(lines.map(\.id)) == Set(members.keys), lines.count == members.count else {
      return "causes: \(lines.map(\.id.key)), not \(members.keys.map(\.key))"
    }
    for (place, line) in lines.enumerated() {
      let hit = members[line.id] ?? []
      let severity = hit.map(\.severity).max() ?? .ok
      let relieved = hit.count { isSole(line.id, severity, $0.record) }
      guard line.hit == hit.count, line.severity == severity, line.relieved == relieved else {
        return "\(line.id.key): \(line.hit) of \(hit.count), \(line.severity) of \(severity), "
          + "relieves \(line.relieved) of \(relieved)"
      }
      let crowd = monitor.causes.crowd(of: line.id).places.map { monitor.fleet.records[$0] }
      guard crowd.map(\.id).sorted() == hit.map(\.record.id).sorted(),
        crowd.map(\.state) == crowd.map(\.state).sorted()
      else { return "numbers of \(line.id.key)" }
      if let mistake = sinceMistake(line, Set(crowd.map(\.id)), at: now) { return mistake }
      guard place == 0 || !Self.precedes(line, lines[place - 1]) else { return "order" }
    }
    known = known.filter { members[$0.key] != nil }
    return nil
  }

  private func isSole(_ id: CauseID, _ severity: Severity, _ record: NumberRecord) -> Bool {
    let worst = record.causes.map(\.cause.severity).max()
    let decisive = record.causes.filter { $0.cause.severity == worst }
    return decisive.count == 1 && decisive[0].id == id && worst == severity
      && record.state.severity <= severity
  }

  /// A cause that goes on hitting a number keeps its age.
  private mutating func sinceMistake(
    _ line: RankedCause,
    _ members: Set<PhoneNumber.ID>,
    at now: Moment
  ) -> String? {
    guard let since = line.since, since <= now else { return "no since of \(line.id.key)" }
    defer { known[line.id] = (since, members) }
    guard let former = known[line.id], !former.members.isDisjoint(with: members) else { return nil }
    return since == former.since ? nil : "since of \(line.id.key)"
  }

  private static func precedes(_ left: RankedCause, _ right: RankedCause) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.hit != right.hit { return left.hit > right.hit }
    guard let older = left.since, let newer = right.since else { return false }
    return older != newer && older < newer
  }

  private func pollingMistake(_ monitor: MonitorState) -> String? {
    var hits: [CauseID: Int] = [:]
    for record in numbers.values {
      for (id, _) in record.causes where id.isPolling { hits[whole(of: id), default: 0] += 1 }
    }
    for condition in accounts {
      if let id = trouble(of: condition) { hits[whole(of: id), default: 0] += 0 }
    }
    let lines = monitor.causes.lines(in: monitor.fleet).filter(\.id.isPolling)
    let found = Dictionary(lines.map { ($0.id, $0.hit) }, uniquingKeysWith: { $1 })
    return found == hits ? nil : "polling: \(found), not \(hits)"
  }

  private func trouble(of condition: AccountCondition) -> CauseID? {
    condition.failure.map {
      .account(condition.account.name, CauseID.Trouble(PollOutcome($0.kind)))
    }
  }

  /// All accounts, all of a provider's several, or the one account.
  private func whole(of id: CauseID) -> CauseID {
    guard case .account(let name, let trouble) = id else { return id }
    let unreachable = accounts.filter { $0.trouble == .unreachable }
    let isOffline = accounts.count > 1 && unreachable.count == accounts.count
    if isOffline, trouble == .unreachable { return .offline }
    guard let own = condition(name), own.trouble == trouble, !isOffline else {
      return isOffline && condition(name)?.trouble == trouble ? .offline : id
    }
    let siblings = accounts.filter { $0.account.provider == own.account.provider }
    let isShared = siblings.count > 1 && siblings.allSatisfy { $0.trouble == trouble }
    return isShared && trouble == .unreachable ? .provider(own.account.provider, trouble) : id
  }

  private func templatesMistake(_ monitor: MonitorState) -> String? {
    var hits: [CauseID: Int] = [:]
    for template in templates.values.joined() where template.status.value.isTrouble {
      hits[.templates(template.status.value), default: 0] += 1
    }
    let lines = monitor.causes.lines(in: monitor.fleet).filter(\.isOfTemplates)
    let found = Dictionary(lines.map { ($0.id, $0.hit) }, uniquingKeysWith: { $1 })
    return found == hits ? nil : "templates: \(found), not \(hits)"
  }

  /// Each number's changes are a chain from its first answer to how it is now.
  private mutating func changesMistake(_ changes: [Change]) -> String? {
    for change in changes {
      guard change.sequence > lastSequence else { return "sequence" }
      lastSequence = change.sequence
      switch change.event {
      case .number(let number, let from, let to):
        guard told[number.id] == from, from != to else {
          return "\(number.id) was \(told[number.id].map(\.word) ?? "nothing"): \(change)"
        }
        told[number.id] = to
      case .vanished(let number): told[number.id] = nil
      case .flapping(let number, _, _):
        guard flapping.insert(number.id).inserted else { return "flaps already: \(number)" }
      case .steady(let number):
        guard flapping.remove(number.id) != nil else { return "did not flap: \(number)" }
      case .appeared, .failing, .answering, .template, .reloaded, .acknowledged, .unacknowledged,
        .muted, .unmuted:
        break
      }
    }
    told = told.filter { numbers[$0.key] != nil }
    let flaps = Set(numbers.values.filter(\.polls.isFlapping).map(\.id))
    guard flapping == flaps else { return "flap: \(flaps), told: \(flapping)" }
    return numbers.values.first { $0.latest != nil && told[$0.id] != confirmed[$0.id]?.told }
      .map { "\($0.number) is \($0.state), told \(String(describing: told[$0.id]))" }
  }

  /// No event says what no reading said.
  private func journalMistake(_ journal: EventJournal) -> String? {
    var last: [PhoneNumber.ID: JournalEvent] = [:]
    // In the order in which they were told: what had to be confirmed happened before that.
    for event in journal.events.suffix(200).sorted(by: { $0.id < $1.id }) {
      guard Set(event.victims).count == event.victims.count else { return "twice in \(event)" }
      if case .states(let from, let to) = event.kind, from == to { return "no change: \(event)" }
      for number in journal.numbers(of: event) { last[number] = event }
    }
    for (id, event) in last {
      // What stands for an account comes and goes without an event.
      guard let state = confirmed[id]?.told, id.target != nil, !flapping.contains(id) else {
        continue
      }
      let isLost = state == .unknown || state == .stale
      switch event.kind {
      case .states(_, let to):
        // Of several states that are bad, or of which nothing is known, the event has one.
        guard to.isProblem == state.isProblem, to.isLost == state.isLost else {
          return "\(id.target ?? "") is \(state): \(event)"
        }
      case .failing: guard isLost else { return "answers: \(event)" }
      case .answering: guard !isLost else { return "does not answer: \(event)" }
      case .flapping: return "flaps no more: \(event)"
      case .vanished, .appeared, .steady, .started, .stopped, .gap, .reloaded, .tookOver,
        .template, .acknowledged, .unacknowledged, .muted, .unmuted:
        break
      }
    }
    return nil
  }
}
