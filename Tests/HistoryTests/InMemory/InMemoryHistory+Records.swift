import Foundation
import History
import Monitor

extension InMemoryHistory: OperatorRecords {
  func save(_ acknowledgement: Acknowledgement) throws(HistoryError) {
    lastRevision += 1
    acknowledgements[acknowledgement.id] = acknowledgement
  }

  func acknowledgements(at date: Date) throws(HistoryError) -> [Acknowledgement] {
    acknowledgements.values.filter {
      $0.date <= date && ($0.until ?? .distantFuture) > date
        && ($0.ending?.date ?? .distantFuture) > date
    }
    .sorted { ($0.date, $0.id) < ($1.date, $1.id) }
  }

  func acknowledgement(_ id: String) -> Acknowledgement? { acknowledgements[id] }

  func mute(_ id: String) -> Mute? { mutes[id] }

  func save(_ mute: Mute) throws(HistoryError) {
    lastRevision += 1
    mutes[mute.id] = mute
  }

  func mutes(at date: Date) throws(HistoryError) -> [Mute] {
    mutes.values.filter {
      $0.date <= date && $0.until > date && ($0.ending?.date ?? .distantFuture) > date
    }
    .sorted { ($0.date, $0.id) < ($1.date, $1.id) }
  }

  func save(_ comment: Comment) throws(HistoryError) {
    lastRevision += 1
    comments[comment.id] = comment
  }

  func comments(on subject: Subject) throws(HistoryError) -> [Comment] {
    comments.values.filter { $0.subject == subject }
      .sorted { ($0.date, $0.id) < ($1.date, $1.id) }
  }
}

extension InMemoryHistory: PollingRecords {
  func takeLease(
    of account: String,
    for holder: String,
    settings: String,
    at now: Date,
    until: Date
  ) throws(HistoryError) -> LeaseAnswer {
    let last = heldLeases[account]
    let held = last.flatMap { $0.isGivenBack ? nil : $0.lease }
    if let held, held.holder != holder, held.isValid(at: now) { return .held(held) }
    let term = last?.lease.term ?? 0
    let lease = Lease(
      account: account,
      holder: holder,
      term: held?.holder == holder ? term : term + 1,
      settings: settings,
      renewed: now,
      until: until
    )
    heldLeases[account] = HeldLease(lease: lease)
    lastRevision += 1
    return .taken(lease)
  }

  func renew(_ lease: Lease, at now: Date, until: Date) throws(HistoryError) -> Lease? {
    guard let held = held(lease) else { return nil }
    let renewed = Lease(
      account: held.account,
      holder: held.holder,
      term: held.term,
      settings: held.settings,
      renewed: now,
      until: until
    )
    heldLeases[lease.account] = HeldLease(lease: renewed)
    return renewed
  }

  func release(_ lease: Lease) throws(HistoryError) {
    lastRevision += 1
    if held(lease) != nil { heldLeases[lease.account]?.isGivenBack = true }
  }

  func held(_ lease: Lease) -> Lease? {
    guard let held = heldLeases[lease.account], !held.isGivenBack, held.lease.term == lease.term,
      held.lease.holder == lease.holder
    else { return nil }
    return held.lease
  }

  func leases() throws(HistoryError) -> [Lease] {
    heldLeases.values.filter { !$0.isGivenBack }.map(\.lease).sorted { $0.account < $1.account }
  }

  func note(_ asked: [Asked], under leases: [Lease]) throws(HistoryError) -> Set<String> {
    let lost = Set(leases.filter { held($0) == nil }.map(\.account))
    for asked in asked where !lost.contains(asked.account) {
      lastAsked[asked.account, default: [:]][asked.target] = asked
    }
    return lost
  }

  func asked(of account: String) throws(HistoryError) -> [Asked] {
    lastAsked[account, default: [:]].values.sorted { $0.target < $1.target }
  }

  func add(_ demand: Demand) throws(HistoryError) {
    lastRevision += 1
    demands.append(demand)
  }

  func takeDemands(of account: String) throws(HistoryError) -> [Demand] {
    defer { demands.removeAll { $0.account == account } }
    return demands.filter { $0.account == account }
  }
}
