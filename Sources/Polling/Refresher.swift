package import Health
package import Logging
import ServiceLifecycle

/// Asks every account's targets in turn for as long as the program runs.
///
/// Accounts are polled side by side, each at most `concurrency` at once and within its request budget; a
/// failing number is retried later and never delays the others. Quitting waits for nothing.
package actor Refresher: Service {
  private let batcher: UpdateBatcher
  private let makePoller: @Sendable (any HealthProvider) -> AccountPoller
  private var pollers: [AccountPoller] = []
  private var pollersMade = 0
  private let isShared: Bool
  /// The pollers that are to run.
  private let arrivals: AsyncStream<AccountPoller>
  private let arrival: AsyncStream<AccountPoller>.Continuation

  package init(
    providers: [any HealthProvider],
    observer: any FleetObserver,
    time: any TimeSource = SystemTime(),
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    policy: PollPolicy = PollPolicy(),
    claims: (any PollClaims)? = nil,
    logger: Logger
  ) {
    let batcher = UpdateBatcher(observer: observer, time: time, policy: policy)
    let random = RandomSource(random)
    self.batcher = batcher
    isShared = claims != nil
    makePoller = { provider in
      AccountPoller(
        provider: provider,
        mode: .continuous,
        policy: policy,
        batcher: batcher,
        time: time,
        random: random,
        logger: logger,
        claims: claims
      )
    }
    (arrivals, arrival) = AsyncStream.makeStream()
    for provider in providers {
      var poller = makePoller(provider)
      poller.id = pollersMade
      pollersMade += 1
      pollers.append(poller)
      arrival.yield(poller)
    }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown { [self] in await poll() }
  }

  /// Polls these numbers before all others, as soon as their accounts' request budgets allow it.
  package func pollNow(_ numbers: Set<PhoneNumber.ID>) {
    for (account, numbers) in Dictionary(grouping: numbers, by: \.account) {
      for poller in pollers where poller.provider.account.name == account {
        poller.events.push(.demanded(Set(numbers)))
      }
    }
  }

  /// Polls every number, as soon as the accounts' request budgets allow it.
  package func pollAllNow() {
    for poller in pollers { poller.events.push(.demanded(nil)) }
  }

  /// Polls every number of an account, as soon as its request budget allows it.
  package func pollAllNow(of account: String) {
    for poller in pollers where poller.provider.account.name == account {
      poller.events.push(.demanded(nil))
    }
  }

  private var accounts: [Account] { pollers.map(\.provider.account) }

  @concurrent
  private func poll() async {
    await withDiscardingTaskGroup { group in
      // The order of the first update is the order of the accounts everywhere.
      let accounts = await accounts
      await batcher.publish(FleetUpdate(accounts: accounts.map(AccountCondition.init(of:))))
      if isShared { await batcher.flush() }
      group.addTask { [batcher] in await batcher.run() }
      for await poller in arrivals { group.addTask { await poller.run() } }
    }
  }
}

// Another configuration.
extension Refresher {
  /// Polls these accounts from now on.
  ///
  /// One that is unchanged goes on with its schedule as if nothing had happened. One that is gone
  /// stops and its numbers vanish. One that is new starts; and so does one that has changed, whose
  /// numbers keep their readings until they are read again, or not found again.
  ///
  /// - Parameters:
  ///   - providers: Every account that there is now, in the order of the configuration. Not to be
  ///     called again before it has returned.
  ///   - unchanged: Names of accounts whose settings are what they were.
  package func replaceProviders(
    _ providers: [any HealthProvider],
    keeping unchanged: Set<String> = []
  ) async {
    var leaving = Dictionary(
      pollers.map { ($0.provider.account.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let staying = providers.map(\.account.name)
      .map { unchanged.contains($0) ? leaving.removeValue(forKey: $0) : nil }
    for poller in leaving.values { poller.events.push(.ended) }
    var vanishing = batcher.stop(
      Dictionary(uniqueKeysWithValues: leaving.values.map { ($0.id, $0.provider.account) })
    )
    var fresh: [AccountPoller] = []
    pollers = zip(providers, staying).map { provider, poller in
      if let poller { return poller }
      let former = leaving[provider.account.name]?.provider.account
      // Another provider's numbers are others, even where they are called the same.
      let isSame = former?.provider == provider.account.provider
      let inherited = isSame ? vanishing.removeValue(forKey: provider.account.name) : nil
      fresh.append(newPoller(of: provider, inheriting: inherited ?? []))
      return fresh[fresh.count - 1]
    }
    let update = FleetUpdate(
      vanished: vanishing.values.flatMap(\.self).sorted(),
      accounts: fresh.map { AccountCondition(of: $0.provider.account) },
      accountOrder: providers.map(\.account.name)
    )
    await batcher.publish(update)
    // What was known of an account is shown only once the account is known.
    await batcher.flush()
    for poller in fresh { arrival.yield(poller) }
  }

  private func newPoller(
    of provider: any HealthProvider,
    inheriting numbers: Set<PhoneNumber.ID>
  ) -> AccountPoller {
    var poller = makePoller(provider)
    poller.id = pollersMade
    poller.inherited = numbers
    pollersMade += 1
    return poller
  }
}

extension AccountCondition {
  /// Before anything was asked.
  init(of account: Account) {
    self.init(account: account, effectiveRefresh: account.refresh)
    isUnasked = true
  }
}

extension UpdateBatcher {
  convenience init(observer: any FleetObserver, time: any TimeSource, policy: PollPolicy) {
    self.init(
      observer: observer,
      time: time,
      window: policy.batchWindow,
      limit: policy.batchLimit
    )
  }
}
