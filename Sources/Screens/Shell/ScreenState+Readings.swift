package import Health
package import Monitor

// The door through which the world comes in.
extension ScreenState {
  /// Takes over what the monitor says, all of it at once; a paused screen stays as it is.
  package mutating func adopt(_ snapshot: MonitorSnapshot, at moment: Moment) {
    arrange(begin(snapshot, at: moment))
    complete(snapshot)
  }

  /// Takes over what the monitor says; its numbers are still to be arranged, and that is to be completed.
  ///
  /// Numbers can be arranged in parts, so that keys are answered in between: until then rows stand where
  /// they stood, and say what is so now.
  ///
  /// - Returns: The places of the numbers to be arranged, in the order in which that is to be done.
  mutating func begin(_ snapshot: MonitorSnapshot, at moment: Moment) -> [Int] {
    now = max(now, moment)
    guard pause == nil else { return [] }
    // Labels are the operator's, and no news of the monitor's.
    let labels = fleet.labels
    fleet = snapshot.fleet
    fleet.labels = labels
    causeIndex = snapshot.causes
    journal = snapshot.journal
    shell.rawAnswers = snapshot.answers
    let change = snapshot.change
    if !change.removed.isEmpty { follow(change) }
    showAwaitedAnswer()
    room.reconcile(in: &self)
    return places(of: change).sorted()
  }

  /// Puts numbers where they belong now.
  mutating func arrange(_ places: some Collection<Int>) {
    guard pause == nil, !places.isEmpty else { return }
    list.rows.update(places, of: fleet, at: now)
    ages.note(places, of: fleet)
    tree.wabaIndex.update(places, of: fleet)
    tiles.index.update(places, of: fleet, isShown: isShown)
    if let left = list.reconcileSelection(afterReadings: fleet) { sayThatItLeft(left) }
  }

  /// Brings what is open up to date, once all numbers are arranged.
  mutating func complete(_ snapshot: MonitorSnapshot) {
    guard pause == nil else { return }
    changeCount = snapshot.changeCount
    let change = snapshot.change
    room.reconcile(in: &self)
    let isTouched = tree.inversion?.update(change.places, of: fleet) != false
    if tree.inversion == nil || isTouched || change.touchesSurroundings { refreshOutline() }
  }

  /// Lets time pass.
  package mutating func advance(to moment: Moment) {
    now = max(now, moment)
    if let expires = shell.message?.expires, expires <= now { shell.message = nil }
    guard pause == nil else { return }
    let known = list.rows.total
    arrange(list.rows.takeTurns(until: now).filter { $0 < known }.sorted())
    turnWall()
    returnToTop()
  }

  /// Nobody has pressed a key for a while: what is worst is in view again.
  private mutating func returnToTop() {
    guard let due = returnsToTop, due <= now else { return }
    shell.lastKey = nil
    room.returnToTop(in: &self)
  }

  /// When that is due; nil while the operator is in the middle of something.
  var returnsToTop: Moment? {
    guard shell.wall == nil, shell.overlay == nil, !isTyping, shell.routes.count == 1 else {
      return nil
    }
    return shell.lastKey.map { $0 + Self.patience }
  }

  private static let patience = Duration.seconds(60)

  /// The screen stands still while polling goes on: it keeps what it has.
  mutating func togglePause() {
    guard pause != nil else {
      pause = Pause(since: now)
      return
    }
    pause = nil
    advance(to: now)
  }

  /// The numbers that changed, and those that the filter may see otherwise: it looks at the names of
  /// business accounts, and at more where it names a field.
  private func places(of change: FleetChange) -> Set<Int> {
    var places = change.places
    for reference in change.entities where reference.type == .waba || list.rows.looksFurther {
      places.formUnion(fleet.numbers(sharing: reference))
    }
    for waba in change.templates where list.rows.looksFurther {
      places.formUnion(fleet.numbers(sharing: EntityReference(type: .waba, id: waba)))
    }
    return places
  }

  /// Where the cursor is no longer on its number, that is said.
  private mutating func sayThatItLeft(_ id: PhoneNumber.ID) {
    guard route == .list, let record = fleet[id] else { return }
    let what = record.state.needsAttention ? "has moved down" : "is fine again"
    say("\(record.displayNumber) \(what); the cursor stayed on its row.", kind: .hint)
  }

  /// The same as `passesFilter`, for what is changed meanwhile.
  private var isShown: (Int) -> Bool {
    let rows = list.rows
    return rows.count == rows.total ? { _ in true } : { rows.row(of: $0) != nil }
  }

  /// Numbers went away, and others came to their places: rows must not show those that are gone.
  private mutating func follow(_ change: FleetChange) {
    let count = fleet.records.count
    list.rows.follow(change.replaced, to: count, of: fleet, at: now)
    ages.follow(change.replaced, to: count)
    tree.wabaIndex.follow(to: count)
    tiles.index.follow(to: count)
    tree.inversion = nil
    forgetVanished()
    leaveVanishedTrees()
    list.reconcileSelection(with: fleet)
    refreshOutline()
  }

  /// What was picked out or looked at and is gone would stay for ever.
  private mutating func forgetVanished() {
    forgetVanishedMarks()
    shell.lookedAt.forget { fleet.index(of: $0) == nil }
  }

  /// A tree whose number is gone closes, with a word on why.
  private mutating func leaveVanishedTrees() {
    let before = shell.routes.count
    shell.routes.removeAll { route in
      if case .tree(let id) = route { fleet.index(of: id) == nil } else { false }
    }
    guard shell.routes.count < before else { return }
    tree.arrangements = tree.arrangements.filter { shell.routes.contains($0.key) }
    say("The number is no longer there.")
  }
}
