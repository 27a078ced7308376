import Health
import History
import Logging
import Monitor
import ServiceLifecycle

/// Remembers what monitoring finds out about the accounts that no other process polls.
///
/// Polling and the screen never wait for it.
final class HistoryService: Service, FleetObserver {
  /// What the operator is shown.
  struct Display: Sendable {
    /// That something can't be remembered, or is again.
    var tell: @Sendable (_ text: String, _ isError: Bool) async -> Void
    /// Which process polls: in a few words, nil while all is polled here, and in sentences on what
    /// changed.
    var show: @Sendable (_ pollingNote: String?, _ sentences: [String]) async -> Void
  }

  private static let interval = Duration.seconds(1)
  /// Other processes have written by then what they found out: all write with the full seconds.
  private static let delay = Duration.milliseconds(300)
  /// Polling waits for the store to be opened.
  private static let intervalOfOpening = Duration.milliseconds(10)
  private static let timeBetweenCoverage = Duration.seconds(10)
  /// A disk that does not answer must not hold up the end of the program.
  private static let longestEnd = Duration.seconds(2)

  private let recorder: HistoryRecorder
  private let sharing: SharedPolling
  private let monitor: RecordedMonitor
  private let start: StartSignal
  private let time: any TimeSource
  private let logger: Logger
  private let display: Display

  init(
    _ sharing: SharedPolling,
    of monitor: FleetMonitor,
    start: StartSignal,
    time: any TimeSource,
    logger: Logger,
    display: Display
  ) {
    self.sharing = sharing
    recorder = sharing.recorder
    self.monitor = RecordedMonitor(monitor, sharing.recorder, time: time)
    self.start = start
    self.time = time
    self.logger = logger
    self.display = display
  }

  func receive(_ update: FleetUpdate) async { await monitor.receive(update) }

  func run() async throws {
    // It outlives this task, so it does not inherit its threads.
    let writing = Task(executorPreference: BackgroundThreads.shared) { [recorder, start] in
      // To open a large store takes as long as the first frame.
      await start.wait()
      await recorder.run()
    }
    await cancelWhenGracefulShutdown { await self.follow() }
    // This task may be cancelled, and what is left is still to be written.
    await Task { await self.end(writing) }.value
  }

  private func follow() async {
    var news = HistoryNews()
    var nextCoverage = time.now
    var shown = PollingShare()
    var hasResumed = false
    while !Task.isCancelled {
      if await share() { hasResumed = false }
      if !hasResumed, let store = recorder.store {
        hasResumed = (try? await monitor.resumeIncidents(in: store)) != nil
      }
      let share = await sharing.share
      let sentences = share.sentences(since: shown)
      if share.phrase != shown.phrase || !sentences.isEmpty {
        await display.show(share.phrase, sentences)
      }
      let own = ProcessIdentity.current.number
      if let takeOver = share.takeOver(since: shown, own: own) {
        await monitor.noteTakeOver(takeOver.text, isOurs: takeOver.isOurs)
      }
      shown = share
      if nextCoverage <= time.now {
        monitor.cover()
        nextCoverage = time.now + Self.timeBetweenCoverage
      }
      let condition = recorder.condition
      if let (text, isError) = news.text(of: condition, at: time.now) { await say(text, isError) }
      let isOpening = condition.state == .opening
      try? await time.sleep(
        untilNext: isOpening ? Self.intervalOfOpening : Self.interval,
        after: Self.delay
      )
    }
  }

  /// Returns whether accounts are recorded here that another process may have recorded until now, with
  /// incidents that go on.
  func share() async -> Bool {
    await sharing.keep()
    let gained = await sharing.takeGained()
    if let store = recorder.store { try? await monitor.recordAnew(gained.unrecorded, in: store) }
    await sharing.follow()
    await sharing.serveDemands()
    return !gained.all.isEmpty
  }

  private func say(_ text: String, _ isError: Bool) async {
    if isError { logger.warning("\(text)") } else { logger.notice("\(text)") }
    await display.tell(text, isError)
  }

  private func end(_ writing: Task<Void, Never>) async {
    let (ends, source) = AsyncStream.makeStream(of: Void.self)
    let patience = Task { [time] in
      try? await time.sleep(until: time.now + Self.longestEnd)
      source.finish()
    }
    Task {
      monitor.cover()
      writing.cancel()
      await writing.value
      await sharing.end()
      source.finish()
    }
    for await _ in ends {}
    patience.cancel()
  }
}
