package import Health
import Monitor

// The door through which the world comes in.
extension ScreenState {
  /// Takes in what the refresher says.
  ///
  /// - Returns: Whether it is news: anything but that all is as it was, a little later.
  @discardableResult
  package mutating func receive(_ update: FleetUpdate, at moment: Moment) -> Bool {
    now = max(now, moment)
    guard pause == nil else {
      pause?.receive(update, at: now)
      keepRawAnswers(of: update.readings)
      return false
    }
    let former = update.templates.compactMap { fleet.templates(of: $0.waba) }
    var change = fleet.receive(update, at: now)
    keepRawAnswers(of: update.readings)
    // The filter looks at the names of business accounts, and at more where it names a field.
    for facts in update.entities where facts.reference.type == .waba || list.rows.looksFurther {
      change.places.formUnion(fleet.numbers(sharing: facts.reference))
    }
    for templates in update.templates where list.rows.looksFurther {
      let waba = EntityReference(type: .waba, id: templates.waba)
      change.places.formUnion(fleet.numbers(sharing: waba))
    }
    let isNews = watch.follow(change, update, in: fleet, former: former, at: now)
    adopt(change)
    return isNews || change.isRenumbered || !update.appeared.isEmpty
  }

  mutating func expect(numbers: Int) { fleet.expect(numbers: numbers) }

  /// Lets time pass.
  package mutating func advance(to moment: Moment) {
    now = max(now, moment)
    if let expires = shell.message?.expires, expires <= now { shell.message = nil }
    guard pause == nil else {
      pause?.advance(to: now)
      return
    }
    var change = fleet.advance(to: now)
    if !change.isEmpty { watch.follow(change, in: fleet, at: now) }
    change.places.formUnion(list.rows.takeTurns(until: now))
    adopt(change)
    turnWall()
  }

  /// Takes in that the configuration was read again, with a sentence on what came of it.
  package mutating func noteReload(_ text: String, at moment: Moment) {
    now = max(now, moment)
    guard pause == nil else {
      pause?.liveWatch.note(reload: text, at: now)
      return
    }
    watch.note(reload: text, at: now)
    room.reconcile(in: &self)
  }

  mutating func togglePause() {
    if let ended = pause {
      fleet = ended.live
      watch = ended.liveWatch
      pause = nil
      var change = FleetChange()
      change.isRenumbered = true
      adopt(change)
    } else {
      pause = Pause(since: now, live: fleet, liveWatch: watch)
    }
  }

  private mutating func adopt(_ change: FleetChange) {
    guard !change.isEmpty else { return }
    let isInverted = tree.inversion != nil
    if change.isRenumbered {
      list.rows.rebuild(from: fleet, at: now)
      ages.rebuild(from: fleet)
      tree.wabaIndex = WABAIndex(of: fleet)
      tiles.index.rebuild(from: fleet, isShown: passesFilter)
      forgetVanished()
    } else {
      list.rows.update(change.places, of: fleet, at: now)
      ages.note(change.places, of: fleet)
      tree.wabaIndex.update(change.places, of: fleet)
      tiles.index.update(change.places.sorted(), of: fleet, isShown: passesFilter)
    }
    if change.isRenumbered || !change.places.isEmpty { noteIncidents() }
    list.reconcileSelection(with: fleet)
    leaveVanishedTrees()
    room.reconcile(in: &self)
    guard isInverted else { return refreshOutline() }
    let hasChanged = change.isRenumbered || change.touchesSurroundings
    if tree.inversion?.update(change.places, of: fleet) != false || hasChanged {
      if change.isRenumbered { tree.inversion = nil }
      refreshOutline()
    }
  }

  private var passesFilter: (Int) -> Bool {
    let rows = list.rows
    return rows.count == rows.total ? { _ in true } : { rows.row(of: $0) != nil }
  }

  private mutating func noteIncidents() {
    incidents = fleet.worstIncidents(Self.incidentsKept)
    criticalIncidentCount = fleet.incidentCount(of: .critical)
  }

  /// More than the widest banner has room for.
  private static let incidentsKept = 24

  /// What was picked out or looked at and is gone would stay for ever.
  private mutating func forgetVanished() {
    forgetVanishedMarks()
    shell.rawAnswers.forget { fleet.index(of: $0) == nil }
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

extension ScreenState.Pause {
  fileprivate mutating func receive(_ update: FleetUpdate, at now: Moment) {
    let former = update.templates.compactMap { live.templates(of: $0.waba) }
    let change = live.receive(update, at: now)
    liveWatch.follow(change, update, in: live, former: former, at: now)
  }

  fileprivate mutating func advance(to now: Moment) {
    let change = live.advance(to: now)
    if !change.isEmpty { liveWatch.follow(change, in: live, at: now) }
  }
}
