import Configuration
import Health
import Logging
import Monitor
import Polling
import Providers
import Screens
import ServiceLifecycle
import Transport

/// Polls for the dashboard after its first frame: before that, there are no requests, and no
/// programs for secrets are run.
actor PollingService: Service {
  /// The source of accounts: a configuration, or a simulator that has to be started first.
  typealias Accounts = @Sendable () async throws -> [ConfiguredAccount]
  /// Shows a message to the operator.
  typealias Tell = @Sendable (_ text: String, _ kind: Message.Kind) async -> Void

  private let wiring: Wiring
  private let observer: any FleetObserver
  private let configured: Accounts
  /// Nil where no other process could poll the same.
  private let sharing: SharedPolling?
  private let tell: Tell
  private let start: StartSignal
  private var refresher: Refresher?
  private var transport: CurlTransport?
  /// Replaces `configured`, if set before polling started.
  private var replacement: [ConfiguredAccount]?
  /// The accounts and their secrets, as far as known.
  private var fetch = SecretFetch([])
  private var fetching: Task<Void, Never>?

  init(
    wiring: Wiring,
    observer: any FleetObserver,
    sharing: SharedPolling? = nil,
    start: StartSignal = StartSignal(),
    tell: @escaping Tell = { _, _ in },
    accounts: @escaping Accounts
  ) {
    self.wiring = wiring
    self.observer = observer
    self.sharing = sharing
    self.tell = tell
    self.start = start
    configured = accounts
  }

  /// Starts polling; called after the first frame.
  nonisolated func begin() { start.begin() }

  func run() async throws {
    try await cancelWhenGracefulShutdown { try await self.poll() }
  }

  private func poll() async throws {
    await start.wait()
    guard !Task.isCancelled else { return }
    let configured = try await configured()
    fetch = SecretFetch(replacement ?? configured)
    let transport = Wiring.transport()
    defer { transport.shutdown() }
    self.transport = transport
    await share()
    let refresher = Refresher(
      providers: Wiring.providers(of: fetch, over: transport),
      observer: observer,
      time: wiring.time,
      policy: wiring.policy,
      claims: sharing,
      logger: wiring.logger("refresher")
    )
    self.refresher = refresher
    if fetch.awaited != nil { fetching = Task { await fetchSecrets() } }
    do {
      try await refresher.run()
    } catch {
      await stopFetching()
      throw error
    }
    // Ends programs that print secrets before this process ends.
    await stopFetching()
  }

  /// Polls these numbers first.
  func pollNow(_ numbers: [PhoneNumber.ID]) async {
    await refresher?.pollNow(Set(numbers))
    await sharing?.demand(Set(numbers))
  }

  func pollAllNow() async {
    await refresher?.pollAllNow()
    await sharing?.demand(nil)
  }

  /// Polls what another process asked for: some numbers of an account, or nil for all.
  private func poll(_ numbers: Set<PhoneNumber.ID>?, of account: String) async {
    if let numbers {
      await refresher?.pollNow(numbers)
    } else {
      await refresher?.pollAllNow(of: account)
    }
  }

  /// Agrees with other processes on who polls the accounts that can be polled.
  private func share() async {
    guard let sharing else { return }
    await sharing.onDemand { [weak self] account, numbers in
      await self?.poll(numbers, of: account)
    }
    let complete = fetch.decided.filter(\.mistakes.isEmpty).map(\.account)
    await sharing.share(
      Dictionary(
        complete.map { ($0.settings.name, SettingsFingerprint.text(of: $0)) },
        uniquingKeysWith: { $1 }
      )
    )
  }

  /// Whether the first frame was drawn.
  var hasBegun: Bool { refresher != nil }

  /// The accounts, with or without their secrets; nil before polling has started.
  var accounts: [ConfiguredAccount]? { refresher.map { _ in fetch.accounts } }

  /// Polls these accounts from now on; unchanged ones continue.
  func replace(_ accounts: [ConfiguredAccount], keeping unchanged: Set<String>) async {
    guard let refresher, let transport else {
      replacement = accounts
      return
    }
    await stopFetching()
    fetch = SecretFetch(accounts)
    await share()
    let providers = Wiring.providers(of: fetch, over: transport)
    await refresher.replaceProviders(providers, keeping: unchanged)
  }
}

// Secrets that programs print.
extension PollingService {
  /// Starts polling each account as soon as its own secrets are known.
  private func fetchSecrets() async {
    let reminder = Task { await remind() }
    defer { reminder.cancel() }
    var fetch = fetch
    await fetch.run(with: wiring.secrets) { await adopt($0) }
  }

  private func stopFetching() async {
    fetching?.cancel()
    await fetching?.value
    fetching = nil
  }

  private func adopt(_ progress: SecretFetch) async {
    guard !Task.isCancelled, let refresher, let transport else { return }
    let polled = Set(fetch.decided.map(\.account.settings.name))
    let mistakes = progress.mistakes.filter { fetch.mistakes[$0.key] == nil }
    fetch = progress
    await share()
    await refresher.replaceProviders(
      Wiring.providers(of: fetch, over: transport),
      keeping: polled
    )
    if let awaited = fetch.awaited { await tell(awaited, .hint) }
    for mistake in mistakes.values.joined() {
      wiring.logger("configuration").warning("\(mistake)")
      await tell(mistake.brief, .error)
    }
  }

  /// Repeats the message about missing secrets, because messages disappear after some seconds.
  private func remind() async {
    while let awaited = fetch.awaited {
      await tell(awaited, .hint)
      guard (try? await wiring.time.sleep(until: wiring.time.now + Message.lifetime)) != nil
      else { return }
    }
  }
}
