import Health
import Monitor
import Synchronization

import struct FoundationEssentials.Date

/// Blocked numbers that nobody at this terminal was told of, for its bell and its notifications.
final class NewTroubles: ChangeConsumer {
  /// What is signalled together is one signal, and signals are so far apart.
  static let interval = Duration.seconds(60)

  private struct State {
    /// The incidents that last and were signalled, or need not be.
    var known: Set<String> = []
    var waiting: [String: TrackedIncident] = [:]
    var last: Moment?
  }

  private let start: Moment
  private let state = Mutex(State())

  /// - Parameter start: What was announced before is no news.
  init(since start: Moment) { self.start = start }

  func receive(_ changes: [Change]) {}

  func receive(_ incidents: [TrackedIncident]) {
    state.withLock { state in
      for incident in incidents {
        guard incident.end == nil else {
          state.known.remove(incident.id)
          state.waiting[incident.id] = nil
          continue
        }
        guard incident.worst == .blocked else { continue }
        let isNews = incident.announced.map { $0 >= start.date } ?? true
        let isKnown = !isNews || state.known.contains(incident.id)
        if isKnown {
          state.known.insert(incident.id)
        } else {
          state.waiting[incident.id] = incident
        }
      }
    }
  }

  /// What is to be signalled now, in one line; nil where there is nothing, or it is too soon.
  ///
  /// What is acknowledged or muted by then is signalled neither now nor later.
  func take(in fleet: Fleet, at now: Moment) -> String? {
    state.withLock { state in
      guard !state.waiting.isEmpty, state.last.map({ now - $0 >= Self.interval }) ?? true else {
        return nil
      }
      let all = state.waiting.values.sorted {
        ($0.start, $0.reason.key) < ($1.start, $1.reason.key)
      }
      state.waiting = [:]
      state.known.formUnion(all.map(\.id))
      let open = all.filter { incident in
        incident.victims.contains { victim in
          victim.left == nil
            && victim.subject.number.flatMap { fleet[$0] }?.marks.isEmpty ?? true
        }
      }
      guard let first = open.first else { return nil }
      state.last = now
      let subject = CauseID(key: first.reason.key)?.subject ?? first.reason.summary
      let more = open.count > 1 ? " and \(open.count - 1) more" : ""
      return "wabatop: BLOCKED by \(subject)\(more)"
    }
  }
}
