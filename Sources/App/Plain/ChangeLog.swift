import Monitor
import Synchronization

/// Keeps changes until they are printed.
final class ChangeLog: ChangeConsumer {
  private let changes = Mutex<[Change]>([])

  func receive(_ changes: [Change]) {
    self.changes.withLock { $0 += changes }
  }

  /// Removes and returns the changes up to this count of the run, which the filter can be applied
  /// to.
  func take(upTo count: Int) -> [Change] {
    changes.withLock { changes in
      let taken = changes.prefix { $0.sequence <= count }
      changes.removeFirst(taken.count)
      return Array(taken)
    }
  }
}
