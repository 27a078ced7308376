/// A sign of what was written to a store, to compare with an earlier one.
package struct StoreMark: Hashable, Sendable {
  private let signs: [Int64]

  package init(_ signs: [Int64]) { self.signs = signs }
}

/// Whether anything may have been written to a store since the last look at it.
///
/// A look costs no query, so that a process with nothing to do need not wake the engine.
package struct StoreWatch: Sendable {
  private var mark: StoreMark?

  package init() {}

  /// To be asked before the store is: what is written in between is news the next time.
  package mutating func hasNews(in store: any HistoryQueries) -> Bool {
    let latest = store.mark()
    defer { mark = latest }
    return latest == nil || latest != mark
  }

  /// What was looked up got lost, so it is news again.
  package mutating func forget() { mark = nil }
}
