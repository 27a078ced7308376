/// Notes what is asked before it is: what comes together is one write.
///
/// Accounts start their polls at the same tenths of a second, and polling waits for the note.
package actor AskedNotes {
  private struct Waiting {
    let asked: [Asked]
    let lease: Lease
    let continuation: CheckedContinuation<Result<Bool, HistoryError>, Never>
  }

  private var waiting: [Waiting] = []
  private var isWriting = false

  package init() {}

  /// Returns whether the lease still holds; otherwise nothing was noted, and nothing may be asked.
  package func note(
    _ asked: [Asked],
    under lease: Lease,
    in store: any PollingRecords
  ) async throws(HistoryError) -> Bool {
    let result = await withCheckedContinuation { continuation in
      waiting.append(Waiting(asked: asked, lease: lease, continuation: continuation))
      guard !isWriting else { return }
      isWriting = true
      Task { await writeAll(to: store) }
    }
    return try result.get()
  }

  private func writeAll(to store: any PollingRecords) async {
    while !waiting.isEmpty {
      let taken = waiting
      waiting = []
      let result = await write(taken, to: store)
      for one in taken {
        one.continuation.resume(returning: result.map { !$0.contains(one.lease.account) })
      }
    }
    isWriting = false
  }

  private func write(
    _ taken: [Waiting],
    to store: any PollingRecords
  ) async -> Result<Set<String>, HistoryError> {
    do throws(HistoryError) {
      return .success(try await store.note(taken.flatMap(\.asked), under: taken.map(\.lease)))
    } catch {
      return .failure(error)
    }
  }
}
