package import Health

import struct FoundationEssentials.Date

// Which causes explain the numbers that were told to be bad.
extension MonitorState {
  /// Victims of a former run that nobody knows any more are dropped after this time.
  private static let patience = Duration.seconds(600)

  /// Goes on with incidents of a former run, or of a process that polled until now.
  package mutating func resume(_ known: [TrackedIncident], at moment: Moment) {
    now = max(now, moment)
    incidents.resume(known, at: now)
    resumeCauses()
    guard !known.isEmpty else { return }
    for number in incidents.victims.compactMap(\.number) {
      explain(number, since: now.date, isTold: true)
    }
    explainRemembered(incidents.victims.filter { $0.template != nil })
    strangersDue = now + Self.patience
  }

  /// Lets causes begin with the incidents that were told of them.
  mutating func resumeCauses() {
    for (key, start) in incidents.starts {
      guard let id = CauseID(key: key) else { continue }
      causes.resume(id, since: self.moment(of: start))
    }
  }

  /// The announced incidents that began, changed or ended since the last call.
  package mutating func takeIncidents() -> [TrackedIncident] { incidents.takeNews(at: now) }

  /// Follows a change of the fleet.
  ///
  /// - Parameters:
  ///   - change: The numbers that changed.
  ///   - told: The numbers whose states were told, and since when they are so.
  ///   - gone: The numbers that are gone.
  ///   - templates: The templates of lists that were read, and since when they are as they are.
  ///   - touchesPolling: Whether accounts began or stopped to answer.
  mutating func noteIncidents(
    _ change: FleetChange,
    _ told: [(number: PhoneNumber.ID, since: Date)],
    gone: [PhoneNumber.ID],
    templates: [Subject: Date],
    touchesPolling: Bool
  ) {
    for number in gone { dismiss(.number(number)) }
    for (number, since) in told { explain(number, since: since, isTold: true) }
    for place in change.places.sorted() where place < causes.shares.count {
      explain(at: place, causes.ids[place], since: now.date, isTold: false)
    }
    let isDark = fleet.counts.isNothingKnown
    if touchesPolling || isDark && !wasDark {
      for number in incidents.lostNumbers { explain(number, since: now.date, isTold: false) }
    }
    wasDark = isDark
    explainTemplates(templates)
    explainRemembered(unlistedTemplates)
    dismissStrangers()
  }

  private mutating func dismissStrangers() {
    guard let due = strangersDue, due <= now else { return }
    strangersDue = nil
    let numbers = incidents.victims.filter { $0.number.map { fleet.index(of: $0) == nil } ?? false }
    for subject in unlistedTemplates.union(numbers) { dismiss(subject) }
    unlistedTemplates = []
  }

  private mutating func dismiss(_ subject: Subject) {
    incidents.set(subject, [], since: now.date, at: now, cycle: .zero)
  }

  private mutating func explain(_ number: PhoneNumber.ID, since: Date, isTold: Bool) {
    guard let place = fleet.index(of: number) else { return }
    explain(at: place, number, since: since, isTold: isTold)
  }

  private mutating func explain(
    at place: Int,
    _ number: PhoneNumber.ID,
    since: Date,
    isTold: Bool
  ) {
    let share = causes.shares[place]
    let former = incidents.causes(of: .number(number))
    guard share.isPolled, share.state != .available || !former.isEmpty else { return }
    // What another process polls is no outage while that one hangs: whoever polls next finds out.
    if let told = share.told?.state, told.isLost != share.state.isLost,
      !fleet.left.contains(number.account)
    {
      return
    }
    // Nearly every poll of a bad number repeats the one before.
    guard isTold || share.state.isLost || share.explainingTies.map(\.id.key) != former else {
      return
    }
    let told = confirmation.progress(of: number)?.told ?? share.state
    let (impacts, keeping) = explanation(of: told, share, at: place, number, former)
    guard !impacts.isEmpty || keeping != former else { return }
    let cycle = fleet.condition(of: number.account)?.effectiveRefresh ?? .seconds(60)
    incidents.set(.number(number), impacts, keeping: keeping, since: since, at: now, cycle: cycle)
  }

  /// The causes of a state, and the former ones that stay.
  private func explanation(
    of told: HealthState,
    _ share: CauseIndex.Share,
    at place: Int,
    _ number: PhoneNumber.ID,
    _ former: [String]
  ) -> (impacts: [IncidentTracker.Impact], keeping: [String]) {
    if told == .available { return ([], []) }
    // Another state is not confirmed yet.
    guard told.isLost == share.state.isLost, share.state != .available else { return ([], former) }
    guard told.isLost else { return (impacts(of: told, share, at: place), []) }
    let whole = outage(of: share, number)
    let known = former.first { IncidentTracker.pollingRank(of: $0) > 0 }
    // Until it is known again, the number stays in its outage, unless that is a part of another.
    let rank = IncidentTracker.pollingRank(of: whole.key)
    if let known, rank <= IncidentTracker.pollingRank(of: known) { return ([], former) }
    let impact = IncidentTracker.Impact(
      reason: Change.Reason(whole),
      state: told,
      began: causes.troubles.failures[whole]?.since?.date
    )
    return ([impact], former.filter { $0 != known })
  }

  private func impacts(
    of told: HealthState,
    _ share: CauseIndex.Share,
    at place: Int
  ) -> [IncidentTracker.Impact] {
    let words = fleet.records[place].causes
    return share.explainingTies.map { tie in
      IncidentTracker.Impact(
        reason: Change.Reason(tie.id, words.first { $0.id == tie.id }?.cause),
        state: tie.id.state(of: tie.severity, in: told)
      )
    }
  }

  /// Why nothing is known of a number: what fails, or that nothing was asked, which is our own fault.
  private func outage(of share: CauseIndex.Share, _ number: PhoneNumber.ID) -> CauseID {
    if let failure = share.ties.first(where: { $0.id.isPolling }) {
      return causes.troubles.whole(of: failure.id)
    }
    return fleet.counts.isNothingKnown ? .offline : .account(number.account, .unreachable)
  }
}

extension CauseIndex.Share {
  /// Those that make it bad, each once.
  fileprivate var explainingTies: [CauseIndex.Tie] { ties.filter { $0.severity > .unknown } }
}

extension CauseID {
  /// The state that a cause explains: a signal changes no verdict.
  fileprivate func state(of severity: Severity, in told: HealthState) -> HealthState {
    let isEntity = if case .entity = self { true } else { false }
    if severity == .critical { return isEntity && told == .blocked ? .blocked : .critical }
    return isEntity && (told == .limited || told == .blocked) ? .limited : .warning
  }
}

extension FleetCounts {
  /// Whether there are answers, and none of them counts any more.
  fileprivate var isNothingKnown: Bool {
    polled > 0 && HealthState.allCases.allSatisfy { $0.isLost || self[$0] == 0 }
  }
}
