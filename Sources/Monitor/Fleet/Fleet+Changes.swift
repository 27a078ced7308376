package import Health
internal import HeapModule

// The two entry points for changes; each returns what changed.
extension Fleet {
  package mutating func receive(_ update: FleetUpdate, at now: Moment) -> FleetChange {
    receive(update, at: now) { _, _ in }
  }

  /// Applies an update, and completes the record of each reading, which was another one before.
  ///
  /// Entities and templates were read at their moments, or now.
  mutating func receive(
    _ update: FleetUpdate,
    _ entityMoments: EntityMoments = EntityMoments(),
    at now: Moment,
    complete: (inout NumberRecord, _ before: NumberRecord) -> Void
  ) -> FleetChange {
    var change = FleetChange()
    forget(at: now, &change)
    change.touchesAccounts = !update.accounts.isEmpty || update.accountOrder != nil
    let reconsidered = update.accounts.filter { accountTable.note($0, at: now) }.map(\.account.name)
    if !reconsidered.isEmpty { reassess(againAt: Set(reconsidered), at: now, &change) }
    let touched = update.entities
      .filter { entityTable.receive($0, at: entityMoments.facts[$0.reference] ?? now) }
      .map(\.reference)
    if !update.entities.isEmpty { nextForgetting = entityTable.nextAgeing }
    change.entities.formUnion(update.entities.map(\.reference))
    change.templates.formUnion(update.templates.map(\.waba))
    for list in update.templates { note(list, at: entityMoments.templates[list.waba] ?? now) }
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
      let isAltered = receive(reading, at: place.index, now, &change, complete)
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
      let isRefused = isRefused(records[due.index].number.account, at: now)
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
    _ change: inout FleetChange,
    _ complete: (inout NumberRecord, _ before: NumberRecord) -> Void
  ) -> Bool {
    let condition = condition(of: reading.number.account)
    let window = (condition?.effectiveRefresh ?? .seconds(60)) * 3
    let isRefused = isRefused(reading.number.account, at: now)
    let before = records[index]
    let callingExpected = condition?.account.callingExpected ?? false
    records[index].receive(
      sharing(reading, with: before),
      assessed: reading.assessment ?? Assessment(of: reading, callingExpected: callingExpected),
      callingExpected: callingExpected,
      window: window
    )
    complete(&records[index], before)
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
      let (window, isRefused) = (window(of: account), isRefused(account, at: now))
      if reconcile(index, from: records[index], at: now, window, isRefused, &change) {
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
  ///
  /// Once it has some again, its numbers are asked one after the other: what was the reason stays so
  /// until then, for a window at most.
  func isRefused(_ account: String, at now: Moment) -> Bool {
    if condition(of: account)?.failure?.wasAnswered == true { return true }
    return accountTable.recoveries[account].map { now - $0 <= window(of: account) } ?? false
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

  func ageing(of index: Int, after now: Moment, _ window: Duration) -> Ageing {
    let recovered = accountTable.recoveries[records[index].number.account]
    let next = [
      records[index].nextAgeing(after: now, window: window),
      recovered.map { $0 + window }.flatMap { $0 >= now ? $0 : nil },
    ]
    // A number that has been silent for so long changes only with a new reading.
    return Ageing(moment: next.compactMap(\.self).min() ?? now + window, index: index)
  }
}
