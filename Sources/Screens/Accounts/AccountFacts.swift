import Canvas
import Health
import Monitor

/// What is known of polling an account, a sentence for each subject.
struct AccountFacts {
  struct Fact {
    let label: String
    let text: String
    let role: Role
    /// Those with the least go first where there is little room.
    let weight: Int

    init(_ label: String, _ text: String, _ role: Role = .text, weight: Int) {
      self.label = label
      self.text = text
      self.role = role
      self.weight = weight
    }
  }

  let context: DrawContext
  let line: AccountLine

  private var condition: AccountCondition { line.condition }
  private var separator: String { context.marks.separator }
  private var now: Moment { context.now }

  var all: [Fact] {
    let said = [
      error, polls, throttling, budget, refresh, latency, list,
      surroundings("Token", .token), surroundings("Webhook", .webhook),
    ]
    return said.compactMap(\.self) + keys + receivers
  }

  /// Receivers of alerts are of no account; those that fail come before the rest.
  private var receivers: [Fact] {
    context.state.shell.receivers.map { receiver in
      let isFailing = receiver.failure != nil
      return Fact(
        "Alerts",
        receiver.text(at: now.date, separator),
        isFailing ? .textStrong : .text,
        weight: isFailing ? 6 : 1
      )
    }
  }

  private var error: Fact? {
    guard let last = condition.lastError else { return nil }
    let isCurrent = condition.failure != nil
    return Fact(
      "Last error",
      "\(context.longTime(last.moment))\(last.details): \(last.error.message)",
      isCurrent ? .textStrong : .text,
      weight: isCurrent ? 7 : 3
    )
  }

  private var polls: Fact {
    let success = condition.lastSuccess.map { "last success \(context.longTime($0))" }
    let verb = condition.failure == nil ? "next" : "next try"
    let next = condition.nextPoll.flatMap { moment in
      moment - now >= .seconds(1) ? "\(verb) in \(Age(moment - now).text)" : nil
    }
    let parts = [success ?? "none succeeded yet", next].compactMap(\.self)
    return Fact("Polls", parts.joined(separator: separator), weight: 7)
  }

  private var throttling: Fact? {
    let budgets = [condition.budget.sum] + condition.budget.credentials.map(\.budget)
    let last = budgets.compactMap(\.lastThrottled).max()
    // An answer that is good may ask for a pause as well.
    let until = budgets.compactMap(\.throttledUntil).filter { $0 > now }.min()
    guard last != nil || until != nil else { return nil }
    let row = budgets.map(\.throttledInARow).max() ?? 0
    let parts = [
      until.map { "paused for \(Age($0 - now).text)" },
      row > 1 ? "\(row) times in a row" : nil, last.map { "last \(context.longTime($0))" },
    ]
    let text = parts.compactMap(\.self).joined(separator: separator)
    return Fact(
      "Throttled",
      text,
      until == nil ? .text : .statusLimited,
      weight: until == nil ? 2 : 6
    )
  }

  private var budget: Fact {
    let budget = condition.budget.sum
    let used = budget.used(at: now)
    guard let perMinute = budget.perMinute, let left = budget.left(at: now) else {
      return Fact(
        "Budget",
        "unlimited\(separator)\(used == 1 ? "1 request" : "\(used) requests") in the last minute",
        weight: 5
      )
    }
    let total = Int(saturating: perMinute.rounded())
    let text = "\(used) of \(total) requests a minute used, \(left) left"
    return Fact("Budget", "\(text)\(separator)\(budget.origin.words)", weight: 5)
  }

  private var refresh: Fact {
    let effective = Age(condition.effectiveRefresh).text
    guard condition.effectiveRefresh > condition.account.refresh else {
      return Fact("Refresh", "every \(effective), as configured", weight: 2)
    }
    let configured = Age(condition.account.refresh).text
    let reason = condition.refreshLimit.map { limit in
      let rate = Int(saturating: limit.requestsPerMinute.rounded())
      return ": a round takes \(limit.requestsPerRound) requests, \(rate) a minute are allowed"
    }
    return Fact("Refresh", "every \(effective) instead of \(configured)\(reason ?? "")", weight: 5)
  }

  private var latency: Fact? {
    condition.latency.map { latency in
      let (median, worst) = (
        AccountRow.text(of: latency.median), AccountRow.text(of: latency.worst)
      )
      let of = latency.count == 1 ? "1 answer" : "the last \(latency.count) answers"
      let isSlow = line.standing == .slow
      return Fact(
        "Latency",
        "median \(median), worst \(worst) of \(of)",
        isSlow ? .statusLimited : .text,
        weight: isSlow ? 6 : 3
      )
    }
  }

  private var list: Fact? {
    if let gap = condition.list.gap { return Fact("Numbers", gap, .statusLimited, weight: 6) }
    return condition.list.lastRead.map { moment in
      Fact("Numbers", "\(line.total)\(separator)listed \(context.longTime(moment))", weight: 3)
    }
  }

  /// What the business accounts and apps of its numbers say; the worst of it in words.
  private func surroundings(_ label: String, _ subject: EntityCondition.Subject) -> Fact? {
    let said = context.state.fleet.conditions(of: line.name, about: subject)
    guard let worst = said.first else { return nil }
    let bad = said.count { $0.condition.severity > .ok }
    let more = bad > 1 ? "\(separator)\(bad) of \(said.count) entities" : ""
    let role: Role = bad == 0 ? .text : .statusLimited
    return Fact(label, worst.condition.text + more, role, weight: bad == 0 ? 2 : 6)
  }

  /// Where there are several.
  private var keys: [Fact] {
    let budget = condition.budget
    guard budget.credentialCount > 1 else { return [] }
    let parts = [
      "\(budget.credentialCount)",
      budget.rejectedCount > 0 ? "\(budget.rejectedCount) rejected" : nil,
      budget.throttledCount > 0 ? "\(budget.throttledCount) throttled" : nil,
    ]
    let summary = Fact("Keys", parts.compactMap(\.self).joined(separator: separator), weight: 5)
    return [summary] + budget.credentials.map(key)
  }

  private func key(_ credential: CredentialCondition) -> Fact {
    let budget = credential.budget
    let limit = budget.perMinute.map { " of \(Int(saturating: $0.rounded()))" } ?? ""
    let used = "\(budget.used(at: now))\(limit) a minute used"
    let word =
      credential.isRejected ? "rejected" : budget.isThrottled(at: now) ? "throttled" : nil
    let text = [credential.name, word, used].compactMap(\.self).joined(separator: separator)
    return Fact("", text, word == nil ? .textMuted : .statusUnknown, weight: 1)
  }
}

extension RequestBudgetCondition.Origin {
  /// Where the limit comes from.
  var words: String {
    switch self {
    case .unlimited: "unlimited"
    case .configuration: "as configured"
    case .provider: "granted by the provider"
    case .usage: "slowed, since the provider's limit is nearly used up"
    }
  }
}
