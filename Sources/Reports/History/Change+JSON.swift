import Health
import History
package import Monitor

extension Change {
  /// The change as one line: what `history` lists of it, and the fingerprint that its start and its end
  /// have in common.
  package var json: String {
    var writer = JSONWriter(isOnOneLine: true)
    var clock = ReportClock()
    let change = HistoryChange(transition: remembered, former: formerState)
    writer.object { writer in
      change.writeMembers(to: &writer, &clock)
      writer.member("fingerprint", fingerprint)
    }
    return writer.finish()
  }

  private var formerState: HealthState? {
    if case .number(_, let from, _) = event { from } else { nil }
  }

  /// As it is remembered, also where it is remembered in another way.
  private var remembered: Transition {
    if let transition = Transition(self) { return transition }
    switch event {
    case .acknowledged(let number, let note):
      return spoken(of: number, .acknowledged(by: note.author, comment: note.comment))
    case .unacknowledged(let number, _, let why): return spoken(of: number, .unacknowledged(why))
    case .muted(let filter, let note):
      return spoken(.muted(by: note.author, filter: filter, comment: note.comment))
    case .unmuted(let filter, _, let why): return spoken(.unmuted(filter: filter, why: why))
    default: preconditionFailure("every other change has a transition")
    }
  }

  private func spoken(of number: Number? = nil, _ event: Transition.Event) -> Transition {
    let cause = reason.map { Subject.cause($0.key) } ?? .program
    return Transition(
      date: date,
      subject: number.map { .number($0.id) } ?? cause,
      names: number.map { Names($0.number, detail: $0.name) }
        ?? Names(reason?.summary ?? "wabatop"),
      event: event,
      reason: reason
    )
  }
}
