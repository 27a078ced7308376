import Health

/// Which accounts don't answer, and what they have in common: a provider, or our own network.
package struct PollingTroubles: Sendable {
  struct Failure: Sendable {
    let error: ProviderError
    let since: Moment?
  }

  /// Each account's provider.
  let providers: [String: String]
  /// The failures, combined where possible: of an account, of a provider, or of all accounts.
  private(set) var failures: [CauseID: Failure] = [:]
  private var wholes: [CauseID: CauseID] = [:]
  private let names: [String]
  /// No account's provider can be reached.
  let isOffline: Bool

  init(_ accounts: [AccountCondition] = []) {
    names = accounts.map(\.account.name)
    providers = Dictionary(
      accounts.map { ($0.account.name, $0.account.provider) },
      uniquingKeysWith: { $1 }
    )
    isOffline = Self.isOffline(accounts)
    let byProvider = Dictionary(grouping: accounts, by: \.account.provider)
    for account in accounts {
      guard let error = account.failure else { continue }
      let trouble = CauseID.Trouble(PollOutcome(error.kind))
      let own = CauseID.account(account.account.name, trouble)
      let siblings = byProvider[account.account.provider] ?? []
      let isShared =
        trouble.isOfProvider && siblings.count > 1
        && siblings.allSatisfy { $0.trouble == trouble }
      let whole: CauseID =
        isOffline ? .offline : isShared ? .provider(account.account.provider, trouble) : own
      wholes[own] = whole
      note(error, since: account.failingSince, of: whole)
    }
  }

  /// The combined trouble that contains a single account's; the same one if it is alone.
  package func whole(of id: CauseID) -> CauseID {
    if isOffline, case .account(_, .unreachable) = id { return .offline }
    return wholes[id] ?? id
  }

  /// A single account's failure may be its provider's fault; if all of several fail, our network is
  /// more likely.
  static func isOffline(_ accounts: [AccountCondition]) -> Bool {
    accounts.count > 1 && accounts.allSatisfy { $0.trouble == .unreachable }
  }

  /// The accounts that a trouble is of.
  package func accounts(of id: CauseID) -> [String] {
    switch id {
    case .account(let name, _): [name]
    case .provider(let provider, _): names.filter { providers[$0] == provider }
    case .offline: names
    case .entity, .signal, .templates: []
    }
  }

  /// Stale without answers, unknown without usable ones.
  func state(of id: CauseID) -> HealthState {
    switch id {
    case .account(_, let trouble), .provider(_, let trouble): trouble.state
    case .offline: .stale
    case .entity, .signal, .templates: .unknown
    }
  }

  private mutating func note(_ error: ProviderError, since: Moment?, of id: CauseID) {
    let known = failures[id]
    failures[id] = Failure(
      error: known?.error ?? error,
      since: [known?.since, since].compactMap(\.self).min()
    )
  }
}

extension AccountCondition {
  /// Why it does not answer; nil while it does.
  package var trouble: CauseID.Trouble? { failure.map { CauseID.Trouble(PollOutcome($0.kind)) } }
}
