import Health
import History
import HistorySQLite
import Monitor
import ServiceLifecycle

/// Remembers a run that leaves nothing behind, in memory, so that it can be looked back on.
final class RunMemory: Service {
  private static let timeBetweenCoverage = Duration.seconds(10)
  /// Nothing is for ever where memory is all there is.
  private static let retention = Retention(days: 1, rollUpDays: 1)

  let recorder: HistoryRecorder
  private let time: any TimeSource
  private let observer: RecordedMonitor

  /// - Parameters:
  ///   - recorder: Made for a run without a directory.
  ///   - monitor: Reports to the recorder.
  ///   - time: The clock.
  init(_ recorder: HistoryRecorder, of monitor: FleetMonitor, time: any TimeSource) {
    self.recorder = recorder
    self.time = time
    observer = RecordedMonitor(monitor, recorder, time: time)
  }

  static func recorder(time: any TimeSource) -> HistoryRecorder {
    HistoryRecorder(time: time, retention: retention) { _ async throws(HistoryError) in
      OpenedHistory(try SQLiteHistory.inMemory())
    }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown { [self] in
      async let writing: Void = recorder.run()
      while !Task.isCancelled {
        observer.cover()
        try? await time.sleep(untilNext: Self.timeBetweenCoverage)
      }
      await writing
    }
  }
}

extension RunMemory: FleetObserver {
  func receive(_ update: FleetUpdate) async { await observer.receive(update) }
}
