import Configuration
import Health
import Logging
import Monitor
import Screens
import ServiceLifecycle

/// Takes up another version of the configuration while the dashboard runs.
///
/// It looks at the files now and then, and when it is asked to. A bad file changes nothing but the
/// message line.
@MainActor
final class ConfigurationReload: Service {
  /// What reloading reads and whom it tells, so that tests need no files and no screen.
  ///
  /// What looks at files runs off the main actor, where keys are answered meanwhile.
  struct Surroundings {
    var stamps: @Sendable () -> Stamps
    /// Without the secrets that programs print.
    var read: @Sendable () -> Result<Configuration, ConfigurationError>
    /// As they are polled, with the secrets that have been fetched; nil before polling has begun.
    var accounts: () async -> [ConfiguredAccount]?
    var poll: (_ accounts: [ConfiguredAccount], _ unchanged: Set<String>) async -> Void
  }

  /// Of the files that matter.
  struct Stamps: Hashable, Sendable {
    var configuration: FileStamp?
    /// In any order that stays.
    var themes: [FileStamp?] = []
  }

  /// Takes up the theme and what else of the screen the configuration decides; returns a mistake.
  var show: (_ configuration: Configuration) async -> String? = { _ in nil }

  private let surroundings: Surroundings
  private let secrets: SecretCache
  private let model: ScreenModel
  private let time: any TimeSource
  private let logger: Logger
  private var configuration: Configuration
  private var configurationWatch: FileWatch
  private var themesWatch: FileWatch
  private var reading: Task<Result<Configuration, ConfigurationError>?, Never>?
  /// The file has changed since the reload under way began.
  private var isOutdated = false
  private var isEnding = false
  /// What the message line says of a mistake is over when the file is corrected.
  private var wasRefused = false

  init(
    _ configuration: Configuration,
    _ surroundings: Surroundings,
    secrets: SecretCache = SecretCache(),
    model: ScreenModel,
    time: any TimeSource,
    logger: Logger
  ) {
    self.configuration = configuration
    self.surroundings = surroundings
    self.secrets = secrets
    self.model = model
    self.time = time
    self.logger = logger
    let stamps = surroundings.stamps()
    configurationWatch = FileWatch([stamps.configuration])
    themesWatch = FileWatch(stamps.themes)
  }

  /// Looks at the files until the program ends.
  func run() async throws {
    try await cancelWhenGracefulShutdown { try await self.look() }
    // Programs that print secrets are ended before this process is.
    isEnding = true
    reading?.cancel()
    _ = await reading?.value
  }

  private func look() async throws {
    while !Task.isCancelled {
      let interval = min(configurationWatch.interval, themesWatch.interval)
      guard (try? await time.sleep(until: time.now + interval)) != nil,
        let stamps = await Blocking.run(surroundings.stamps)
      else { return }
      let hasChanged = configurationWatch.look(at: [stamps.configuration])
      let haveThemesChanged = themesWatch.look(at: stamps.themes)
      if hasChanged {
        // Not awaited: the next change may come while a secret's program runs.
        Task { await reload(isAsked: false) }
      } else if haveThemesChanged {
        await showAgain()
      }
    }
  }

  /// Reads the configuration again and says what came of it.
  ///
  /// - Parameter isAsked: Somebody waits for a word, even if nothing has changed.
  func reload(isAsked: Bool) async {
    if isAsked { model.announce("Reading the configuration …", kind: .hint) }
    if let reading {
      // Who asks gets what is being read; another version of the file is read in its place.
      guard !isAsked else { return }
      isOutdated = true
      return reading.cancel()
    }
    // A key may have been replaced where the program takes it from.
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
    guard let result = await Blocking.run(surroundings.read) else { return nil }
    guard case .success(var configuration) = result else { return result }
    var fetch = SecretFetch(configuration.accounts)
    announce(fetch)
    await fetch.run(with: secrets) { announce($0) }
    guard !Task.isCancelled else { return nil }
    configuration.accounts = fetch.accounts
    let mistakes = Array(fetch.mistakes.values.joined())
    return mistakes.isEmpty
      ? .success(configuration) : .failure(ConfigurationError(mistakes: mistakes))
  }

  private func announce(_ fetch: SecretFetch) {
    if let awaited = fetch.awaited { model.announce(awaited, kind: .hint) }
  }

  private func adopt(_ new: Configuration, isAsked: Bool) async {
    var old = configuration
    if let polled = await surroundings.accounts() { old.accounts = polled }
    let change = ConfigurationChange(from: old, to: new)
    configuration = new
    model.adopt(new.names)
    await surroundings.poll(new.accounts, change.unchanged)
    logger.notice("Configuration reloaded: \(change.text)")
    if !change.isEmpty { model.noteReload(change.text) }
    for warning in new.warnings { logger.warning("\(warning)") }
    let wasRefused = wasRefused
    guard await showAgain() else { return }
    guard isAsked || !change.isEmpty || wasRefused else { return }
    let warning = new.warnings.first.map { "; \($0.brief)" } ?? ""
    model.announce("configuration reloaded: \(change.text)\(warning)")
  }

  /// A theme that was edited is seen; no secret is fetched for it.
  ///
  /// - Returns: Whether there was no mistake.
  @discardableResult
  private func showAgain() async -> Bool {
    let mistake = await show(configuration)
    wasRefused = mistake != nil
    if let mistake { model.announce(mistake, kind: .error) }
    return mistake == nil
  }

  private func refuse(_ error: ConfigurationError) {
    wasRefused = true
    for mistake in error.mistakes { logger.warning("Configuration not reloaded: \(mistake)") }
    let first = error.mistakes.first?.brief ?? "the configuration cannot be read"
    let others = error.mistakes.count + error.more - 1
    let more = others > 0 ? " (+\(others) more)" : ""
    model.noteReload("not reloaded: \(first)\(more)")
    model.announce("Not reloaded: \(first)", ending: more, kind: .error)
  }
}
