package import Health
package import Logging
import ServiceLifecycle

/// Asks every account's targets in turn for as long as the program runs.
///
/// Accounts are polled side by side, each at most `concurrency` at once and within its request budget; a
/// failing number is retried later and never delays the others. Quitting waits for nothing.
package actor Refresher: Service {
  private let pollers: [AccountPoller]
  private let batcher: UpdateBatcher

  package init(
    providers: [any HealthProvider],
    observer: any FleetObserver,
    time: any TimeSource = SystemTime(),
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    policy: PollPolicy = PollPolicy(),
    logger: Logger
  ) {
    let batcher = UpdateBatcher(observer: observer, time: time, policy: policy)
    let random = RandomSource(random)
    self.batcher = batcher
    pollers = providers.map { provider in
      AccountPoller(
        provider: provider,
        course: .continuous,
        policy: policy,
        batcher: batcher,
        time: time,
        random: random,
        logger: logger
      )
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

  @concurrent
  private func poll() async {
    await withDiscardingTaskGroup { group in
      // The order of the first update is the order of the accounts everywhere.
      let accounts = pollers.map(\.provider.account)
      await batcher.publish(FleetUpdate(accounts: accounts.map(AccountCondition.init(of:))))
      group.addTask { [batcher] in await batcher.run() }
      for poller in pollers { group.addTask { await poller.run() } }
    }
  }
}

extension AccountCondition {
  /// Before anything was asked.
  init(of account: Account) {
    self.init(account: account, effectiveRefresh: account.refresh)
  }
}

extension UpdateBatcher {
  init(observer: any FleetObserver, time: any TimeSource, policy: PollPolicy) {
    self.init(
      observer: observer,
      time: time,
      window: policy.batchWindow,
      limit: policy.batchLimit
    )
  }
}
