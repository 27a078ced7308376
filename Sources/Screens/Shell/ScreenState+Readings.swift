package import Health
package import Monitor

// Updates from the monitor and time.
extension ScreenState {
  /// Adopts a snapshot at once; a paused screen does not change.
  package mutating func adopt(_ snapshot: MonitorSnapshot, at moment: Moment) {
    guard isLive else {
      now = max(now, moment)
      return
    }
    arrange(begin(snapshot, at: moment))
    note(readings: snapshot.readPlaces)
    complete(snapshot)
  }

  /// Starts to adopt a snapshot; its numbers must then be arranged, their readings noted, and the
  /// adoption completed.
  ///
  /// Both can be done in parts, so that keys are handled in between. Until then, rows keep their
  /// places but show the new data. A pause that begins meanwhile shows the whole snapshot: the monitor
  /// reports each change only once, so none may be left out.
  ///
  /// - Returns: The places of the numbers to arrange, in order.
  mutating func begin(_ snapshot: MonitorSnapshot, at moment: Moment) -> [Int] {
    now = max(now, moment)
    // Labels come from the operator, not from the monitor.
    let former = fleet
    fleet = snapshot.fleet
    fleet.keepWhatIsOperators(of: former)
    causeIndex = snapshot.causes
    journal = snapshot.journal
    confirmation = snapshot.confirmation
    notes = snapshot.notes
    shell.rawAnswers = snapshot.answers
    let change = snapshot.change
    if !change.removed.isEmpty { follow(change) }
    showAwaitedAnswer()
    room.reconcile(in: &self)
    return places(toArrangeFor: snapshot)
  }

  /// What it shows of the monitor, as a snapshot without changes.
  var shown: MonitorSnapshot {
    MonitorSnapshot(
      fleet: fleet,
      causes: causeIndex,
      journal: journal,
      answers: shell.rawAnswers
    )
  }

  /// Moves numbers to their new places.
  mutating func arrange(_ places: some Collection<Int>) {
    guard !places.isEmpty else { return }
    list.rows.update(places, of: fleet, at: now)
    tree.wabaIndex.update(places, of: fleet)
    tiles.index.update(places, of: fleet, isShown: isShown)
    if let left = list.reconcileSelection(afterReadings: fleet) { sayThatItLeft(left) }
  }

  /// Notes when numbers were read; nearly all readings change nothing else.
  mutating func note(readings places: some Collection<Int>) {
    ages.note(places, of: fleet)
  }

  /// Updates the open views after all numbers have been arranged.
  mutating func complete(_ snapshot: MonitorSnapshot) {
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
    guard isLive else { return }
    let known = list.rows.total
    arrange(list.rows.takeDue(until: now).filter { $0 < known }.sorted())
    turnWall()
    returnToTop()
  }

  /// Returns to the top, where the worst is, after a while without a key.
  private mutating func returnToTop() {
    guard let due = returnsToTop, due <= now else { return }
    shell.lastKey = nil
    room.returnToTop(in: &self)
  }

  /// When that is due; nil while the operator is typing or reading.
  var returnsToTop: Moment? {
    guard shell.wall == nil, shell.overlay == nil, !isTyping, shell.routes.count == 1 else {
      return nil
    }
    return shell.lastKey.map { $0 + Self.resumeDelay }
  }

  private static let resumeDelay = Duration.seconds(60)

  /// Pauses the screen, which keeps its data while polling continues.
  mutating func togglePause() {
    guard pause != nil else {
      pause = Pause(since: now)
      return
    }
    pause = nil
    advance(to: now)
  }

  /// The numbers that changed, in order, and those whose match may have changed, because the filter searches
  /// names of business accounts and other fields.
  private func places(toArrangeFor snapshot: MonitorSnapshot) -> [Int] {
    let change = snapshot.change
    let arranged = list.rows.looksAtReadings ? snapshot.readPlaces : snapshot.alteredPlaces
    guard change.touchesSurroundings else { return arranged }
    var places: Set<Int> = []
    for reference in change.entities where reference.type == .waba || list.rows.looksFurther {
      places.formUnion(fleet.numbers(sharing: reference))
    }
    for waba in change.templates where list.rows.looksFurther {
      places.formUnion(fleet.numbers(sharing: EntityReference(type: .waba, id: waba)))
    }
    return places.isEmpty ? arranged : places.union(arranged).sorted()
  }

  /// Tells the operator that the cursor has left its number.
  private mutating func sayThatItLeft(_ id: PhoneNumber.ID) {
    guard route == .list, let record = fleet[id], !isSaying else { return }
    let what = record.state.needsAttention ? "has moved down" : "is fine again"
    say("\(record.displayNumber) \(what); the cursor stayed on its row.", kind: .hint)
  }

  /// Whether something is said that has to be read, such as what came of a key.
  private var isSaying: Bool {
    guard let message = shell.message, message.kind != .hint else { return false }
    return message.expires.map { $0 > now } ?? true
  }

  /// The same as `passesFilter`, without access to `self`.
  var isShown: (Int) -> Bool {
    let rows = list.rows
    return rows.count == rows.total ? { _ in true } : { rows.row(of: $0) != nil }
  }

  /// Follows removed and moved numbers, so that rows don't show removed ones.
  private mutating func follow(_ change: FleetChange) {
    let count = fleet.records.count
    list.rows.follow(change.replaced, to: count, of: fleet, at: now)
    ages.follow(change.replaced, to: count)
    tree.wabaIndex.follow(to: count)
    tiles.index.follow(to: count)
    tree.inversion = nil
    forgetVanished()
    leaveVanishedTrees("The number is no longer there.")
    list.reconcileSelection(with: fleet)
    refreshOutline()
  }

  /// Forgets marks and viewed answers of vanished numbers.
  mutating func forgetVanished() {
    forgetVanishedMarks()
    shell.lookedAt.forget { fleet.index(of: $0) == nil }
  }

  /// Closes the tree of a vanished number, with a message.
  mutating func leaveVanishedTrees(_ message: String) {
    let before = shell.routes.count
    shell.routes.removeAll { route in
      if case .tree(let id) = route { fleet.index(of: id) == nil } else { false }
    }
    guard shell.routes.count < before else { return }
    tree.arrangements = tree.arrangements.filter { shell.routes.contains($0.key) }
    say(message)
  }
}
