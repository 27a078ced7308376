package import Health
import Synchronization

/// The request budgets of an account, one per credential, shared by the polls that are under way.
package final class RateLimiter: Sendable {
  private let budgets = Mutex<[String: RequestBudget]>([:])
  private let perMinute: Int?
  package let time: any TimeSource

  package init(perMinute: Int?, time: any TimeSource) {
    self.perMinute = perMinute
    self.time = time
  }

  /// Takes one request's worth if it may go now; otherwise says when it may.
  package func take(_ credential: String, at now: Moment) -> Moment? {
    budget(of: credential, at: now) { $0.take(at: now) }
  }

  /// Counts requests of the last minute that another process has made.
  package func note(earlier requests: Int, of credential: String, at now: Moment) {
    budget(of: credential, at: now) { $0.note(earlier: requests, at: now) }
  }

  /// Returns what was taken and not used.
  package func giveBack(_ credential: String) {
    budget(of: credential, at: time.now) { $0.giveBack() }
  }

  /// Requests a minute that the credential may make now; nil is unlimited.
  package func perMinute(of credential: String, at now: Moment) -> Double? {
    budget(of: credential, at: now) { $0.perMinute(at: now) }
  }

  func condition(of credential: String, at now: Moment) -> RequestBudgetCondition {
    budget(of: credential, at: now) { $0.condition(at: now) }
  }

  /// How each credential's budget stands.
  func conditions(at now: Moment) -> [(credential: String, budget: RequestBudgetCondition)] {
    budgets.withLock { budgets in budgets.map { ($0.key, $0.value.condition(at: now)) } }
  }

  package func throttled(_ credential: String, retryAfter: Duration?, at now: Moment) {
    budget(of: credential, at: now) { $0.throttled(retryAfter: retryAfter, at: now) }
  }

  /// Goes on with the pauses that the provider asked another process for.
  func resume(_ former: AccountBudget, at now: Moment) {
    for credential in former.credentials {
      guard let end = credential.budget.throttledUntil, end > now else { continue }
      let refusals = credential.budget.throttledInARow
      budget(of: credential.name, at: now) {
        $0.goOn(pausedUntil: end, afterRefusals: refusals, at: now)
      }
    }
  }

  package func answered(_ credential: String, at now: Moment) {
    budget(of: credential, at: now) { $0.answered() }
  }

  package func observe(_ signal: RateSignal, of credential: String) {
    let now = time.now
    budget(of: credential, at: now) { $0.observe(signal, at: now) }
  }

  /// Waits for the credential's turn.
  ///
  /// - Throws: `.throttled` when it does not come before the deadline, `.timedOut` when cancelled.
  func wait(for credential: String, until deadline: Moment?) async throws(ProviderError) {
    while true {
      let now = time.now
      let reservation = budget(of: credential, at: now) { $0.reserve(at: now) }
      if reservation.moment <= now { return }
      do throws(ProviderError) {
        try await sleep(until: reservation.moment, notAfter: deadline, from: now)
      } catch {
        budget(of: credential, at: now) { $0.giveBack(reservation) }
        throw error
      }
      if budget(of: credential, at: now, { $0.holds(reservation) }) { return }
    }
  }

  private func sleep(
    until moment: Moment,
    notAfter deadline: Moment?,
    from now: Moment
  ) async throws(ProviderError) {
    if let deadline, moment > deadline {
      throw ProviderError(
        .throttled(retryAfter: moment - now),
        "The request budget allows no further request in time."
      )
    }
    do {
      try await time.sleep(until: moment)
    } catch {
      throw ProviderError(.timedOut, "The poll ended while it waited for its request budget.")
    }
  }

  @discardableResult
  private func budget<Answer: Sendable>(
    of credential: String,
    at now: Moment,
    _ change: (inout RequestBudget) -> Answer
  ) -> Answer {
    budgets.withLock { budgets in
      change(&budgets[credential, default: RequestBudget(perMinute: perMinute, at: now)])
    }
  }
}
