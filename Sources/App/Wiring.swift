import Configuration
import Health
import Logging
import Polling
import Providers
import ServiceLifecycle
import Transport

/// Builds the object graph: the only place that names concrete types.
struct Wiring: Sendable {
  let log: LogFile?
  let level: Logger.Level
  let time: any TimeSource = SystemTime()
  var policy = PollPolicy()
  let secrets = SecretCache()

  func logger(_ label: String) -> Logger { Logger(label: label, file: log, level: level) }

  /// Sweeps over the accounts once; targets without an answer in time have timed out.
  func sweep(
    _ accounts: [ConfiguredAccount],
    within timeout: Duration,
    includingTemplates: Bool = false,
    into observer: any FleetObserver
  ) async {
    let transport = Self.transport()
    let sweep = Sweep(
      providers: Self.providers(of: accounts, over: transport),
      observer: observer,
      includesTemplates: includingTemplates,
      timeout: timeout,
      time: time,
      policy: policy,
      logger: logger("sweep")
    )
    await sweep.run()
    transport.shutdown()
  }

  static func transport() -> CurlTransport { CurlTransport(version: Wabatop.version) }

  static func providers(
    of accounts: [ConfiguredAccount],
    over transport: any HTTPTransport
  ) -> [any HealthProvider] {
    accounts.map { $0.provider.make($0.settings, transport) }
  }

  /// The providers of accounts whose secrets are known, or failed.
  static func providers(
    of fetch: SecretFetch,
    over transport: any HTTPTransport
  ) -> [any HealthProvider] {
    fetch.decided.map { account, mistakes in
      guard mistakes.isEmpty else {
        let settings = account.settings
        return AccountWithoutKey(account.provider.account(from: settings), because: mistakes)
      }
      return account.provider.make(account.settings, transport)
    }
  }
}
