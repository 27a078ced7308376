package import Health

// Which target is due.
extension PollSchedule {
  /// When the next target is due, as far as no answer under way decides it.
  package var nextMoment: Moment? { order.first?.moment }

  /// Takes the target that is most overdue of the credentials that may ask.
  ///
  /// `admit` takes a request from a credential's budget, or says when one will be there.
  package mutating func takeDue(at now: Moment, admit: (String) -> Moment?) -> PollTarget? {
    while let head = order.first, head.moment <= now {
      if let later = admit(lanes[head.id].credential) {
        change(head.id) { $0.blockedUntil = max(later, now + .milliseconds(1)) }
        continue
      }
      var taken: Int?
      change(head.id) { lane in
        lane.blockedUntil = nil
        taken = lane.takeHead(at: now)
      }
      guard let taken else { return nil }
      entries[taken].due = nil
      entries[taken].isUnderWay = true
      return entries[taken].target
    }
    return nil
  }

  /// Makes targets due at once, before all others; a rejected credential is tried again.
  package mutating func makeDue(_ ids: some Sequence<String>, at now: Moment) {
    for index in ids.compactMap(entries.index(of:)) {
      makeDue(index, due: origin + .seconds(-1), at: now, probing: true)
    }
  }

  /// Makes all numbers due, in the order in which they would have come.
  package mutating func makeAllDue(at now: Moment) {
    makeAllDue(at: now, probing: true) { $0.target.purpose == .health }
  }

  /// Makes the targets due that back off: the account answers again.
  package mutating func makeFailingDue(at now: Moment) {
    makeAllDue(at: now) { $0.backsOff }
  }

  mutating func makeAllDue(
    at now: Moment,
    probing: Bool = false,
    where isMeant: (Entry) -> Bool
  ) {
    let meant = entries.indices.filter { isMeant(entries[$0]) }
    let dues = meant.map { (index: $0, due: entries[$0].due ?? now, id: entries[$0].target.id) }
    for (index, _, _) in dues.sorted(by: { ($0.due, $0.id) < ($1.due, $1.id) }) {
      makeDue(index, due: now, at: now, probing: probing)
    }
  }

  mutating func makeDue(_ index: Int, due moment: Moment, at now: Moment, probing: Bool) {
    let entry = entries[index]
    guard !entry.isUnderWay else { return }
    if probing { change(entry.lane) { $0.suspension?.probe = now } }
    set(index, due: min(entry.due ?? moment, moment))
  }
}
