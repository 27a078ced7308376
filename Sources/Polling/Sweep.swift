package import Health
package import Logging

/// One pass over all accounts: each target is asked once, as fast as the request budgets allow.
///
/// What has not answered when the time is up has timed out, and every number that is known by then has
/// a reading.
package struct Sweep: Sendable {
  private let providers: [any HealthProvider]
  private let observer: any FleetObserver
  private let includesTemplates: Bool
  private let timeout: Duration
  private let time: any TimeSource
  private let random: any RandomNumberGenerator & Sendable
  private let policy: PollPolicy
  private let logger: Logger

  /// `includesTemplates` asks for templates as well; `timeout` is that of the whole
  /// sweep, discovery included.
  package init(
    providers: [any HealthProvider],
    observer: any FleetObserver,
    includesTemplates: Bool,
    timeout: Duration,
    time: any TimeSource = SystemTime(),
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    policy: PollPolicy = PollPolicy(),
    logger: Logger
  ) {
    self.providers = providers
    self.observer = observer
    self.includesTemplates = includesTemplates
    self.timeout = timeout
    self.time = time
    self.random = random
    self.policy = policy
    self.logger = logger
  }

  /// Returns when everything was asked or the time is up, and all of it has been published.
  @concurrent
  package func run() async {
    let batcher = UpdateBatcher(observer: observer, time: time, policy: policy)
    let accounts = providers.map(\.account)
    await batcher.publish(
      FleetUpdate(
        accounts: accounts.map(AccountCondition.init(of:)),
        accountOrder: accounts.map(\.name)
      )
    )
    await withDiscardingTaskGroup { group in
      group.addTask { await batcher.run() }
      await pollAll(through: batcher)
      group.cancelAll()
    }
    await batcher.flush()
  }

  private func pollAll(through batcher: UpdateBatcher) async {
    let mode = AccountScheduler.Mode.once(
      until: time.now + timeout,
      within: timeout,
      includesTemplates: includesTemplates
    )
    let random = RandomSource(random)
    await withDiscardingTaskGroup { group in
      for provider in providers {
        let poller = AccountPoller(
          provider: provider,
          mode: mode,
          policy: policy,
          batcher: batcher,
          time: time,
          random: random,
          logger: logger
        )
        group.addTask { await poller.run() }
      }
    }
  }
}
