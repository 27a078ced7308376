import Health

// What polls bring.
extension NumberRecord {
  /// Adopts the number as configured now, such as a new label; returns whether it changed.
  mutating func adopt(_ number: PhoneNumber) -> Bool {
    guard number != self.number, number.id == id else { return false }
    self.number = number
    return true
  }

  /// Whether it has the same report as an earlier record of the number, equally valid, and the same
  /// place in lists.
  func repeats(_ former: Self) -> Bool {
    guard isOld == former.isOld, polls.worst == former.polls.worst else { return false }
    guard let report else { return former.report == nil }
    return report.isSharing(former.report)
  }

  /// Stores a reading, without its bytes, and its assessment.
  ///
  /// - Parameters:
  ///   - reading: The reading as it came.
  ///   - assessed: The assessment of the reading alone.
  ///   - callingExpected: Whether the account uses calls.
  ///   - window: How long omitted parts stay valid: three intervals.
  mutating func receive(
    _ reading: Reading,
    assessed: Assessment,
    callingExpected: Bool,
    window: Duration
  ) {
    self.callingExpected = callingExpected
    latest = reading
    (isRestored, isFollowed) = (false, false)
    guard let report = reading.report else { return }
    hasNewAnswer = true
    let kept = left(outBy: report, of: reading, window)
    let assessed = kept.map(assessment(of:)) ?? assessed
    lastAnswer = reading
    omittedParts = kept.map(Shared.init)
    // A reading without information of its own can still end a fault.
    let isCounting = lastGood.map { reading.moment - $0.moment <= window } ?? false
    guard isCounting || assessed.hasInformation else { return }
    lastGood = reading
    isOld = false
    // Usually equal: keeping the old value keeps its memory shared.
    if assessed != goodAssessment { goodAssessment = assessed }
  }

  /// Adopts what was known of the number before this run.
  mutating func restore(
    _ remembered: RememberedNumber,
    callingExpected: Bool,
    window: Duration,
    entityCauses: (HealthReport?, Moment) -> [Cause]
  ) {
    for reading in [remembered.lastGood, remembered.latest].compactMap(\.self) {
      receive(
        reading,
        assessed: Assessment(of: reading, callingExpected: callingExpected),
        callingExpected: callingExpected,
        window: window
      )
    }
    isRestored = true
    if let known = remembered.polls { (polls, hasNewAnswer) = (known, false) }
    let moment = remembered.latest.moment
    told =
      remembered.told
      ?? ToldState(
        state: judgement(at: moment, window: window, false, entityCauses).0,
        since: moment,
        sinceIsLowerBound: true
      )
  }

  /// Adopts what another process told of the number, whose answer was received before.
  ///
  /// - Parameters:
  ///   - new: The state that it told; nil where that is as before.
  ///   - polls: Its states at its last polls; nil where they are as before.
  ///   - before: The number before the answer.
  mutating func follow(_ new: ToldState?, _ polls: PollStates?, after before: Self) {
    (isRestored, isFollowed) = (true, true)
    if let polls { (self.polls, hasNewAnswer) = (polls, false) }
    guard let new else {
      told = told ?? before.shown
      return
    }
    // A first answer after a restart may repeat what was known.
    if new.former == nil, told?.state == new.state { return }
    told = new
  }

  /// Another process polls the number from now on.
  ///
  /// - Parameter untold: The change that was not told yet.
  mutating func leave(_ untold: StateChange?) {
    guard latest != nil, told == nil else { return }
    (isRestored, isFollowed) = (true, true)
    guard let untold, let from = untold.from else {
      told = shown
      return
    }
    told = ToldState(
      state: from,
      since: untold.since,
      sinceIsLowerBound: untold.sinceIsLowerBound
    )
  }

  /// What it was, where it was polled here; nil before its first answer.
  private var shown: ToldState? {
    guard latest != nil else { return nil }
    return ToldState(
      state: state,
      since: stateSince,
      sinceIsLowerBound: sinceIsLowerBound,
      former: previousState
    )
  }

  /// When the valid report came.
  var reportMoment: Moment { (lastGood ?? latest)?.moment ?? stateSince }

  /// The known parts that the answer omits; nil if it omits nothing.
  private func left(
    outBy report: HealthReport,
    of reading: Reading,
    _ window: Duration
  ) -> OmittedParts? {
    guard let lastAnswer, let known = lastAnswer.report else { return nil }
    // A fast path: nearly every answer equals the one before.
    if omittedParts == nil, report.isSharing(known) { return nil }
    var kept = omittedParts?.value ?? OmittedParts(of: known)
    kept.receive(report, after: lastAnswer.moment)
    forget(in: &kept, told: report, at: reading.moment, window)
    return kept.isEmpty ? nil : kept
  }

  /// The assessment of the report with its omitted parts, and of what became unknown.
  private func assessment(of kept: OmittedParts) -> Assessment {
    Assessment(of: kept.report, callingExpected: callingExpected).adding(kept.lostCauses)
  }

  /// Returns whether anything has become unknown.
  @discardableResult
  private func forget(
    in kept: inout OmittedParts,
    told: HealthReport,
    at now: Moment,
    _ window: Duration
  ) -> Bool {
    kept.advance(to: now, window, told: told) {
      Assessment(of: $0, callingExpected: callingExpected)
    }
  }

  mutating func forgetUntold(at now: Moment, _ window: Duration) {
    guard var kept = omittedParts?.value, let told = lastAnswer?.report,
      forget(in: &kept, told: told, at: now, window)
    else { return }
    if lastGood?.moment == lastAnswer?.moment { goodAssessment = assessment(of: kept) }
    omittedParts = kept.isEmpty ? nil : Shared(kept)
  }
}

extension Assessment {
  /// Whether it has health or a signal: an answer without either counts as none.
  fileprivate var hasInformation: Bool { verdict.word != .unknown || severity > .unknown }
}
