internal import HashTreeCollections
package import Health

/// Tells changes of numbers' states once they are confirmed, and knows those that are not yet.
///
/// Only polls that say how a number is count, never failed ones. A change that is taken back before
/// it was confirmed was never told.
package struct Confirmation: Sendable {
  package var rules: ConfirmationRules
  private var pending: TreeDictionary<PhoneNumber.ID, Pending> = [:]
  /// How far another process has confirmed what a number shows.
  private var followed: TreeDictionary<PhoneNumber.ID, Progress> = [:]
  /// Of numbers of which nothing is known now: the state that was told before.
  private var lastKnown: TreeDictionary<PhoneNumber.ID, HealthState> = [:]
  /// No pending change is due before this moment.
  private(set) var nextDue: Moment?

  /// A change that is shown but not told.
  private struct Pending {
    /// From the state that was told last.
    var change: StateChange
    var polls: Int
    let needed: Int
    /// When the count of polls began.
    let since: Moment
    /// When it is told even without more polls; nil if only polls count.
    let due: Moment?
  }

  /// How far a change is confirmed.
  package struct Progress: Hashable, Sendable {
    package let polls: Int
    package let needed: Int
    /// The state that was told last.
    package let told: HealthState
  }

  package init(_ rules: ConfirmationRules = .immediate) { self.rules = rules }

  /// How far a number's state is confirmed; nil if it is.
  package func progress(of number: PhoneNumber.ID) -> Progress? {
    guard !pending.isEmpty, let pending = pending[number], let told = pending.change.from else {
      return followed.isEmpty ? nil : followed[number]
    }
    return Progress(polls: pending.polls, needed: pending.needed, told: told)
  }

  package var pendingCount: Int { pending.count }

  /// The changes to tell after an update.
  ///
  /// - Parameters:
  ///   - changes: What the update changed.
  ///   - polled: The numbers with an answer in the update.
  ///   - now: The time.
  /// - Returns: The confirmed ones, in the order in which they are told.
  mutating func receive(
    _ changes: NumberChanges,
    polled: [PhoneNumber.ID],
    at now: Moment
  ) -> [StateChange] {
    for number in changes.gone { forget(number) }
    if !followed.isEmpty { for number in polled { followed[number] = nil } }
    var told = changes.states.compactMap { note($0, at: now) }
    if !pending.isEmpty {
      let repeated = Set(polled.filter { pending[$0] != nil })
        .subtracting(changes.states.map(\.number))
      told += repeated.sorted().compactMap { countPoll(of: $0) }
      told += takeDue(at: now)
    }
    if pending.isEmpty { nextDue = nil }
    return told
  }

  private mutating func forget(_ number: PhoneNumber.ID) {
    pending[number] = nil
    lastKnown[number] = nil
    followed[number] = nil
  }

  /// Gives up the changes of numbers that are not confirmed yet.
  mutating func takePending(
    where isMeant: (PhoneNumber.ID) -> Bool
  ) -> [PhoneNumber.ID: StateChange] {
    guard !pending.isEmpty else { return [:] }
    let taken = pending.filter { isMeant($0.key) }
    for number in taken.keys { pending[number] = nil }
    return Dictionary(uniqueKeysWithValues: taken.map { ($0.key, $0.value.change) })
  }

  /// Shows how far another process has confirmed changes, by the polls that it counts.
  mutating func follow(_ change: FleetChange, of fleet: Fleet, gone: [PhoneNumber.ID]) {
    for number in gone { forget(number) }
    for place in change.places where place < fleet.records.count {
      fleet.records.withElement(at: place) { record in
        let progress = progress(of: record.pointee)
        guard progress != nil || !followed.isEmpty || !pending.isEmpty else { return }
        pending[record.pointee.id] = nil
        followed[record.pointee.id] = progress
      }
    }
  }

  private func progress(of record: NumberRecord) -> Progress? {
    guard let told = record.toldElsewhere, told != record.state, !told.isLost,
      !record.state.isLost
    else { return nil }
    let needed = neededPolls(from: told, to: record.state, record.polls.isFlapping)
    let polls = record.polls.count(of: record.state)
    return polls < needed ? Progress(polls: max(polls, 1), needed: needed, told: told) : nil
  }

  /// Notes a change of what is shown; returns the change to tell now.
  private mutating func note(_ shown: StateChange, at now: Moment) -> StateChange? {
    let former = pending.removeValue(forKey: shown.number)
    guard let from = former?.change.from ?? shown.from else { return shown }
    guard shown.to != from else { return nil }
    let change = shown.following(former?.change)
    let goesOn = former.map { $0.change.to.isProblem && shown.to.isProblem } ?? false
    let counted = goesOn && !from.isProblem ? former : nil
    let polls = (counted?.polls ?? 0) + 1
    let since = counted?.since ?? now
    let needed = neededPolls(for: change)
    let due = shown.to.isProblem ? since + rules.downTime : nil
    guard polls < needed, due.map({ now < $0 }) ?? true else { return tell(change) }
    pending[shown.number] = Pending(
      change: change,
      polls: polls,
      needed: needed,
      since: since,
      due: due
    )
    nextDue = [nextDue, due].compactMap(\.self).min()
    return nil
  }

  /// How many polls confirm a change.
  private func neededPolls(for change: StateChange) -> Int {
    let known = change.from.flatMap { $0.isLost ? lastKnown[change.number] : $0 }
    return neededPolls(from: known, to: change.to, change.isFlapping)
  }

  /// How many polls confirm a change from the last state in which something was known of the number.
  private func neededPolls(from known: HealthState?, to: HealthState, _ isFlapping: Bool) -> Int {
    // These two come after three intervals without a usable answer.
    guard !to.isLost else { return 1 }
    // It is as it was before nothing was known of it, or nothing ever was.
    guard let known, known != to else { return 1 }
    guard to.isProblem else { return rules.upPolls }
    let isTrusted = rules.trustsBlocked && to.severity == .critical
    // Flapping confirms by itself that it gets bad again and again.
    return isTrusted || isFlapping ? 1 : rules.downPolls
  }

  private mutating func countPoll(of number: PhoneNumber.ID) -> StateChange? {
    guard var known = pending[number] else { return nil }
    known.polls += 1
    guard known.polls >= known.needed else {
      pending[number] = known
      return nil
    }
    pending[number] = nil
    return tell(known.change)
  }

  private mutating func takeDue(at now: Moment) -> [StateChange] {
    guard let next = nextDue, next <= now else { return [] }
    let due = pending.filter { $0.value.due.map { $0 <= now } ?? false }
    for number in due.keys { pending[number] = nil }
    nextDue = pending.values.compactMap(\.due).min()
    return due.values.map(\.change).sorted { $0.number < $1.number }.map { tell($0) }
  }

  private mutating func tell(_ change: StateChange) -> StateChange {
    if !change.to.isLost {
      lastKnown[change.number] = nil
    } else if let from = change.from, !from.isLost {
      lastKnown[change.number] = from
    }
    return change
  }
}

extension HealthState {
  /// Whether nothing is known of the number now.
  package var isLost: Bool { self == .unknown || self == .stale }
}
