import Health

// What is shown at a moment.
extension NumberRecord {
  /// Decides what to show at a moment (product.md, "UNKNOWN or STALE").
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - window: How long a reading counts: three intervals.
  ///   - isRefused: Whether the whole account has answers without health. It is polled less often
  ///     then, so the last answer stays the reason.
  ///   - flapping: When it flaps.
  ///   - entityCauses: The causes that a report's WABA, business and app have of their own.
  /// - Returns: Whether the state or its reason changed.
  mutating func reconcile(
    at now: Moment,
    window: Duration,
    isRefused: Bool = false,
    flapping: FlappingRules = FlappingRules(),
    entityCauses: (HealthReport?, Moment) -> [Cause] = { _, _ in [] }
  ) -> Bool {
    forgetUntold(at: now, window)
    let (state, assessment) = judgement(at: now, window: window, isRefused, entityCauses)
    defer {
      if latest != nil, !isRestored || isFollowed { hours.note(state, at: now.date) }
      if hasNewAnswer, !state.isLost { polls.note(state, flapping) }
      hasNewAnswer = false
    }
    if let told = told ?? firstTold(state, at: now) {
      return adopt(state, assessment, after: told, at: now, window)
    }
    guard state != self.state || assessment != self.assessment else { return false }
    let isFirst = latest != nil && assessedOutcome == nil
    if state != self.state || isFirst {
      previousState = isFirst ? nil : self.state
      stateSince = latest.map { isFirst ? $0.moment : now } ?? now
      sinceIsLowerBound = isFirst
    }
    self.state = state
    self.assessment = assessment
    assessedOutcome = latest?.outcome
    return true
  }

  /// What a number was told to be that another process polls and told nothing of.
  private mutating func firstTold(_ state: HealthState, at now: Moment) -> ToldState? {
    guard isFollowed else { return nil }
    told = ToldState(state: state, since: latest?.moment ?? now, sinceIsLowerBound: true)
    return told
  }

  /// Goes on from what was told before this run: the same state is no new one.
  private mutating func adopt(
    _ state: HealthState,
    _ assessment: Assessment,
    after told: ToldState,
    at now: Moment,
    _ window: Duration
  ) -> Bool {
    let isChanged = state != self.state || assessment != self.assessment
    if state == told.state {
      (stateSince, sinceIsLowerBound) = (told.since, told.sinceIsLowerBound)
      previousState = told.former
    } else if isChanged || !isRestored {
      let end = lastGood.map { $0.moment + window }
      (stateSince, sinceIsLowerBound) = (isRestored ? min(end ?? now, now) : now, false)
      previousState = told.state
    }
    if !isRestored { self.told = nil }
    self.state = state
    self.assessment = assessment
    assessedOutcome = latest?.outcome
    return isChanged || !isRestored
  }

  mutating func judgement(
    at now: Moment,
    window: Duration,
    _ isRefused: Bool,
    _ surroundingCauses: (HealthReport?, Moment) -> [Cause]
  ) -> (HealthState, Assessment) {
    isOld = lastGood.map { now - $0.moment > window } ?? false
    // The valid report decides which entities the number depends on.
    let entityCauses = surroundingCauses(report, reportMoment)
    guard let latest else { return (.unknown, .awaiting) }
    if lastGood != nil, !isOld, let goodAssessment {
      let whole = goodAssessment.adding(entityCauses)
      return (whole.state, whole)
    }
    let failure = latest.failure
    let assessment = failure.map(Assessment.init(of:)) ?? goodAssessment ?? Assessment(of: latest)
    let isLatestOld = now - latest.moment > window
    // The answer has no health, but the facts of its WABA still count.
    if failure == nil, !isLatestOld, !entityCauses.isEmpty {
      let whole = Assessment(of: latest).adding(entityCauses)
      return (whole.state, whole)
    }
    let isSilent =
      isLatestOld && !(isRefused && failure != nil) || failure?.wasAnswered == false
    return (isSilent && lastGood != nil ? .stale : .unknown, assessment)
  }

  /// When `reconcile` would next have another result without a reading; nil if never.
  func nextAgeing(after now: Moment, window: Duration) -> Moment? {
    ([lastGood, latest].map { $0.map { $0.moment + window } }
      + [omittedParts?.value.nextAgeing(window)])
      .compactMap(\.self)
      .filter { $0 >= now }
      .min()
  }
}

extension Assessment {
  fileprivate init(of latest: Reading) { self.init(of: latest, callingExpected: false) }
}
