import Configuration
import Foundation
import Health
import History
import HistorySQLite
import Providers

/// What is needed to remember a run.
struct HistoryRecording: Sendable {
  let recorder: HistoryRecorder
  let leases: AccountLeases
  /// For what is told while nothing can be written; nil where that is not kept.
  var reserve: (any NoteReserve)?
  /// Nil where nobody else tells the same.
  var locks: (any AccountLocks)?
}

// The only place that names the engine of the history.
extension Wiring {
  /// Nothing is opened before the recorder runs.
  func recording(in directory: String) -> HistoryRecording {
    let leases = AccountLeases(
      holder: ProcessIdentity.current.text,
      judge: ProcessIdentity.judge
    )
    let recorder = HistoryRecorder(time: time) { [time] wasDamaged async throws(HistoryError) in
      let now = time.now
      let opened = try await SQLiteHistory.open(
        directory: directory,
        isSuspect: wasDamaged,
        at: now.date
      )
      // They are needed before anything is written. On a full disk they can't be taken yet, but what is
      // there can be read, such as what was told.
      do throws(HistoryError) {
        try await leases.takeAll(in: opened.store, at: now)
      } catch {
        guard error.mayPass else { throw error }
      }
      // What comes before the first opening waits for it, so nothing is missing.
      if !wasDamaged { _ = await leases.takeGained() }
      return OpenedHistory(opened.store, setAside: opened.setAside, leases: leases.leases)
    }
    return HistoryRecording(
      recorder: recorder,
      leases: leases,
      reserve: ReserveFiles(directory: directory),
      locks: LockedAccounts(directory: directory)
    )
  }

  /// Opens the history of a directory, for commands that read it.
  func openHistory(in directory: String) async throws(HistoryError) -> OpenedHistory {
    try await SQLiteHistory.open(directory: directory, at: time.now.date)
  }
}
