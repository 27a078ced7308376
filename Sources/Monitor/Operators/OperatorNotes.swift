package import Health

package import struct FoundationEssentials.Date

/// The acknowledgements and mutes that are in force, the oldest first.
package struct OperatorNotes: Hashable, Sendable {
  package let acknowledgements: [Acknowledgement]
  package let mutes: [Mute]
  /// The latest of each subject.
  private let bySubject: [Subject: Int]
  /// The acknowledged causes with their acknowledgements.
  let causes: [CauseID: Int]
  /// Whether single numbers are acknowledged.
  let hasNumbers: Bool

  package init(acknowledgements: [Acknowledgement] = [], mutes: [Mute] = []) {
    let acknowledgements = acknowledgements.sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    self.acknowledgements = acknowledgements
    self.mutes = mutes.sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    bySubject = Dictionary(
      acknowledgements.enumerated().map { ($1.subject, $0) },
      uniquingKeysWith: { $1 }
    )
    causes = Dictionary(
      acknowledgements.enumerated().compactMap { place, acknowledgement in
        acknowledgement.cause.map { ($0, place) }
      },
      uniquingKeysWith: { $1 }
    )
    hasNumbers = acknowledgements.contains { $0.cause == nil }
  }

  package var isEmpty: Bool { acknowledgements.isEmpty && mutes.isEmpty }

  /// Of all acknowledgements and mutes.
  package var ids: Set<String> { Set(acknowledgements.map(\.id) + mutes.map(\.id)) }

  /// Without those of these ids.
  func without(_ ids: Set<String>) -> Self {
    ids.isEmpty
      ? self
      : Self(
        acknowledgements: acknowledgements.filter { !ids.contains($0.id) },
        mutes: mutes.filter { !ids.contains($0.id) }
      )
  }

  /// Without those whose time is over.
  package func inForce(at date: Date) -> Self {
    isInForce(at: date)
      ? self
      : Self(
        acknowledgements: acknowledgements.filter { $0.until.map { date < $0 } ?? true },
        mutes: mutes.filter { date < $0.until }
      )
  }

  /// Whether the time of none is over.
  package func isInForce(at date: Date) -> Bool {
    acknowledgements.allSatisfy { $0.until.map { date < $0 } ?? true }
      && mutes.allSatisfy { date < $0.until }
  }

  /// The latest of a subject itself.
  package func acknowledgement(of subject: Subject) -> Acknowledgement? {
    bySubject[subject].map { acknowledgements[$0] }
  }

  /// All of a subject itself: two operators may have been at it at once.
  package func acknowledgements(of subject: Subject) -> [Acknowledgement] {
    bySubject[subject] == nil ? [] : acknowledgements.filter { $0.subject == subject }
  }

  /// The latest of a cause, or of what it is a part of, such as the provider of an account.
  package func acknowledgement(
    of cause: CauseID,
    in index: CauseIndex
  ) -> Acknowledgement? {
    guard !causes.isEmpty else { return nil }
    return index.troubles.wider(cause).lazy.compactMap { causes[$0] }.first
      .map { acknowledgements[$0] }
  }

  /// What makes a number count as acknowledged: its own, or those of what makes it so bad.
  package func acknowledgements(
    covering record: NumberRecord,
    in index: CauseIndex
  ) -> [Acknowledgement] {
    guard record.marks.contains(.acknowledged) else { return [] }
    if let own = acknowledgement(of: .number(record.id)) { return [own] }
    let worst = record.causes.map(\.cause.severity).max()
    let found = record.causes.filter { $0.cause.severity == worst }
      .compactMap { acknowledgement(of: $0.id, in: index) }
    return found.reduce(into: []) { all, next in
      if !all.contains(next) { all.append(next) }
    }
  }

  /// The mutes whose filters a number passes.
  package func mutes(
    covering record: NumberRecord,
    in fleet: Fleet,
    at now: Moment
  ) -> [Mute] {
    guard record.marks.contains(.muted) else { return [] }
    return mutes.filter { mute in
      (try? Filter(muting: mute.filter))?.passes(record, in: fleet, at: now) ?? false
    }
  }
}

extension Acknowledgement {
  /// The cause, if it is of one.
  package var cause: CauseID? {
    if case .cause(let key) = subject { CauseID(key: key) } else { nil }
  }
}

extension PollingTroubles {
  /// A cause itself, and the troubles that it is a part of.
  func wider(_ id: CauseID) -> [CauseID] {
    guard case .account(let name, let trouble) = id else { return [id] }
    let provider = providers[name].map { CauseID.provider($0, trouble) }
    let outage: CauseID? = isOffline && trouble == .unreachable ? .offline : nil
    return [id, provider, outage].compactMap(\.self)
  }
}
