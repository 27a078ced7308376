import Health

import struct FoundationEssentials.Date

/// Keeps what operators said: which numbers it covers, and when it is over.
///
/// An update costs as much as the numbers that change. Only new and ended notes need a pass over all
/// numbers.
struct OperatorIndex: Sendable {
  private(set) var notes = OperatorNotes()
  var matchers: [MuteMatcher] = []
  var watches: [Acknowledgement.ID: CauseWatch] = [:]
  /// The causes that each acknowledged number had; another one undoes the acknowledgement.
  var known: [Acknowledgement.ID: Set<CauseID>] = [:]
  /// Acknowledgements that are over, but whose end another process has to write.
  var overruled: Set<Acknowledgement.ID> = []
  /// The accounts that are polled here; nil means all.
  ///
  /// Who polls an account ends what operators said about its numbers.
  var accountsPolledHere: Set<String>?
  let start: Moment
  /// What was ended here; the store may not know it yet.
  private var ended: Set<String> = []
  /// When the time of the next note is over.
  private var nextExpiry: Date?

  /// - Parameters:
  ///   - notes: What is in force already; its numbers have their marks.
  ///   - now: When this run started.
  init(_ notes: OperatorNotes, startedAt now: Moment) {
    start = now
    replace(with: notes)
  }

  /// What is so at a moment, for the rules.
  struct Situation {
    let fleet: Fleet
    let causes: CauseIndex
    let now: Moment
  }

  /// What an update, the time or an operator changed.
  struct Changes {
    /// The numbers whose marks are others now, by place.
    var marks: [(place: Int, marks: OperatorMarks)] = []
    var acknowledgements: [Acknowledgement] = []
    var mutes: [Mute] = []
    var endedAcknowledgements: [Ended<Acknowledgement>] = []
    var endedMutes: [Ended<Mute>] = []

    var isEmpty: Bool {
      marks.isEmpty && acknowledgements.isEmpty && mutes.isEmpty && endedAcknowledgements.isEmpty
        && endedMutes.isEmpty
    }
  }

  /// A note with its ending.
  struct Ended<Note: Sendable>: Sendable {
    let note: Note
    /// Whether it ended by a rule that is applied here, so that this process has to remember it.
    let isDecidedHere: Bool
  }

  /// The next moment at which something changes only because time passes.
  func next(after now: Moment) -> Moment? {
    let expiry = nextExpiry.map { now + .seconds($0.timeIntervalSince(now.date)) }
    return ([expiry] + matchers.map(\.next)).compactMap(\.self).min()
  }
}

// What changes it.
extension OperatorIndex {
  /// Replaces the notes in force.
  ///
  /// - Parameters:
  ///   - adopted: All that are in force.
  ///   - endings: Why others are not, as far as known.
  ///   - situation: The numbers and their causes.
  /// - Returns: What is new, what ended, and the marks that change.
  mutating func adopt(
    _ adopted: OperatorNotes,
    endings: [String: Ending],
    in situation: Situation
  ) -> Changes {
    let former = notes
    replace(with: adopted.without(ended))
    var changes = Changes()
    let before = former.ids
    changes.acknowledgements = notes.acknowledgements.filter { !before.contains($0.id) }
    changes.mutes = notes.mutes.filter { !before.contains($0.id) }
    let after = notes.ids
    let unsaid = Ending(situation.now.date, why: "")
    for note in former.acknowledgements where !after.contains(note.id) {
      let ended = note.ended(by: endings[note.id] ?? unsaid)
      changes.endedAcknowledgements.append(Ended(note: ended, isDecidedHere: false))
    }
    for note in former.mutes where !after.contains(note.id) {
      let ended = note.ended(by: endings[note.id] ?? unsaid)
      changes.endedMutes.append(Ended(note: ended, isDecidedHere: false))
    }
    let places = situation.fleet.records.indices
    _ = applyRules(to: places, true, in: situation, &changes)
    changes.marks = marks(of: places, in: situation)
    return changes
  }

  /// Follows the fleet and the time.
  ///
  /// - Parameters:
  ///   - change: What changed in the fleet.
  ///   - changesCauses: Whether causes changed.
  ///   - changesPolling: Whether accounts stopped or started to answer.
  ///   - situation: The numbers and their causes after it.
  /// - Returns: What ended, and the marks that change.
  mutating func follow(
    _ change: FleetChange,
    changesCauses: Bool,
    changesPolling: Bool,
    in situation: Situation
  ) -> Changes {
    var changes = Changes()
    guard !notes.isEmpty else { return changes }
    let count = situation.fleet.records.count
    let places = change.places.filter { $0 < count }
    let judgesCauses = changesCauses || watches.values.contains { !$0.wasSeen }
    let isOver = applyRules(to: places, judgesCauses, in: situation, &changes)
    // What a note covered may be anywhere.
    if isOver || changesPolling && notes.causes.keys.contains(where: \.isPolling) {
      changes.marks = marks(of: situation.fleet.records.indices, in: situation)
    } else {
      let others = placesToMatchAgain(after: change, in: situation).filter { $0 < count }
      changes.marks = marks(of: places.union(others), in: situation)
    }
    return changes
  }

  private mutating func replace(with adopted: OperatorNotes) {
    if adopted.mutes != notes.mutes { matchers = adopted.mutes.map(MuteMatcher.init) }
    notes = adopted
    let ids = notes.ids
    watches = watches.filter { ids.contains($0.key) }
    known = known.filter { ids.contains($0.key) }
    overruled.formIntersection(ids)
    nextExpiry = (notes.acknowledgements.compactMap(\.until) + notes.mutes.map(\.until)).min()
  }

  /// Ends what is over, by the rules and by time.
  ///
  /// - Returns: Whether numbers may not be covered any longer.
  private mutating func applyRules(
    to places: some Collection<Int>,
    _ judgesCauses: Bool,
    in situation: Situation,
    _ changes: inout Changes
  ) -> Bool {
    let now = situation.now.date
    let formerlyOverruled = overruled
    let verdicts = judge(places, judgesCauses, in: situation)
    var endings: [String: Ending] = [:]
    for note in notes.acknowledgements {
      if let until = note.until, until <= now {
        endings[note.id] = Ending(until, why: Self.timeIsOver)
      } else if let why = verdicts[note.id] {
        guard decides(note.subject, in: situation.fleet) else { continue }
        endings[note.id] = Ending(now, why: why)
      } else {
        continue
      }
      overruled.remove(note.id)
    }
    for note in notes.mutes where note.until <= now {
      endings[note.id] = Ending(note.until, why: Self.timeIsOver)
    }
    end(endings, in: situation.fleet, &changes)
    return !endings.isEmpty || overruled != formerlyOverruled
  }

  private static let timeIsOver = "its time is over"

  private mutating func end(
    _ endings: [String: Ending],
    in fleet: Fleet,
    _ changes: inout Changes
  ) {
    guard !endings.isEmpty else { return }
    ended.formUnion(endings.keys)
    for note in notes.acknowledgements {
      guard let ending = endings[note.id] else { continue }
      changes.endedAcknowledgements.append(
        Ended(note: note.ended(by: ending), isDecidedHere: decides(note.subject, in: fleet))
      )
    }
    for note in notes.mutes {
      guard let ending = endings[note.id] else { continue }
      let isOurs = decides(nil, in: fleet)
      changes.endedMutes.append(Ended(note: note.ended(by: ending), isDecidedHere: isOurs))
    }
    replace(with: notes.without(ended))
  }

  /// Whether this process ends notes on a subject.
  ///
  /// What belongs to no account is decided where the first account is polled, so that one process
  /// does.
  private func decides(_ subject: Subject?, in fleet: Fleet) -> Bool {
    guard let accountsPolledHere else { return true }
    let account = subject?.account ?? fleet.accounts.map(\.account.name).min()
    return account.map(accountsPolledHere.contains) ?? false
  }
}
