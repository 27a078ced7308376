import Health
package import Monitor
import Synchronization

import struct FoundationEssentials.Date

/// Keeps what monitoring found out until it is told; monitoring never waits for it.
package final class AlertInbox: ChangeConsumer {
  /// Incidents that nobody asked about since they ended are forgotten beyond so many.
  private static let mostEnded = 4_000
  private static let mostRemarks = 1_000

  /// What is known by now.
  struct Contents: Sendable {
    /// The incidents that last, by the keys of their causes.
    var open: [String: TrackedIncident] = [:]
    /// Those that are over, by their ids.
    var ended: [String: TrackedIncident] = [:]
    /// Since when numbers flap.
    var flapping: [PhoneNumber.ID: Date] = [:]
    /// What operators said since it was last taken, the oldest first.
    var remarks: [Change] = []
    var lostRemarks = 0
  }

  private struct State {
    var contents = Contents()
    /// The ids of incidents that are over, in the order in which they ended.
    var endings: [String] = []
  }

  private let state = Mutex(State())

  package init() {}

  package func receive(_ changes: [Change]) {
    noteFlapping(changes)
    let remarks = changes.filter(\.isOfAcknowledgement)
    guard !remarks.isEmpty else { return }
    state.withLock { state in
      state.contents.remarks += remarks
      let surplus = state.contents.remarks.count - Self.mostRemarks
      guard surplus > 0 else { return }
      state.contents.remarks.removeFirst(surplus)
      state.contents.lostRemarks += surplus
    }
  }

  package func receive(followed changes: [Change]) { noteFlapping(changes) }

  package func receive(_ incidents: [TrackedIncident]) {
    state.withLock { state in
      for incident in incidents {
        let key = incident.reason.key
        guard incident.end != nil else {
          state.contents.open[key] = incident
          continue
        }
        if state.contents.open[key]?.id == incident.id { state.contents.open[key] = nil }
        if state.contents.ended.updateValue(incident, forKey: incident.id) == nil {
          state.endings.append(incident.id)
        }
      }
      let surplus = state.endings.count - Self.mostEnded
      guard surplus > 0 else { return }
      for id in state.endings.prefix(surplus) { state.contents.ended[id] = nil }
      state.endings.removeFirst(surplus)
    }
  }

  private func noteFlapping(_ changes: [Change]) {
    state.withLock { state in
      for change in changes {
        switch change.event {
        case .flapping(let number, _, _): state.contents.flapping[number.id] = change.date
        case .steady(let number), .vanished(let number):
          state.contents.flapping[number.id] = nil
        default: break
        }
      }
    }
  }

  var contents: Contents { state.withLock(\.contents) }

  /// What operators said since the last call, and how much of it was too much to be kept.
  func takeRemarks() -> (remarks: [Change], lost: Int) {
    state.withLock { state in
      defer { (state.contents.remarks, state.contents.lostRemarks) = ([], 0) }
      return (state.contents.remarks, state.contents.lostRemarks)
    }
  }
}

extension Change {
  fileprivate var isOfAcknowledgement: Bool {
    switch event {
    case .acknowledged, .unacknowledged: true
    default: false
    }
  }
}
