import Health

// What an answer means for what is asked next.
extension AccountScheduler {
  mutating func receive(_ discovery: Discovery, at now: Moment) -> FleetUpdate {
    isDiscovering = false
    health.discoveryFailure = discovery.failures.first
    scheduleDiscovery(after: discovery.failures.first, at: now)
    report.note(discovery, at: now)
    return apply(registry.receive(discovery, at: now), at: now)
  }

  mutating func receive(
    _ answer: PollAnswer,
    of target: PollTarget,
    requests: Int,
    at now: Moment
  ) -> FleetUpdate {
    underWay[target.id] = nil
    // Discovery may have dropped it meanwhile.
    guard schedule.contains(target.id) else { return FleetUpdate() }
    report.note(answer, of: target, at: now)
    let failure = answer.wholeFailure
    note(answer.throttling, of: target, failed: failure != nil, at: now)
    let effect = schedule.finish(
      target.id,
      with: failure.map { .failed($0) }
        ?? .good(inTrouble: answer.showsTrouble(callingExpected: account.callingExpected)),
      requests: requests,
      at: now,
      using: &random
    )
    var update = apply(registry.receive(answer, of: target, at: now), at: now)
    note(failure, of: target, at: now)
    if effect == .credentialRejected, let failure {
      update.append(reject(target, with: failure, at: now))
    }
    removeIfSwept(target)
    if mode != .continuous {
      sweptReadings += update.readings.filter { $0.report != nil }.map(\.withoutRaw)
      if answer.throttling != nil { dropNeedless(at: now) }
    }
    return update
  }

  /// Of a sweep that was told to slow down: what would only hold it up is not asked.
  private mutating func dropNeedless(at now: Moment) {
    let targets = schedule.targets.filter { $0.isOfNumbersFacts && underWay[$0.id] == nil }
    let isHealthAsked = schedule.targets.allSatisfy { $0.purpose == .facts }
    for target in targets {
      // The token tells of days to come, and facts of numbers that did not answer tell nothing.
      guard target.entity == nil || isHealthAsked && sweptReadings.isEmpty else { continue }
      schedule.remove(target.id)
      registry.leaveUnread(
        target,
        because: "the account was told to slow down before it was asked."
      )
    }
  }

  /// Of a sweep: what has not answered has timed out.
  mutating func conclude(at now: Moment) -> FleetUpdate {
    guard case .once(_, let limit, _) = mode else { return FleetUpdate() }
    let given = "within the \(limit.inWords) that the sweep was given"
    let (asked, waiting) = schedule.targets.reduce(into: ([PollTarget](), [PollTarget]())) {
      if underWay[$1.id] == nil { $0.1.append($1) } else { $0.0.append($1) }
    }
    var update = fail(asked, "No answer came \(given).", at: now)
    update.append(fail(waiting, "Its turn to be asked did not come \(given).", at: now))
    update.readings += registry.noted(in: sweptReadings)
    if isDiscovering || nextDiscovery != nil {
      let failure = ProviderError(.timedOut, "Its numbers could not be listed \(given).")
      health.discoveryFailure = failure
      update.append(registry.receive(Discovery(targets: [], failures: [failure]), at: now).update)
    }
    return update
  }

  private mutating func fail(
    _ targets: [PollTarget],
    _ sentence: String,
    at now: Moment
  ) -> FleetUpdate {
    let failure = ProviderError(.timedOut, sentence)
    for target in targets where target.purpose == .health { health.note(failure, of: target.id) }
    for target in targets where target.isOfNumbersFacts {
      registry.leaveUnread(target, because: sentence)
    }
    return registry.fail(targets, with: failure, at: now).update
  }

  private mutating func apply(_ change: TargetRegistry.Change, at now: Moment) -> FleetUpdate {
    for id in change.removed {
      schedule.remove(id)
      health.forget(id)
      report.forget(id)
    }
    let added = change.added.filter(isWanted)
    for target in added { schedule.insert(target, at: now) }
    if !asked.isEmpty { resume(added, at: now) }
    return change.update
  }

  /// Goes on where another run left off: what it asked a moment ago is not asked again before its
  /// time.
  private mutating func resume(_ added: [PollTarget], at now: Moment) {
    var known: [String: Moment] = [:]
    var recent: [String: Int] = [:]
    for target in added {
      guard let moment = asked.removeValue(forKey: target.id) else { continue }
      known[target.id] = moment
      if now - moment < .seconds(60) { recent[target.credential, default: 0] += 1 }
    }
    schedule.resume(known, at: now)
    for (credential, count) in recent { limiter.note(earlier: count, of: credential, at: now) }
  }

  // MARK: What was not asked after all

  mutating func putBack(_ target: PollTarget, at now: Moment) {
    underWay[target.id] = nil
    schedule.putBack(target.id, at: now)
  }

  mutating func putBackDiscovery(at now: Moment) {
    isDiscovering = false
    nextDiscovery = now
  }

  private func isWanted(_ target: PollTarget) -> Bool {
    guard case .once(_, _, let includesTemplates) = mode else { return true }
    // Facts of WABAs and businesses count for their numbers.
    return includesTemplates || !target.isOfTemplates
  }

  private mutating func scheduleDiscovery(after failure: ProviderError?, at now: Moment) {
    guard mode == .continuous else { return }
    guard let failure else {
      discoveryFailures = 0
      nextDiscovery = now + policy.discoveryInterval.jittered(using: &random)
      return
    }
    discoveryFailures += 1
    let backOff = BackOff(first: .seconds(10), longest: policy.discoveryInterval)
    switch failure.kind {
    case .credentialRejected, .numberRefused:
      nextDiscovery = now + policy.probeInterval.jittered(using: &random)
    case .throttled(let said?):
      nextDiscovery =
        now
        + BackOff.wait(said: said, afterRefusals: discoveryFailures, longest: backOff.longest)
    case .throttled, .unreachable, .timedOut, .unintelligible, .providerError:
      nextDiscovery = now + backOff.delay(afterFailures: discoveryFailures, using: &random)
    }
  }

  // MARK: What it means for others

  private mutating func note(
    _ throttling: ProviderError?,
    of target: PollTarget,
    failed: Bool,
    at now: Moment
  ) {
    let credential = target.credential
    if case .throttled(let retryAfter) = throttling?.kind {
      // A sweep asks no side question twice, so a wait that nobody asked for would only hold it up.
      let isGuess = retryAfter == nil && target.purpose == .facts && mode != .continuous
      if !isGuess { limiter.throttled(credential, retryAfter: retryAfter, at: now) }
    } else if !failed {
      limiter.answered(credential, at: now)
    }
    schedule.allow(limiter.perMinute(of: credential, at: now), for: credential)
  }

  private mutating func note(_ failure: ProviderError?, of target: PollTarget, at now: Moment) {
    guard target.purpose == .health else { return }
    let before = health.failure
    health.note(failure, of: target.id)
    if before != nil, health.failure == nil { schedule.makeFailingDue(at: now) }
  }

  /// Every number of a rejected credential is affected: says so without asking for each.
  private mutating func reject(
    _ target: PollTarget,
    with failure: ProviderError,
    at now: Moment
  ) -> FleetUpdate {
    let others = schedule.targets(of: target.credential).filter {
      $0.id != target.id && underWay[$0.id] == nil
    }
    for other in others where other.purpose == .health { health.note(failure, of: other.id) }
    for other in others where other.isOfNumbersFacts {
      registry.leaveUnread(other, because: failure.message)
    }
    let update = registry.fail(others, with: failure, at: now).update
    for other in others { removeIfSwept(other) }
    return update
  }

  /// A sweep asks each target once.
  private mutating func removeIfSwept(_ target: PollTarget) {
    if mode != .continuous { schedule.remove(target.id) }
  }
}
