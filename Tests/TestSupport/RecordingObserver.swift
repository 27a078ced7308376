package import Health
import Synchronization

/// Remembers what was published, and when.
package final class RecordingObserver: FleetObserver {
  private let received = Mutex<[(update: FleetUpdate, moment: Moment)]>([])
  private let time: any TimeSource

  package init(time: any TimeSource) {
    self.time = time
  }

  package func receive(_ update: FleetUpdate) async {
    received.withLock { $0.append((update, time.now)) }
  }

  package var updates: [FleetUpdate] { received.withLock { $0.map(\.update) } }
  package var moments: [Moment] { received.withLock { $0.map(\.moment) } }
  package var readings: [Reading] { updates.flatMap(\.readings) }

  /// The numbers on the screen now: those that appeared and did not vanish, by their target.
  package var numbers: Set<String?> {
    var numbers: Set<String?> = []
    for update in updates {
      for id in update.vanished { numbers.remove(id.target) }
      for number in update.appeared { numbers.insert(number.target) }
    }
    return numbers
  }

  package func readings(of target: String?) -> [Reading] {
    readings.filter { $0.number.target == target }
  }

  /// What was last said of an account.
  package func condition(of account: String) -> AccountCondition? {
    updates.flatMap(\.accounts).last { $0.account.name == account }
  }
}
