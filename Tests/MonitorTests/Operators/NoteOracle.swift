import Health
import TestSupport

@testable import Monitor

/// The rules of acknowledgements and mutes, slow and obvious: each number and each note is looked at
/// each time.
struct NoteOracle {
  private(set) var acknowledgements: [Acknowledgement] = []
  private(set) var mutes: [Mute] = []
  private var known: [Acknowledgement.ID: Set<String>] = [:]
  private var seen: Set<Acknowledgement.ID> = []
  private let start: Moment

  init(startedAt start: Moment) { self.start = start }

  var notes: OperatorNotes { OperatorNotes(acknowledgements: acknowledgements, mutes: mutes) }

  mutating func adopt(_ notes: OperatorNotes) {
    acknowledgements = notes.acknowledgements
    mutes = notes.mutes
  }

  /// Looks at everything once, and says what the monitor has otherwise.
  mutating func mistake(in monitor: MonitorState, at now: Moment) -> String? {
    let fleet = monitor.fleet
    mutes.removeAll { $0.until <= now.date }
    acknowledgements = acknowledgements.filter { note in
      if let until = note.until, until <= now.date { return false }
      if case .number(let id) = note.subject { return fleet[id].map { holds(note, $0) } ?? true }
      return note.cause.map { holds(note, $0, in: monitor, at: now) } ?? true
    }
    let differing = monitor.notes.ids.symmetricDifference(notes.ids)
    guard differing.isEmpty else {
      let all = acknowledgements + monitor.notes.acknowledgements
      let named = all.filter { differing.contains($0.id) }.map { "\($0.subject) \($0.state)" }
      let ends = monitor.journal.events.suffix(3).map(\.kind)
      return "in force: \(monitor.notes.ids), not \(notes.ids): \(named), after \(ends)"
    }
    return marksMistake(monitor, at: now)
  }

  private mutating func holds(_ note: Acknowledgement, _ record: NumberRecord) -> Bool {
    if record.state == .available { return false }
    guard record.state.isProblem else { return true }
    if record.state < note.state { return false }
    let causes = record.causes.filter { $0.cause.kind != .poll }
    let worst = causes.map(\.cause.severity).max()
    let former = known[note.id]
    let names = causes.map { name(of: $0) }
    known[note.id, default: []].formUnion(names)
    return !zip(causes, names).contains { cause, name in
      cause.cause.severity == worst && former?.contains(name) == false
    }
  }

  /// Signals by their kind: the words may change.
  private func name(of cause: (id: CauseID, cause: Cause)) -> String {
    switch cause.id {
    case .signal where cause.cause.kind != .check: cause.cause.kind.word
    default: cause.id.key
    }
  }

  private mutating func holds(
    _ note: Acknowledgement,
    _ cause: CauseID,
    in monitor: MonitorState,
    at now: Moment
  ) -> Bool {
    let fleet = monitor.fleet
    let isThere = fleet.records.contains { $0.causes.contains { $0.id == cause } }
    if isThere {
      seen.insert(note.id)
      let state = monitor.causes.cause(cause, in: fleet)?.state ?? .unknown
      return !(state.isProblem && state < note.state)
    }
    let windows = fleet.accounts.map { fleet.window(of: $0.account.name) }
    let isSettled =
      !fleet.records.isEmpty && fleet.records.allSatisfy { $0.latest != nil }
      && now - start > windows.max() ?? .seconds(180)
    guard seen.contains(note.id) || isSettled else { return true }
    seen.insert(note.id)
    return fleet.records.contains { record in
      let ofEntities = fleet.entityTable.causes(of: record.report, from: record.reportMoment)
      return record.isOutOfSight
        && (record.lastKnownCauses + ofEntities.map(record.id(of:))).contains(cause)
    }
  }

  private func marksMistake(_ monitor: MonitorState, at now: Moment) -> String? {
    let fleet = monitor.fleet
    var (acknowledged, muted) = (0, 0)
    let filters = mutes.compactMap { try? Filter($0.filter) }
    for record in fleet.records {
      var marks: OperatorMarks = []
      if isAcknowledged(record) { marks.insert(.acknowledged) }
      if filters.contains(where: { $0.passes(record, in: fleet, at: now) }) { marks.insert(.muted) }
      guard marks == record.marks else {
        return "\(record.id.target ?? "") has \(record.marks.rawValue), not \(marks.rawValue)"
      }
      acknowledged += marks.contains(.acknowledged) ? 1 : 0
      muted += marks.contains(.muted) ? 1 : 0
    }
    let counts = fleet.counts
    guard counts.acknowledged == acknowledged, counts.muted == muted else {
      return "counts: \(counts.acknowledged) \(counts.muted), not \(acknowledged) \(muted)"
    }
    return nil
  }

  private func isAcknowledged(_ record: NumberRecord) -> Bool {
    guard record.state != .available else { return false }
    if acknowledgements.contains(where: { $0.subject == .number(record.id) }) { return true }
    let worst = record.causes.map(\.cause.severity).max()
    let decisive = record.causes.filter { $0.cause.severity == worst }
    return !decisive.isEmpty
      && decisive.allSatisfy { tie in acknowledgements.contains { $0.cause == tie.id } }
  }
}
