import Health
import History
import Logging
import Monitor
import ServiceLifecycle

/// Shares what operators say with all processes of the host, through the store.
final class OperatorService: Service {
  /// Shows a message to the operator.
  typealias Tell = @Sendable (_ text: String) async -> Void

  private static let interval = Duration.seconds(1)

  let ledger: OperatorLedger
  /// Nil if nothing is remembered in this run.
  private let recording: HistoryRecording?
  private let time: any TimeSource
  private let logger: Logger
  private let tell: Tell

  init(
    _ ledger: OperatorLedger,
    _ recording: HistoryRecording?,
    time: any TimeSource,
    logger: Logger,
    tell: @escaping Tell
  ) {
    self.ledger = ledger
    self.recording = recording
    self.time = time
    self.logger = logger
    self.tell = tell
  }

  func run() async throws {
    await cancelWhenGracefulShutdown { await self.follow() }
    // What was said last is still to be written.
    await Task { await self.synchronize() }.value
  }

  /// Does what an operator wants, and writes it at once.
  func perform(_ action: OperatorAction) async {
    await ledger.perform(action)
    await synchronize()
  }

  private func follow() async {
    var told: HistoryError?
    while !Task.isCancelled {
      await synchronize()
      let failure = await ledger.failure
      if failure != told {
        told = failure
        if let failure { await say(failure) }
      }
      try? await time.sleep(untilNext: Self.interval)
    }
  }

  private func synchronize() async {
    guard let recording else { return await ledger.synchronize(with: nil, polling: nil) }
    let accounts = Set(recording.leases.leases.map(\.account))
    await ledger.synchronize(with: recording.recorder.store, polling: accounts)
  }

  private func say(_ failure: HistoryError) async {
    let text = "Acknowledgements and mutes are only in memory for now: \(failure.reason)."
    logger.warning("\(text)")
    await tell(text)
  }
}
