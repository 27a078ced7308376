import Health
import History
import Logging
import Monitor
import ServiceLifecycle

/// Remembers what monitoring finds out about the accounts that no other process polls.
///
/// Polling and the screen never wait for it.
final class HistoryService: Service, FleetObserver {
  /// Shows a message to the operator.
  typealias Tell = @Sendable (_ text: String) async -> Void

  private static let interval = Duration.seconds(1)
  private static let timeBetweenCoverage = Duration.seconds(10)
  /// A disk that does not answer must not hold up the end of the program.
  private static let longestEnd = Duration.seconds(2)

  private let recording: HistoryRecording
  private let monitor: RecordedMonitor
  private let time: any TimeSource
  private let logger: Logger
  private let tell: Tell

  private var recorder: HistoryRecorder { recording.recorder }

  init(
    _ recording: HistoryRecording,
    of monitor: FleetMonitor,
    time: any TimeSource,
    logger: Logger,
    tell: @escaping Tell
  ) {
    self.recording = recording
    self.monitor = RecordedMonitor(monitor, recording.recorder, time: time)
    self.time = time
    self.logger = logger
    self.tell = tell
  }

  func receive(_ update: FleetUpdate) async {
    await monitor.receive(update)
    if let order = update.accountOrder { await recording.leases.want(Set(order)) }
  }

  func run() async throws {
    // It outlives this task, so it does not inherit its threads.
    let writing = Task(executorPreference: BackgroundThreads.shared) { [recorder] in
      await recorder.run()
    }
    await cancelWhenGracefulShutdown { await self.follow() }
    // This task may be cancelled, and what is left is still to be written.
    await Task { await self.end(writing) }.value
  }

  private func follow() async {
    var told = HistoryCondition.State.opening
    var toldAside: String?
    var nextCoverage = time.now
    while !Task.isCancelled {
      await keepLeases()
      if nextCoverage <= time.now {
        monitor.cover()
        nextCoverage = time.now + Self.timeBetweenCoverage
      }
      let condition = recorder.condition
      if condition.state != told || condition.setAside != toldAside {
        (told, toldAside) = (condition.state, condition.setAside)
        await say(condition.sentences)
      }
      try? await time.sleep(until: time.now + Self.interval)
    }
  }

  private func say(_ sentences: [String]) async {
    guard !sentences.isEmpty else { return }
    let text = sentences.joined(separator: " ")
    logger.warning("\(text)")
    await tell(text)
  }

  /// The recorder says by its condition what is wrong with the store, so errors are not told here.
  private func keepLeases() async {
    guard let store = recorder.store else { return }
    let leases = recording.leases
    try? await leases.keep(in: store, at: time.now.date)
    recorder.hold(await leases.leases)
    await monitor.recordAnew(leases.takeGained())
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
      if let store = recorder.store { try? await recording.leases.release(in: store) }
      source.finish()
    }
    for await _ in ends {}
    patience.cancel()
  }
}
