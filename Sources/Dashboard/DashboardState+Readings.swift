package import Health

// The door through which the world comes in.
extension DashboardState {
  /// Takes in what the refresher says.
  package mutating func receive(_ update: FleetUpdate, at moment: Moment) {
    now = max(now, moment)
    guard pause == nil else {
      _ = pause?.live.receive(update, at: now)
      return keepRawAnswers(of: update.readings)
    }
    var change = fleet.receive(update, at: now)
    keepRawAnswers(of: update.readings)
    // The names of business accounts are looked for by the filter.
    for facts in update.entities where facts.reference.type == .waba {
      change.places.formUnion(fleet.numbers(sharing: facts.reference))
    }
    adopt(change)
  }

  /// Lets time pass.
  package mutating func advance(to moment: Moment) {
    now = max(now, moment)
    if let expires = message?.expires, expires <= now { message = nil }
    guard pause == nil else {
      _ = pause?.live.advance(to: now)
      return
    }
    adopt(fleet.advance(to: now))
    turnWall()
  }

  mutating func togglePause() {
    if let ended = pause {
      fleet = ended.live
      pause = nil
      var change = FleetChange()
      change.isRenumbered = true
      adopt(change)
    } else {
      pause = Pause(since: now, live: fleet)
    }
  }

  private mutating func adopt(_ change: FleetChange) {
    guard !change.isEmpty else { return }
    if change.isRenumbered {
      rows.rebuild(from: fleet)
      ages.rebuild(from: fleet)
      kin = Kinship(of: fleet)
      tiles.rebuild(from: fleet, isShown: passesFilter)
      forgetVanished()
    } else {
      rows.update(change.places, of: fleet)
      ages.note(change.places, of: fleet)
      kin.update(change.places, of: fleet)
      tiles.update(change.places.sorted(), of: fleet, isShown: passesFilter)
    }
    if change.isRenumbered || !change.places.isEmpty { noteIncidents() }
    settleSelection()
    leaveVanishedTrees()
    refreshOutline()
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
    trees = trees.filter { fleet.index(of: $0.key) != nil }
    message = Message("The number is no longer there.", at: now)
  }
}
