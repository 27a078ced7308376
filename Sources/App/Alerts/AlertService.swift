import Alerts
import Configuration
import Health
import Logging
import Monitor
import Providers
import Screens
import ServiceLifecycle
import Transport

/// Tells the configured receivers, and says when one of them fails and when it works again.
actor AlertService: Service {
  /// What the operator is shown.
  struct Display: Sendable {
    var tell: @Sendable (_ text: String, _ isError: Bool) async -> Void
    var show: @Sendable (_ conditions: [ReceiverCondition]) async -> Void
  }

  private static let interval = Duration.seconds(1)

  private let teller: Teller
  private let wiring: Wiring
  private let environment: ProcessEnvironment
  private let logger: Logger
  private let hasBegun: @Sendable () async -> Bool
  private let display: Display
  private var configured: [ConfiguredReceiver]
  private var shown: [ReceiverCondition] = []
  /// The receivers of which it was said that a notice was given up, since they last worked.
  private var resigned: Set<String> = []
  /// Whether what is told could not be noted anywhere, when it was last looked.
  private var couldRepeat = false
  private let replacements: AsyncStream<Void>
  private let replacement: AsyncStream<Void>.Continuation
  /// Opened with the first receiver.
  private lazy var transport = Wiring.transport()

  /// - Parameters:
  ///   - teller: Tells the receivers.
  ///   - configured: The receivers, whose secrets may still have to be fetched.
  ///   - wiring: Makes them.
  ///   - environment: Of the programs.
  ///   - hasBegun: Whether programs may be run for secrets, and anything be told.
  ///   - display: Where it is shown how it goes.
  init(
    _ teller: Teller,
    _ configured: [ConfiguredReceiver],
    _ wiring: Wiring,
    in environment: ProcessEnvironment,
    once hasBegun: @escaping @Sendable () async -> Bool,
    display: Display
  ) {
    self.teller = teller
    self.configured = configured
    self.wiring = wiring
    self.environment = environment
    self.hasBegun = hasBegun
    self.display = display
    logger = wiring.logger("alerts")
    (replacements, replacement) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func run() async throws {
    await cancelWhenGracefulShutdown { await self.tell() }
    // What was found out last is still told by the next run, if it is noted.
    await Task { await self.teller.fillOutboxes() }.value
    if !configured.isEmpty { transport.shutdown() }
  }

  private func tell() async {
    while await !hasBegun(), !Task.isCancelled { await pause() }
    await use(configured)
    await withTaskGroup { group in
      group.addTask { await self.teller.run() }
      group.addTask { await self.watch() }
    }
  }

  /// Who is told, with the secrets that have been fetched.
  var receivers: [ConfiguredReceiver] { configured }

  /// Tells these receivers from now on; their secrets are known.
  func replace(_ receivers: [ConfiguredReceiver]) async {
    guard receivers != configured else { return }
    configured = receivers
    await use(receivers)
    replacement.yield()
  }

  private func use(_ receivers: [ConfiguredReceiver]) async {
    guard !receivers.isEmpty else { return await teller.use([]) }
    var complete: [ConfiguredReceiver] = []
    for receiver in receivers {
      let (fetched, mistakes) = await receiver.fetchingSecrets(with: wiring.secrets)
      if mistakes.isEmpty { complete.append(fetched) }
      for mistake in mistakes { await say(mistake.brief, isError: true) }
    }
    // Another version came while secrets were fetched.
    guard receivers == configured else { return }
    configured = receivers.map { old in complete.first { $0.name == old.name } ?? old }
    await teller.use(
      complete.map { Wiring.receiver($0, over: transport, in: environment) }
    )
  }

  private func watch() async {
    while !Task.isCancelled {
      let conditions = await teller.conditions
      for condition in conditions { await say(condition) }
      await say(mayRepeat: await teller.mayRepeat)
      if conditions != shown { await display.show(conditions) }
      shown = conditions
      if configured.isEmpty { await untilReplaced() } else { await pause() }
    }
  }

  private func untilReplaced() async { for await _ in replacements { break } }

  private func pause() async {
    try? await wiring.time.sleep(untilNext: Self.interval)
  }

  /// Says what changed, once.
  private func say(_ condition: ReceiverCondition) async {
    let former = shown.first {
      $0.receiver == condition.receiver && $0.place == condition.place
    }
    if let sentence = condition.sentence(since: former) {
      await say(sentence, isError: condition.failure != nil)
    }
    if condition.failure == nil { resigned.remove(condition.title) }
    if condition.dead > former?.dead ?? condition.dead, resigned.insert(condition.title).inserted {
      await say(
        "A notice to \(condition.title) was given up; `wabatop alerts` lists it.",
        isError: true
      )
    }
    let dropped = condition.dropped - (former?.dropped ?? 0)
    if dropped > 0 {
      let troubles = dropped == 1 ? "1 trouble was" : "\(dropped) troubles were"
      await say(
        "\(troubles) not told to \(condition.title), which has too many notices waiting.",
        isError: true
      )
    }
  }

  private func say(mayRepeat: Bool) async {
    defer { couldRepeat = mayRepeat }
    guard mayRepeat, !couldRepeat else { return }
    await say(
      "Alerts are sent, but it can't be noted for now: after a restart some may be sent again.",
      isError: true
    )
  }

  private func say(_ text: String, isError: Bool) async {
    if isError { logger.warning("\(text)") } else { logger.notice("\(text)") }
    await display.tell(text, isError)
  }
}

extension ReceiverCondition {
  /// Such as `ops (http://am1:9093)`.
  var title: String { "\(receiver) (\(place))" }

  /// That it began to fail, or works again; nil while that is known.
  fileprivate func sentence(since former: Self?) -> String? {
    switch (former?.failure, failure) {
    case (nil, let failure?): "Alerts to \(title) fail for now: \(failure)"
    case (_?, nil): "Alerts to \(title) arrive again."
    case (nil, nil), (_?, _?): nil
    }
  }
}

extension ReceiverLine {
  init(_ condition: ReceiverCondition) {
    self.init(
      title: condition.title,
      failure: condition.failure,
      lastSent: condition.lastSent,
      waiting: condition.waiting,
      dead: condition.dead,
      dropped: condition.dropped
    )
  }
}
