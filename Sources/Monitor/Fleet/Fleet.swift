internal import HashTreeCollections
package import Health
internal import HeapModule

/// Every number with its latest and its last good reading, and the facts of the related entities.
///
/// The cost of a change depends on its size, not on the number of numbers. Copies share everything
/// that does not change later.
package struct Fleet: Sendable {
  package internal(set) var records = PagedArray<NumberRecord>()
  /// In the order of the configuration.
  package var accounts: [AccountCondition] { accountTable.conditions }
  var accountTable = AccountTable()
  package internal(set) var counts = FleetCounts()
  var places: TreeDictionary<PhoneNumber.ID, Int> = [:]
  var members = MembershipIndex()
  var entityTable = EntityTable()
  /// It is of a moment of the past: of each answer only the state, the reason and the names are known.
  package internal(set) var isRemembered = false
  /// The operator's names for WABAs, businesses and apps, by id.
  package var labels: [String: String] = [:]
  /// When a number flaps.
  var flappingRules = FlappingRules()
  /// Numbers that changed their state between the operator's last visit and this run.
  package var changedSinceVisit: Set<PhoneNumber.ID> = []
  /// When the next fact of an entity becomes unknown; nil if all are reported.
  var nextForgetting: Moment?
  var templateLists: [String: TemplateList] = [:]
  /// One entry per number.
  ///
  /// It may be too early, because a reading delays the real moment without updating the entry.
  private var ageing = Heap<Ageing>()

  package init() {}

  package subscript(id: PhoneNumber.ID) -> NumberRecord? { index(of: id).map { records[$0] } }

  package func index(of id: PhoneNumber.ID) -> Int? { places[id] }

  /// An entity's facts, including what its latest answer omitted.
  ///
  /// The operator's name replaces the provider's.
  package func facts(of entity: EntityReference) -> EntityFacts? {
    let facts = entityTable[entity]
    guard let label = label(of: entity) else { return facts }
    return facts?.named(label) ?? EntityFacts(reference: entity, name: label)
  }

  /// Whether any entity can have another name than in the numbers' answers.
  var knowsNames: Bool { !entityTable.isEmpty || !labels.isEmpty }

  private func label(of entity: EntityReference) -> String? {
    guard !labels.isEmpty, [.waba, .business, .app].contains(entity.type) else { return nil }
    return labels[entity.id]
  }

  /// When a condition that an entity's latest answer omitted was last reported.
  package func lastReported(
    _ subject: EntityCondition.Subject,
    of entity: EntityReference
  ) -> Moment? {
    entityTable.record(of: entity)?.lastReported(subject)
  }

  package func templates(of waba: String) -> TemplateList? { templateLists[waba] }

  /// The places of the numbers whose answers list an entity, in the order of `records`.
  package func numbers(sharing entity: EntityReference) -> [Int] {
    members.places(of: entity, first: .max).sorted()
  }

  /// A few of the numbers whose answers list an entity, without reading all of them.
  package func numbers(sharing entity: EntityReference, first limit: Int) -> [Int] {
    members.places(of: entity, first: limit)
  }

  /// How many numbers' answers list an entity.
  package func count(sharing entity: EntityReference) -> Int {
    members.count(of: entity)
  }

  /// The numbers of accounts that are not named, such as those that another process polled.
  func numbers(outside accounts: [String]) -> [PhoneNumber.ID] {
    let names = Set(accounts)
    return records.lazy.map(\.id).filter { !names.contains($0.account) }
  }

  package func condition(of account: String) -> AccountCondition? {
    accountTable[account]
  }

  /// How long a reading of an account's numbers is valid: three effective intervals.
  package func window(of account: String) -> Duration {
    (condition(of: account)?.effectiveRefresh ?? .seconds(60)) * 3
  }

  /// The earliest moment at which a state may change without a reading.
  package var nextAgeing: Moment? {
    [ageing.min?.moment, nextForgetting].compactMap(\.self).min()
  }
}

// The two entry points for changes; each returns what changed.
extension Fleet {
  package mutating func receive(_ update: FleetUpdate, at now: Moment) -> FleetChange {
    var change = FleetChange()
    forget(at: now, &change)
    change.touchesAccounts = !update.accounts.isEmpty || update.accountOrder != nil
    let reconsidered = update.accounts.filter { accountTable.note($0) }.map(\.account.name)
    if !reconsidered.isEmpty { reassess(againAt: Set(reconsidered), at: now, &change) }
    let touched = update.entities.filter { entityTable.receive($0, at: now) }.map(\.reference)
    if !update.entities.isEmpty { nextForgetting = entityTable.nextAgeing }
    change.entities.formUnion(update.entities.map(\.reference))
    change.templates.formUnion(update.templates.map(\.waba))
    for list in update.templates { note(list) }
    remove(update.vanished, at: now, &change)
    if let order = update.accountOrder { arrangeAccounts(order, &change) }
    for reference in touched { reassess(again: reference, at: now, &change) }
    for number in update.appeared {
      let place = place(of: number, at: now)
      let isRenamed = records[place.index].adopt(number)
      if place.isNew || isRenamed { change.alter(place.index) }
      if place.isNew { change.replaced.insert(place.index) }
    }
    for reading in update.readings {
      let place = place(of: reading.number, at: now)
      let isAltered = receive(reading, at: place.index, now, &change)
      change.places.insert(place.index)
      if place.isNew || isAltered { change.altered.insert(place.index) }
      if place.isNew { change.replaced.insert(place.index) }
    }
    return change
  }

  /// Lets time pass: readings that no longer count turn their numbers UNKNOWN or STALE.
  package mutating func advance(to now: Moment) -> FleetChange {
    var change = FleetChange()
    forget(at: now, &change)
    while let due = ageing.min, due.moment < now {
      ageing.removeMin()
      let window = window(of: records[due.index].number.account)
      let isRefused = isRefused(records[due.index].number.account)
      if reconcile(due.index, from: records[due.index], at: now, window, isRefused, &change) {
        change.alter(due.index)
      }
      schedule(due.index, after: now, window)
    }
    return change
  }

  /// Sets what operators said about a number.
  mutating func mark(_ index: Int, _ marks: OperatorMarks) {
    counts.add(records[index].marks, -1)
    counts.add(marks, 1)
    records[index].marks = marks
  }

  /// Returns whether the number shows something else than before, apart from ages.
  private mutating func receive(
    _ reading: Reading,
    at index: Int,
    _ now: Moment,
    _ change: inout FleetChange
  ) -> Bool {
    let condition = condition(of: reading.number.account)
    let window = (condition?.effectiveRefresh ?? .seconds(60)) * 3
    let isRefused = condition?.failure?.wasAnswered == true
    let before = records[index]
    let callingExpected = condition?.account.callingExpected ?? false
    records[index].receive(
      sharing(reading, with: before),
      assessed: reading.assessment ?? Assessment(of: reading, callingExpected: callingExpected),
      callingExpected: callingExpected,
      window: window
    )
    let isChanged = reconcile(index, from: before, at: now, window, isRefused, &change)
    if before.latest == nil {
      counts.polled += 1
      schedule(index, after: now, window)
    }
    return isChanged || before.latest == nil || !records[index].repeats(before)
  }

  /// Assesses the numbers under an entity again after its facts changed.
  private mutating func reassess(
    again reference: EntityReference,
    at now: Moment,
    _ change: inout FleetChange
  ) {
    let shared = ([reference] + entityTable.children(of: reference)).flatMap(numbers(sharing:))
    for index in Set(shared) {
      let account = records[index].number.account
      let window = window(of: account)
      if reconcile(index, from: records[index], at: now, window, isRefused(account), &change) {
        change.alter(index)
      }
    }
  }

  private mutating func forget(at now: Moment, _ change: inout FleetChange) {
    guard let due = nextForgetting, due < now else { return }
    for reference in entityTable.advance(to: now) {
      reassess(again: reference, at: now, &change)
      change.entities.insert(reference)
    }
    nextForgetting = entityTable.nextAgeing
  }

  /// Whether the whole account has answers, but without health.
  func isRefused(_ account: String) -> Bool {
    condition(of: account)?.failure?.wasAnswered == true
  }

  mutating func reconcile(
    _ index: Int,
    from before: NumberRecord,
    at now: Moment,
    _ window: Duration,
    _ isRefused: Bool,
    _ change: inout FleetChange
  ) -> Bool {
    let isChanged = records[index].reconcile(
      at: now,
      window: window,
      isRefused: isRefused,
      flapping: flappingRules,
      entityCauses: entityTable.causes
    )
    if let report = records[index].report {
      members.move(index, from: before.report, to: report)
    }
    guard isChanged else { return false }
    counts[before.state] -= 1
    counts[records[index].state] += 1
    if records[index].state != before.state { change.note(before) }
    return true
  }

  mutating func schedule(_ index: Int, after now: Moment, _ window: Duration) {
    ageing.insert(ageing(of: index, after: now, window))
  }

  private func ageing(of index: Int, after now: Moment, _ window: Duration) -> Ageing {
    // A number that has been silent for so long changes only with a new reading.
    let moment = records[index].nextAgeing(after: now, window: window) ?? now + window
    return Ageing(moment: moment, index: index)
  }
}

// Adding and removing numbers, entities and accounts.
extension Fleet {
  mutating func place(of number: PhoneNumber, at now: Moment) -> (index: Int, isNew: Bool) {
    if let index = places[number.id] { return (index, false) }
    records.append(NumberRecord(number: number, at: now))
    places[number.id] = records.count - 1
    counts[.unknown] += 1
    return (records.count - 1, true)
  }

  /// Removes numbers; the last ones move to their places.
  private mutating func remove(
    _ gone: [PhoneNumber.ID],
    at now: Moment,
    _ change: inout FleetChange
  ) {
    let gone = gone.filter { places[$0] != nil }
    guard !gone.isEmpty else { return }
    var entities: Set<EntityReference> = []
    for id in gone {
      guard let index = places.removeValue(forKey: id) else { continue }
      entities.formUnion(records[index].report?.references ?? [])
      remove(at: index, &change)
    }
    change.removed += gone
    scheduleAll(after: now)
    forget(entities.filter { !members.contains($0) }, &change)
  }

  private mutating func remove(at index: Int, _ change: inout FleetChange) {
    counts[records[index].state] -= 1
    counts.polled -= records[index].latest == nil ? 0 : 1
    counts.add(records[index].marks, -1)
    members.move(index, from: records[index].report, to: nil)
    let last = records.count - 1
    if index != last {
      let moved = records[last]
      members.move(last, from: moved.report, to: nil)
      records[index] = moved
      places[moved.id] = index
      members.move(index, from: nil, to: moved.report)
      change.alter(index)
      change.replaced.insert(index)
    }
    records.removeLast()
    change.places.remove(last)
    change.altered.remove(last)
    change.replaced.remove(last)
  }

  /// Forgets entities of removed numbers; those that still exist will be reported again.
  private mutating func forget(
    _ entities: some Sequence<EntityReference>,
    _ change: inout FleetChange
  ) {
    for reference in entities {
      if entityTable.remove(reference) { change.entities.insert(reference) }
      guard reference.type == .waba else { continue }
      if templateLists.removeValue(forKey: reference.id) != nil {
        change.templates.insert(reference.id)
      }
    }
    nextForgetting = entityTable.nextAgeing
  }

  /// The same reading, sharing memory with what is held already: most answers repeat the one
  /// before.
  private mutating func sharing(_ reading: Reading, with record: NumberRecord) -> Reading {
    guard var report = reading.report else { return reading.withoutRaw }
    if let known = record.ownReport, let shared = report.sharing(known) {
      return reading.keeping(shared, of: record.number)
    }
    report.entities = report.entities.map { members.sharing($0) }
    return reading.keeping(report, of: record.number)
  }

  private mutating func reassess(
    againAt names: Set<String>,
    at now: Moment,
    _ change: inout FleetChange
  ) {
    for index in records.indices where names.contains(records[index].number.account) {
      let account = records[index].number.account
      let (window, isRefused) = (window(of: account), isRefused(account))
      if reconcile(index, from: records[index], at: now, window, isRefused, &change) {
        change.alter(index)
      }
    }
    scheduleAll(after: now)
  }

  /// Schedules every number, if entries may be missing or too late.
  private mutating func scheduleAll(after now: Moment) {
    ageing = Heap(
      records.indices.compactMap { index in
        records[index].latest == nil
          ? nil : ageing(of: index, after: now, window(of: records[index].number.account))
      }
    )
  }

  /// Removes accounts that are not named, and entities without numbers.
  private mutating func arrangeAccounts(_ names: [String], _ change: inout FleetChange) {
    if accountTable.arrange(names) { forget(entitiesWithoutNumbers, &change) }
  }

  private var entitiesWithoutNumbers: Set<EntityReference> {
    let wabas = templateLists.keys.map { EntityReference(type: .waba, id: $0) }
    let all = Set(entityTable.references).union(wabas).filter { !members.contains($0) }
    // Businesses of remaining WABAs stay too.
    return all.subtracting(entityTable.parents { members.contains($0) })
  }

  /// If a list could not be read, the last good one stays.
  mutating func note(_ list: TemplateList) {
    if case .failure = list.templates, case .success = templateLists[list.waba]?.templates {
      return
    }
    templateLists[list.waba] = list
  }
}

private struct Ageing: Comparable, Sendable {
  let moment: Moment
  let index: Int

  static func < (left: Self, right: Self) -> Bool { left.moment < right.moment }
}
