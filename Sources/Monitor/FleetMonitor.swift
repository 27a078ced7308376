package import Health
import Synchronization

/// Knows what is so and says what changed, beside the screen and without one.
///
/// Polling waits for it and for nobody else. Who shows something takes a snapshot whenever `arrivals`
/// says that there is one; who keeps or tells changes is a consumer.
package actor FleetMonitor: FleetObserver {
  private var state: MonitorState
  private let time: any TimeSource
  private let consumers: [any ChangeConsumer]
  private nonisolated let wanted = Mutex<Set<PhoneNumber.ID>>([])
  /// Says that something came in, without saying how often: to one listener that may be slow.
  package nonisolated let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation
  private var sleep: (until: Moment, task: Task<Void, Never>)?

  package init(time: any TimeSource, consumers: [any ChangeConsumer] = []) {
    state = MonitorState(startedAt: time.now)
    self.time = time
    self.consumers = consumers
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  package func receive(_ update: FleetUpdate) {
    let wanted = wanted.withLock(\.self)
    tell(state.receive(update, at: time.now, keepingAnswersOf: wanted))
    arrival.yield()
    wakeEarlier()
  }

  package func noteReload(_ text: String) {
    tell(state.noteReload(text, at: time.now))
    arrival.yield()
  }

  /// Lets time pass: what was said too long ago no longer counts.
  package func advance(to now: Moment) {
    let due = state.fleet.nextAgeing.map { $0 < now } ?? false
    guard due else { return }
    tell(state.advance(to: now))
    arrival.yield()
  }

  /// What is so now, and what became another since this was asked before.
  package func takeSnapshot() -> MonitorSnapshot { state.takeSnapshot() }

  /// The answers that are kept as they came, and what is known of a number, without taking a snapshot.
  package func answers(
    of number: PhoneNumber.ID
  ) -> (answers: RawAnswers, record: NumberRecord?) {
    (state.answers, state.fleet[number])
  }

  /// Keeps the answers of these numbers as they come, though they are fine.
  package nonisolated func keepAnswers(of numbers: Set<PhoneNumber.ID>) {
    wanted.withLock { $0 = numbers }
  }

  private func tell(_ changes: [Change]) {
    guard !changes.isEmpty else { return }
    for consumer in consumers { consumer.receive(changes) }
  }
}

// Time that passes while nothing comes in.
extension FleetMonitor {
  /// Looks again at each moment at which something may have become too old, until it is cancelled.
  package func run() async {
    while !Task.isCancelled {
      advance(to: time.now)
      let due = state.fleet.nextAgeing.map { max($0, time.now) + Self.patience }
      await sleep(until: due ?? time.now + Self.longestSleep)
    }
  }

  /// Numbers that are read together age together.
  private static let patience = Duration.milliseconds(100)
  private static let longestSleep = Duration.seconds(60)

  private func sleep(until moment: Moment) async {
    let task = Task { [time] in _ = try? await time.sleep(until: moment) }
    sleep = (moment, task)
    await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    sleep = nil
  }

  /// An account that is polled more often now ages sooner.
  private func wakeEarlier() {
    guard let sleep, let next = state.fleet.nextAgeing, next + Self.patience < sleep.until else {
      return
    }
    sleep.task.cancel()
  }
}
