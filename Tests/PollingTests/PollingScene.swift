import Health
import Logging
import Polling
import Synchronization
import TestSupport

/// A refresher or a sweep over scripted accounts, under time that passes by hand.
struct PollingScene {
  let clock = ManualClock()
  let observer: RecordingObserver

  init() {
    observer = RecordingObserver(time: clock)
  }

  func account(
    _ name: String = "acme",
    perMinute: Int? = nil,
    concurrency: Int = 8
  ) -> Account {
    Account(
      name: name,
      provider: "test",
      requestsPerMinute: perMinute,
      concurrency: concurrency
    )
  }

  /// An account whose targets bring one number each.
  func provider(
    _ account: Account,
    numbers: [String],
    script: @escaping ScriptedProvider.Script = { .answer(.healthy($0)) }
  ) -> ScriptedProvider {
    ScriptedProvider(
      account: account,
      targets: numbers.map { .number($0, of: account) },
      time: clock,
      script: script
    )
  }

  func refresher(
    _ providers: [any HealthProvider],
    policy: PollPolicy = PollPolicy(),
    claims: (any PollClaims)? = nil
  ) -> Refresher {
    Refresher(
      providers: providers,
      observer: observer,
      time: clock,
      random: SeededGenerator(seed: 1),
      policy: policy,
      claims: claims,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  /// Runs a refresher while time passes, and ends it.
  func refresh(_ provider: any HealthProvider, for duration: Duration) {
    refresh(provider, for: duration) { _ in }
  }

  /// Runs a refresher while time passes, looks at it, and ends it.
  func refresh(
    _ providers: any HealthProvider...,
    policy: PollPolicy = PollPolicy(),
    for duration: Duration = .zero,
    _ body: (Refresher) throws -> Void
  ) rethrows {
    let refresher = refresher(providers, policy: policy)
    let running = clock.start { try await refresher.run() }
    defer {
      running.cancel()
      clock.settle()
    }
    clock.advance(by: duration)
    try body(refresher)
  }

  func sweep(
    _ providers: ScriptedProvider...,
    includesTemplates: Bool = false,
    timeout: Duration = .seconds(30)
  ) -> Sweep {
    sweep(of: providers, includesTemplates: includesTemplates, timeout: timeout)
  }

  func sweep(
    of providers: [any HealthProvider],
    includesTemplates: Bool = false,
    timeout: Duration = .seconds(30)
  ) -> Sweep {
    Sweep(
      providers: providers,
      observer: observer,
      includesTemplates: includesTemplates,
      timeout: timeout,
      time: clock,
      random: SeededGenerator(seed: 1),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  /// Runs a sweep until nothing more happens; nil when it did not end in time.
  func run(_ sweep: Sweep, atMost limit: Duration = .seconds(3600)) -> Moment? {
    let ended = Ended()
    _ = clock.start {
      await sweep.run()
      ended.note(clock.now)
    }
    clock.advance(by: limit)
    return ended.moment
  }
}

/// When something ended, as told by a task.
private final class Ended: Sendable {
  private let state = Mutex<Moment?>(nil)

  var moment: Moment? { state.withLock { $0 } }

  func note(_ moment: Moment) { state.withLock { $0 = moment } }
}
