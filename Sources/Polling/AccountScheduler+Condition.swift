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
    report.note(health.failure, effectiveRefresh: schedule.effectiveRefresh(), at: now)
    guard isFinal || report.isDue(at: now) else { return nil }
    let isStretched = report.condition.effectiveRefresh > account.refresh
    report.set(
      nextPoll: nextMoment,
      budget: budget(at: now),
      refreshLimit: isStretched ? refreshLimit(at: now) : nil
    )
    return report.publish(at: now)
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
        requestsPerRound: Int(slowest.requestsPerRound.rounded(.up)),
        requestsPerMinute: perMinute,
        origin: budget.origin
      )
    }
  }
}
