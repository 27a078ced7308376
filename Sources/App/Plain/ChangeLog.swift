import Monitor
import Synchronization

/// Keeps what changed until it is printed.
final class ChangeLog: ChangeConsumer {
  private let changes = Mutex<[Change]>([])

  func receive(_ changes: [Change]) {
    self.changes.withLock { $0 += changes }
  }

  /// The first so many of this run that were not taken yet: the filter is asked of what is shown.
  func take(upTo count: Int) -> [Change] {
    changes.withLock { changes in
      let taken = changes.prefix { $0.sequence <= count }
      changes.removeFirst(taken.count)
      return Array(taken)
    }
  }
}
