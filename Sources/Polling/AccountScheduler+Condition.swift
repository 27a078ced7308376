import Health

// How polling the account goes.
extension AccountScheduler {
  /// The account's condition, where there is something to tell.
  ///
  /// - Parameters:
  ///   - now: The moment that it is of.
  ///   - isFinal: Nothing comes after it, so that it is told whatever its turn.
  /// - Returns: Nil where there is nothing new, or where it is not yet time for figures.
  mutating func changedCondition(at now: Moment, isFinal: Bool) -> AccountCondition? {
    report.note(health.failure, effectiveRefresh: effectiveRefresh(), at: now)
    guard isFinal || report.isDue(at: now) else { return nil }
    let isStretched = report.condition.effectiveRefresh > account.refresh
    let budget = budget(at: now)
    report.set(
      nextPoll: nextPoll(within: budget.sum, at: now),
      budget: budget,
      refreshLimit: isStretched ? refreshLimit(at: now) : nil
    )
    return report.publish(at: now)
  }

  /// What `refresh` amounts to; as before until it is known what there is to poll.
  private mutating func effectiveRefresh() -> Duration {
    let former = schedule.isEmpty ? formerEffectiveRefresh : nil
    return former ?? schedule.effectiveRefresh()
  }

  /// When the account is asked next; nil while that depends on an answer that hasn't come.
  private func nextPoll(within budget: RequestBudgetCondition, at now: Moment) -> Moment? {
    // While its credentials are paused nothing is asked, whatever is due.
    [scheduledPoll(at: now), budget.throttledUntil].compactMap(\.self).max()
  }

  private func scheduledPoll(at now: Moment) -> Moment? {
    let isWaiting = isDiscovering || !underWay.isEmpty
    // Listing the numbers is no poll of them; it comes next only where there is none to poll.
    guard let next = schedule.nextMoment else { return isWaiting ? nil : nextDiscovery }
    // What is asked now is due again within a round: what comes later than that isn't the next.
    return isWaiting && next > now + report.condition.effectiveRefresh ? nil : next
  }

  private func budget(at now: Moment) -> AccountBudget {
    let rejected = schedule.rejectedCredentials
    let credentials = limiter.conditions(at: now).map { credential, budget in
      CredentialCondition(
        name: credential,
        isRejected: rejected.contains(credential),
        budget: budget
      )
    }
    return AccountBudget(of: credentials, at: now)
  }

  private func refreshLimit(at now: Moment) -> RefreshLimit? {
    guard let slowest = schedule.slowestCredential() else { return nil }
    let budget = limiter.condition(of: slowest.name, at: now)
    return budget.perMinute.map { perMinute in
      RefreshLimit(
        requestsPerRound: Int(saturating: slowest.requestsPerRound.rounded(.up)),
        requestsPerMinute: perMinute,
        origin: budget.origin
      )
    }
  }
}
