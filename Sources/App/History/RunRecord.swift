import Health
import History
import Monitor
import ServiceLifecycle

/// Remembers when a run starts and ends, which explains times without polls.
struct RunRecord: Service {
  let recorder: HistoryRecorder
  let time: any TimeSource

  func run() async throws {
    note(.started)
    try? await gracefulShutdown()
    note(.stopped)
  }

  private func note(_ event: Transition.Event) {
    var batch = Batch()
    batch.transitions = [
      Transition(
        date: time.now.date,
        subject: .program,
        names: Names("wabatop"),
        event: event
      )
    ]
    recorder.note(batch)
  }
}
