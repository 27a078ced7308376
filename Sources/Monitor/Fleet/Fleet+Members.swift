internal import HashTreeCollections
import Health
internal import HeapModule

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
  mutating func remove(
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
  mutating func sharing(_ reading: Reading, with record: NumberRecord) -> Reading {
    guard var report = reading.report else { return reading.withoutRaw }
    if let known = record.ownReport, let shared = report.sharing(known) {
      return reading.keeping(shared, of: record.number)
    }
    report.entities = report.entities.map { members.sharing($0) }
    return reading.keeping(report, of: record.number)
  }

  mutating func reassess(
    againAt names: Set<String>,
    at now: Moment,
    _ change: inout FleetChange
  ) {
    for index in records.indices where names.contains(records[index].number.account) {
      let account = records[index].number.account
      let (window, isRefused) = (window(of: account), isRefused(account, at: now))
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
  mutating func arrangeAccounts(_ names: [String], _ change: inout FleetChange) {
    if accountTable.arrange(names) { forget(entitiesWithoutNumbers, &change) }
  }

  private var entitiesWithoutNumbers: Set<EntityReference> {
    let wabas = templateLists.keys.map { EntityReference(type: .waba, id: $0) }
    let all = Set(entityTable.references).union(wabas).filter { !members.contains($0) }
    // Businesses of remaining WABAs stay too.
    return all.subtracting(entityTable.parents { members.contains($0) })
  }

  /// If a list could not be read, the last good one stays.
  mutating func note(_ list: TemplateList, at moment: Moment) {
    if case .failure = list.templates, case .success = templates(of: list.waba)?.templates {
      return
    }
    templateLists[list.waba] = (list, moment)
  }
}
