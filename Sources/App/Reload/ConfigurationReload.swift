import Configuration
import Health
import Logging
import Monitor
import Screens
import ServiceLifecycle

/// Reloads the configuration while the dashboard runs.
///
/// It checks the files regularly, and on request. An invalid file changes nothing but the message
/// line.
@MainActor
final class ConfigurationReload: Service {
  /// The inputs and outputs of reloading, so that tests need no files and no screen.
  ///
  /// Files are read off the main actor, which handles keys meanwhile.
  struct Dependencies {
    var stamps: @Sendable () -> Stamps
    /// Reads the configuration without secrets from programs.
    var read: @Sendable () -> Result<Configuration, ConfigurationError>
    /// The polled accounts, with the secrets that have been fetched; nil before polling has
    /// started.
    var accounts: () async -> [ConfiguredAccount]?
    var poll: (_ accounts: [ConfiguredAccount], _ unchanged: Set<String>) async -> Void
    /// Who is told of incidents, with the secrets that have been fetched; nil is as configured.
    var receivers: () async -> [ConfiguredReceiver]? = { nil }
    var alert: (_ receivers: [ConfiguredReceiver]) async -> Void = { _ in }
  }

  /// The stamps of the relevant files.
  struct Stamps: Hashable, Sendable {
    var configuration: FileStamp?
    /// In any stable order.
    var themes: [FileStamp?] = []
  }

  /// Applies the theme and other screen settings; returns a mistake.
  var show: (_ configuration: Configuration) async -> String? = { _ in nil }

  private let dependencies: Dependencies
  private let secrets: SecretCache
  private let listener: any ReloadListener
  private let time: any TimeSource
  private let logger: Logger
  private var configuration: Configuration
  private var configurationWatch: FileWatch
  private var themesWatch: FileWatch
  private var reading: Task<Result<Configuration, ConfigurationError>?, Never>?
  /// Whether the file changed during the current reload.
  private var isOutdated = false
  private var isEnding = false
  /// Whether the message line shows a mistake, which has to be cleared when the file is corrected.
  private var wasRefused = false

  init(
    _ configuration: Configuration,
    _ dependencies: Dependencies,
    secrets: SecretCache = SecretCache(),
    listener: any ReloadListener,
    time: any TimeSource,
    logger: Logger
  ) {
    self.configuration = configuration
    self.dependencies = dependencies
    self.secrets = secrets
    self.listener = listener
    self.time = time
    self.logger = logger
    let stamps = dependencies.stamps()
    configurationWatch = FileWatch([stamps.configuration])
    themesWatch = FileWatch(stamps.themes)
  }

  /// Watches the files until the program ends.
  func run() async throws {
    try await cancelWhenGracefulShutdown { try await self.look() }
    // Ends programs that print secrets before this process ends.
    isEnding = true
    reading?.cancel()
    _ = await reading?.value
  }

  private func look() async throws {
    while !Task.isCancelled {
      let interval = min(configurationWatch.interval, themesWatch.interval)
      guard (try? await time.sleep(untilNext: interval)) != nil,
        let stamps = await Blocking.run(dependencies.stamps)
      else { return }
      let hasChanged = configurationWatch.look(at: [stamps.configuration])
      let haveThemesChanged = themesWatch.look(at: stamps.themes)
      if hasChanged {
        // Not awaited, because the next change may come while a secret's program runs.
        Task { await reload(isAsked: false) }
      } else if haveThemesChanged {
        await showAgain()
      }
    }
  }

  /// Reloads the configuration and shows the result.
  ///
  /// - Parameter isAsked: Whether the operator asked for it and expects a message, even if nothing
  ///   changed.
  func reload(isAsked: Bool) async {
    if isAsked { listener.announce("Reading the configuration …", kind: .hint) }
    if let reading {
      // A request during a reload gets the current reload's result; a changed file restarts it.
      guard !isAsked else { return }
      isOutdated = true
      return reading.cancel()
    }
    // The program may print another key now.
    if isAsked { await secrets.forget() }
    repeat {
      isOutdated = false
      let task = Task { await read() }
      reading = task
      let result = await task.value
      reading = nil
      switch result {
      case .success(let configuration)?: await adopt(configuration, isAsked: isAsked)
      case .failure(let error)?: refuse(error)
      case nil: break
      }
    } while isOutdated && !isEnding
  }

  /// Nil when it was cancelled.
  private func read() async -> Result<Configuration, ConfigurationError>? {
    guard let result = await Blocking.run(dependencies.read) else { return nil }
    guard case .success(var configuration) = result else { return result }
    var fetch = SecretFetch(configuration.accounts)
    announce(fetch)
    await fetch.run(with: secrets) { announce($0) }
    guard !Task.isCancelled else { return nil }
    configuration.accounts = fetch.accounts
    let mistakes =
      fetch.mistakes.values.joined() + (await configuration.fetchReceiverSecrets(with: secrets))
    return mistakes.isEmpty
      ? .success(configuration) : .failure(ConfigurationError(mistakes: mistakes))
  }

  private func announce(_ fetch: SecretFetch) {
    if let awaited = fetch.awaited { listener.announce(awaited, kind: .hint) }
  }

  private func adopt(_ new: Configuration, isAsked: Bool) async {
    var old = configuration
    if let polled = await dependencies.accounts() { old.accounts = polled }
    if let told = await dependencies.receivers() { old.receivers = told }
    let change = ConfigurationChange(from: old, to: new)
    configuration = new
    listener.adopt(new.names)
    await listener.monitor.confirm(by: new.confirmation)
    await dependencies.poll(new.accounts, change.unchanged)
    await dependencies.alert(new.receivers)
    logger.notice("Configuration reloaded: \(change.text)")
    if !change.isEmpty { listener.noteReload(change.text) }
    for warning in new.warnings { logger.warning("\(warning)") }
    let wasRefused = wasRefused
    guard await showAgain() else { return }
    guard isAsked || !change.isEmpty || wasRefused else { return }
    let warning = new.warnings.first.map { "; \($0.brief)" } ?? ""
    listener.announce("configuration reloaded: \(change.text)\(warning)")
  }

  /// Checks for an edited theme, without fetching secrets.
  ///
  /// - Returns: Whether there was no mistake.
  @discardableResult
  private func showAgain() async -> Bool {
    let mistake = await show(configuration)
    wasRefused = mistake != nil
    if let mistake { listener.announce(mistake, kind: .error) }
    return mistake == nil
  }

  private func refuse(_ error: ConfigurationError) {
    wasRefused = true
    for mistake in error.mistakes { logger.warning("Configuration not reloaded: \(mistake)") }
    let first = error.mistakes.first?.brief ?? "the configuration cannot be read"
    let others = error.mistakes.count + error.more - 1
    let more = others > 0 ? " (+\(others) more)" : ""
    listener.noteReload("not reloaded: \(first)\(more)")
    listener.announce("Not reloaded: \(first)", ending: more, kind: .error)
  }
}
