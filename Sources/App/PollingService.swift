import Health
import Polling
import ServiceLifecycle
import Transport

/// Polls for the dashboard, once its first frame is drawn: the network is not touched before.
actor PollingService: Service {
  /// Where the accounts come from: a configuration, or a simulator that has to be started first.
  typealias Accounts = @Sendable () async throws -> [ConfiguredAccount]

  private let wiring: Wiring
  private let observer: any FleetObserver
  private let accounts: Accounts
  private let start: AsyncStream<Never>
  private let startSource: AsyncStream<Never>.Continuation
  private var refresher: Refresher?
  private var transport: CurlTransport?
  /// What to poll in place of `accounts`, where that was said before polling began.
  private var replacement: [ConfiguredAccount]?

  init(wiring: Wiring, observer: any FleetObserver, accounts: @escaping Accounts) {
    self.wiring = wiring
    self.observer = observer
    self.accounts = accounts
    (start, startSource) = AsyncStream.makeStream()
  }

  /// Lets polling begin; the screen says so when its first frame is there.
  nonisolated func begin() { startSource.finish() }

  func run() async throws {
    try await cancelWhenGracefulShutdown { try await self.poll() }
  }

  private func poll() async throws {
    for await _ in start {}
    guard !Task.isCancelled else { return }
    let configured = try await accounts()
    let accounts = replacement ?? configured
    let transport = Wiring.transport()
    defer { transport.shutdown() }
    self.transport = transport
    let refresher = Refresher(
      providers: Wiring.providers(of: accounts, over: transport),
      observer: observer,
      time: wiring.time,
      policy: wiring.policy,
      logger: wiring.logger("refresher")
    )
    self.refresher = refresher
    try await refresher.run()
  }

  /// Polls these numbers before all others.
  func pollNow(_ numbers: [PhoneNumber.ID]) async { await refresher?.pollNow(Set(numbers)) }

  func pollAllNow() async { await refresher?.pollAllNow() }

  /// Polls these accounts from now on; those named last go on as they are.
  func replace(_ accounts: [ConfiguredAccount], keeping unchanged: Set<String>) async {
    guard let refresher, let transport else {
      replacement = accounts
      return
    }
    let providers = Wiring.providers(of: accounts, over: transport)
    await refresher.replaceProviders(providers, keeping: unchanged)
  }
}
