import Dashboard
import Health
import Logging
import ServiceLifecycle

/// Takes up another version of the configuration while the dashboard runs.
///
/// It looks at the file now and then, and when it is asked to. A bad file changes nothing but the
/// message line.
@MainActor
final class ConfigurationReload: Service {
  /// What reloading reads and whom it tells, so that tests need no files and no screen.
  struct Surroundings {
    /// Of the files that matter, in any order that stays.
    var stamps: () -> [FileStamp?]
    /// May take a while: secrets come from programs.
    var read: @Sendable () throws(ConfigurationError) -> Configuration
    var poll: (_ accounts: [ConfiguredAccount], _ unchanged: Set<String>) async -> Void
  }

  /// Takes up the theme and what else of the screen the configuration decides; returns a mistake.
  var show: (_ configuration: Configuration) -> String? = { _ in nil }

  private let surroundings: Surroundings
  private let model: DashboardModel
  private let time: any TimeSource
  private let logger: Logger
  private var configuration: Configuration
  private var watch: FileWatch
  private var isReloading = false
  /// What the message line says of a mistake is over when the file is mended.
  private var wasRefused = false

  init(
    _ configuration: Configuration,
    _ surroundings: Surroundings,
    model: DashboardModel,
    time: any TimeSource,
    logger: Logger
  ) {
    self.configuration = configuration
    self.surroundings = surroundings
    self.model = model
    self.time = time
    self.logger = logger
    watch = FileWatch(surroundings.stamps())
  }

  /// Looks at the files until the program ends.
  func run() async throws {
    try await cancelWhenGracefulShutdown { try await self.look() }
  }

  private func look() async throws {
    while !Task.isCancelled {
      guard (try? await time.sleep(until: time.now + watch.interval)) != nil else { return }
      // Not awaited: a secret's program, or a dead file system, must not hold up the end.
      if watch.look(at: surroundings.stamps()) { Task { await reload(isAsked: false) } }
    }
  }

  /// Reads the configuration again and says what came of it.
  ///
  /// - Parameter isAsked: Somebody waits for a word, even if nothing has changed.
  func reload(isAsked: Bool) async {
    // Whoever asks while it is being read gets what is being read.
    if isAsked { model.announce("Reading the configuration …", kind: .hint) }
    guard !isReloading else { return }
    isReloading = true
    defer { isReloading = false }
    do {
      let configuration = try await Self.read(surroundings.read)
      await adopt(configuration, isAsked: isAsked)
    } catch {
      refuse(error)
    }
  }

  /// Off the main actor, where keys are answered meanwhile.
  @concurrent
  private static func read(
    _ body: @Sendable () throws(ConfigurationError) -> Configuration
  ) async throws(ConfigurationError) -> Configuration {
    try body()
  }

  private func adopt(_ new: Configuration, isAsked: Bool) async {
    let change = ConfigurationChange(from: configuration, to: new)
    configuration = new
    await surroundings.poll(new.accounts, change.unchanged)
    logger.notice("Configuration reloaded: \(change.text)")
    if !change.isEmpty { model.noteReload(change.text) }
    for warning in new.warnings { logger.warning("\(warning)") }
    let wasRefused = wasRefused
    let mistake = show(new)
    self.wasRefused = mistake != nil
    if let mistake { return model.announce(mistake, kind: .error) }
    // A theme that was edited is seen.
    guard isAsked || !change.isEmpty || wasRefused else { return }
    let warning = new.warnings.first.map { "; \($0.brief)" } ?? ""
    model.announce("configuration reloaded: \(change.text)\(warning)")
  }

  private func refuse(_ error: ConfigurationError) {
    wasRefused = true
    for mistake in error.mistakes { logger.warning("Configuration not reloaded: \(mistake)") }
    let first = error.mistakes.first?.brief ?? "the configuration cannot be read"
    let more = error.mistakes.count > 1 ? " (+\(error.mistakes.count - 1) more)" : ""
    model.noteReload("not reloaded: \(first)\(more)")
    model.announce("Not reloaded: \(first)\(more)", kind: .error)
  }
}

extension ConfigurationRemark {
  /// With the file's name alone, for one line of a screen.
  fileprivate var brief: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return "\(ConfigurationRemark(file: name, position: position, text: text))"
  }
}
