/// Whether anything is remembered, for whoever shows it.
package struct HistoryCondition: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case opening
    case remembering
    /// Not for now; it is tried again.
    case waiting(HistoryError)
    /// Not in this run.
    case without(HistoryError)
  }

  package internal(set) var state = State.opening
  /// Where a damaged file was put before a new one was begun.
  package internal(set) var setAside: String?
  /// Transitions that could not be kept while nothing could be written.
  package internal(set) var lostCount = 0

  package init() {}

  /// One sentence each, where somebody should know.
  package var sentences: [String] {
    var sentences: [String] = []
    switch state {
    case .opening, .remembering: break
    case .waiting(let error), .without(let error): sentences.append(error.message)
    }
    if let setAside {
      sentences.append("What was remembered was damaged: it is kept as \(setAside).")
    }
    if lostCount > 0 {
      sentences.append("\(lostCount) changes were not remembered, since nothing could be written.")
    }
    return sentences
  }
}

/// A store that was just opened.
package struct OpenedHistory: Sendable {
  package let store: any HistoryStore
  /// Where a damaged file was put before a new one was begun.
  package let setAside: String?
  /// By which accounts are polled here from now on; nil where that does not matter.
  package let leases: [Lease]?

  package init(_ store: any HistoryStore, setAside: String? = nil, leases: [Lease]? = nil) {
    self.store = store
    self.setAside = setAside
    self.leases = leases
  }
}
