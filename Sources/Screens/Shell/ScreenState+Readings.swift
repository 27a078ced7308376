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
    for facts in update.entities where facts.reference.type == .waba || rows.looksFurther {
      change.places.formUnion(fleet.numbers(sharing: facts.reference))
    }
    for list in update.templates where rows.looksFurther {
      let waba = EntityReference(type: .waba, id: list.waba)
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
    if let expires = message?.expires, expires <= now { message = nil }
    guard pause == nil else {
      pause?.advance(to: now)
      return
    }
    var change = fleet.advance(to: now)
    if !change.isEmpty { watch.follow(change, in: fleet, at: now) }
    change.places.formUnion(rows.takeTurns(until: now))
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
    reconcileEvents()
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
    let isInverted = inversion != nil
    if change.isRenumbered {
      rows.rebuild(from: fleet, at: now)
      ages.rebuild(from: fleet)
      wabaIndex = WABAIndex(of: fleet)
      tiles.rebuild(from: fleet, isShown: passesFilter)
      forgetVanished()
    } else {
      rows.update(change.places, of: fleet, at: now)
      ages.note(change.places, of: fleet)
      wabaIndex.update(change.places, of: fleet)
      tiles.update(change.places.sorted(), of: fleet, isShown: passesFilter)
    }
    if change.isRenumbered || !change.places.isEmpty { noteIncidents() }
    reconcileSelection()
    reconcileCauses()
    reconcileEvents()
    leaveVanishedTrees()
    guard isInverted else { return refreshOutline() }
    let hasChanged = change.isRenumbered || change.touchesSurroundings
    if inversion?.update(change.places, of: fleet) != false || hasChanged {
      if change.isRenumbered { inversion = nil }
      refreshOutline()
    }
  }

  private var passesFilter: (Int) -> Bool {
    let rows = rows
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
    rawAnswers.forget { fleet.index(of: $0) == nil }
  }

  /// A tree whose number is gone closes, with a word on why.
  private mutating func leaveVanishedTrees() {
    let before = routes.count
    routes.removeAll { route in
      if case .tree(let id) = route { fleet.index(of: id) == nil } else { false }
    }
    guard routes.count < before else { return }
    trees = trees.filter { routes.contains($0.key) }
    message = Message("The number is no longer there.", at: now)
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
