import Canvas
import Configuration
import Monitor
import Screens
import Synchronization

/// What a program without a screen says: one line on stderr each.
@MainActor
final class ErrorLines: ReloadListener {
  let monitor: FleetMonitor
  private let journal: Journal
  private var last: String?
  private nonisolated let known = Mutex(OperatorNames())

  init(_ monitor: FleetMonitor, _ journal: Journal) {
    self.monitor = monitor
    self.journal = journal
  }

  nonisolated static func print(_ text: String, kind: Message.Kind = .notice, to journal: Journal) {
    Output.error(journal.prefix(of: kind) + text.sanitized)
  }

  /// What is said again and again, so that a screen keeps it, is printed once.
  func announce(_ text: String, ending: String, kind: Message.Kind) {
    let line = text + ending
    guard line != last else { return }
    last = line
    Self.print(line, kind: kind, to: journal)
  }

  func adopt(_ names: OperatorNames) { known.withLock { $0 = names } }

  /// The operator's names of the current configuration.
  nonisolated var names: OperatorNames { known.withLock(\.self) }

  func noteReload(_ text: String) { Task { await monitor.noteReload(text) } }
}
