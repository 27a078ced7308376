package import Health

import struct FoundationEssentials.Date

extension Packed {
  /// Others follow what they read of an account, so it has more than what is needed at a start.
  private static let conditionVersion = 2

  /// How polling an account goes.
  package static func bytes(of condition: AccountCondition) -> [UInt8] {
    var packer = Packer()
    packer.pack(conditionVersion)
    packer.pack(condition.account.name)
    packer.pack(condition.account.provider)
    packer.pack(condition.account.refresh)
    packer.pack(condition.account.requestsPerMinute)
    packer.pack(condition.account.concurrency)
    packer.pack(condition.account.callingExpected)
    packer.pack(condition.effectiveRefresh)
    packer.pack(condition.failure) { $0.pack($1) }
    packer.pack(condition.failingSince)
    packer.pack(condition.nextPoll)
    packer.pack(condition.lastSuccess)
    packer.pack(condition.lastError) { packer, error in
      packer.pack(error.error)
      packer.pack(error.moment.date)
      packer.pack(error.target)
    }
    packer.pack(condition.latency) { packer, latency in
      packer.pack(latency.median)
      packer.pack(latency.worst)
      packer.pack(latency.count)
    }
    packer.pack(condition.list.lastRead)
    packer.pack(condition.list.gap)
    packer.pack(condition.refreshLimit) { packer, limit in
      packer.pack(limit.requestsPerRound)
      packer.pack(limit.requestsPerMinute)
      packer.pack(limit.origin.code)
    }
    packer.pack(condition.budget)
    return packer.bytes
  }

  /// Reads how polling an account went, on the clock of this run.
  package static func condition(
    from bytes: some Collection<UInt8>,
    at now: Moment
  ) throws(PackedError) -> AccountCondition {
    var unpacker = Unpacker(bytes)
    guard try unpacker.number() == conditionVersion else { throw PackedError() }
    var condition = AccountCondition(
      account: Account(
        name: try unpacker.text(),
        provider: try unpacker.text(),
        refresh: try unpacker.duration(),
        requestsPerMinute: try unpacker.optionalNumber(),
        concurrency: try unpacker.number(),
        callingExpected: try unpacker.flag()
      ),
      effectiveRefresh: try unpacker.duration(),
      failure: try unpacker.optional { unpacker throws(PackedError) in try unpacker.failure() },
      failingSince: try unpacker.moment(at: now),
      nextPoll: try unpacker.expectedMoment(at: now)
    )
    condition.lastSuccess = try unpacker.moment(at: now)
    condition.lastError = try unpacker.optional { unpacker throws(PackedError) in
      PollError(
        try unpacker.failure(),
        at: Moment(remembered: try unpacker.date(), now: now),
        of: try unpacker.optionalText()
      )
    }
    condition.latency = try unpacker.optional { unpacker throws(PackedError) in
      AnswerLatency(
        median: try unpacker.duration(),
        worst: try unpacker.duration(),
        count: try unpacker.number()
      )
    }
    condition.list.lastRead = try unpacker.moment(at: now)
    condition.list.gap = try unpacker.optionalText()
    condition.refreshLimit = try unpacker.optional { unpacker throws(PackedError) in
      RefreshLimit(
        requestsPerRound: try unpacker.number(),
        requestsPerMinute: try unpacker.fraction(),
        origin: try unpacker.origin()
      )
    }
    condition.budget = try unpacker.accountBudget(at: now)
    return condition
  }
}

extension Packer {
  fileprivate mutating func pack(_ moment: Moment?) { pack(moment?.date) { $0.pack($1) } }

  /// To the thousandth.
  fileprivate mutating func pack(_ fraction: Double) {
    pack(Int(saturating: (fraction * 1000).rounded()))
  }

  fileprivate mutating func pack(_ budget: AccountBudget) {
    pack(budget.sum)
    pack(budget.credentials) { packer, credential in
      packer.pack(credential.name)
      packer.pack(credential.isRejected)
      packer.pack(credential.budget)
    }
    pack(budget.credentialCount)
    pack(budget.rejectedCount)
    pack(budget.throttledCount)
  }

  private mutating func pack(_ budget: RequestBudgetCondition) {
    pack(budget.perMinute) { $0.pack($1) }
    pack(budget.origin.code)
    pack(budget.used)
    pack(budget.left)
    pack(budget.moment)
    pack(budget.throttledUntil)
    pack(budget.throttledInARow)
    pack(budget.lastThrottled)
  }
}

extension Unpacker {
  fileprivate mutating func moment(at now: Moment) throws(PackedError) -> Moment? {
    try optional { unpacker throws(PackedError) in try unpacker.date() }
      .map { Moment(remembered: $0, now: now) }
  }

  fileprivate mutating func expectedMoment(at now: Moment) throws(PackedError) -> Moment? {
    try optional { unpacker throws(PackedError) in try unpacker.date() }
      .map { Moment(expected: $0, now: now) }
  }

  fileprivate mutating func fraction() throws(PackedError) -> Double { Double(try number()) / 1000 }

  fileprivate mutating func origin() throws(PackedError) -> RequestBudgetCondition.Origin {
    let code = try number()
    guard let origin = RequestBudgetCondition.Origin.all.first(where: { $0.code == code }) else {
      throw PackedError()
    }
    return origin
  }

  fileprivate mutating func accountBudget(at now: Moment) throws(PackedError) -> AccountBudget {
    var budget = AccountBudget()
    budget.sum = try requestBudget(at: now)
    budget.credentials = try list { unpacker throws(PackedError) in
      CredentialCondition(
        name: try unpacker.text(),
        isRejected: try unpacker.flag(),
        budget: try unpacker.requestBudget(at: now)
      )
    }
    budget.credentialCount = try number()
    budget.rejectedCount = try number()
    budget.throttledCount = try number()
    return budget
  }

  private mutating func requestBudget(
    at now: Moment
  ) throws(PackedError) -> RequestBudgetCondition {
    var budget = RequestBudgetCondition()
    budget.perMinute = try optional { unpacker throws(PackedError) in try unpacker.fraction() }
    budget.origin = try origin()
    budget.used = try number()
    budget.left = try optionalNumber()
    budget.moment = try moment(at: now)
    budget.throttledUntil = try expectedMoment(at: now)
    budget.throttledInARow = try number()
    budget.lastThrottled = try moment(at: now)
    return budget
  }
}

extension RequestBudgetCondition.Origin {
  fileprivate static let all: [Self] = [.unlimited, .configuration, .provider, .usage]

  fileprivate var code: Int {
    switch self {
    case .unlimited: 0
    case .configuration: 1
    case .provider: 2
    case .usage: 3
    }
  }
}
