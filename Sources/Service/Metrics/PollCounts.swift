package import Health
import Synchronization

/// Counts the polls of this process: what each brought, and how long its answer took.
///
/// It stands before the observer that remembers them, and adds next to nothing to a poll.
package final class PollCounts: FleetObserver {
  /// The bounds of the histogram, in milliseconds; the last one has none.
  static let bounds = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000]

  struct Counts: Sendable {
    var outcomes = [Int](repeating: 0, count: PollOutcome.allCases.count)
    /// Answers up to each bound, and beyond.
    var durations = [Int](repeating: 0, count: PollCounts.bounds.count + 1)
    var milliseconds = 0
  }

  private let next: any FleetObserver
  private let counts = Mutex<[String: Counts]>([:])

  package init(before next: any FleetObserver) { self.next = next }

  package func receive(_ update: FleetUpdate) async {
    note(update)
    await next.receive(update)
  }

  private func note(_ update: FleetUpdate) {
    guard !update.readings.isEmpty || update.accountOrder != nil else { return }
    counts.withLock { counts in
      if let order = update.accountOrder {
        counts = counts.filter { order.contains($0.key) }
      }
      for reading in update.readings {
        counts[reading.number.account, default: Counts()].add(reading)
      }
    }
  }

  /// By account.
  var current: [String: Counts] { counts.withLock(\.self) }
}

extension PollCounts.Counts {
  fileprivate mutating func add(_ reading: Reading) {
    if let place = PollOutcome.allCases.firstIndex(of: reading.outcome) { outcomes[place] += 1 }
    guard let latency = reading.latency else { return }
    let taken = Int(saturating: latency / .milliseconds(1))
    let place = PollCounts.bounds.firstIndex { taken <= $0 } ?? PollCounts.bounds.count
    durations[place] += 1
    milliseconds += taken
  }

  func count(_ outcome: PollOutcome) -> Int {
    PollOutcome.allCases.firstIndex(of: outcome).map { outcomes[$0] } ?? 0
  }
}
