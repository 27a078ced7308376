import Health

// How the budget stands, for those who look at it.
extension RequestBudget {
  func condition(at now: Moment) -> RequestBudgetCondition {
    var current = self
    current.count(to: now)
    var condition = RequestBudgetCondition()
    condition.moment = now
    condition.perMinute = current.perMinute(at: now)
    condition.origin = current.origin(at: now)
    condition.used = counter.total(at: now)
    if condition.perMinute != nil {
      condition.left = current.counted > now ? 0 : max(Int(saturating: current.tokens + 1e-6), 0)
    }
    condition.throttledUntil = counted > now ? counted : nil
    condition.throttledInARow = refusals
    condition.lastThrottled = lastThrottled
    return condition
  }

  private func origin(at now: Moment) -> RequestBudgetCondition.Origin {
    guard perMinute(at: now) != nil else { return .unlimited }
    if now < shareExpires, share < 1 { return .usage }
    if let granted, granted < configured ?? .infinity { return .provider }
    return .configuration
  }
}
