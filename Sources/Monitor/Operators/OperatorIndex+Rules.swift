import Health

// The rules by which acknowledgements end.
//
// It holds while the trouble stays the same or gets less. It is over when the trouble is, which needs
// a usable answer: a failed poll is no recovery. It is undone when the state is worse than the one
// that was acknowledged, or a number has another cause that is as bad as its worst one.
extension OperatorIndex {
  /// The acknowledgements that are over, and why.
  mutating func judge(
    _ places: some Collection<Int>,
    _ judgesCauses: Bool,
    in situation: Situation
  ) -> [Acknowledgement.ID: String] {
    guard !notes.acknowledgements.isEmpty else { return [:] }
    var verdicts = notes.hasNumbers ? judgeNumbers(places, in: situation) : [:]
    guard judgesCauses, !notes.causes.isEmpty else { return verdicts }
    let isSettled = isSettled(situation)
    for note in notes.acknowledgements {
      guard let cause = note.cause else { continue }
      let verdict = judge(note, of: cause, in: situation, isSettled)
      verdicts[note.id] = verdict
      overrule(note.id, verdict != nil)
    }
    return verdicts
  }

  private mutating func judgeNumbers(
    _ places: some Collection<Int>,
    in situation: Situation
  ) -> [Acknowledgement.ID: String] {
    var verdicts: [Acknowledgement.ID: String] = [:]
    for place in places {
      let (id, state) = situation.fleet.records.withElement(at: place) {
        ($0.pointee.id, $0.pointee.state)
      }
      for note in notes.acknowledgements(of: .number(id)) {
        let verdict = judge(note, state, situation.causes.shares[place].ties)
        verdicts[note.id] = verdict
        overrule(note.id, verdict != nil)
      }
    }
    return verdicts
  }

  private mutating func overrule(_ id: Acknowledgement.ID, _ isOver: Bool) {
    if isOver { overruled.insert(id) } else { overruled.remove(id) }
  }

  /// Why the acknowledgement of a number is over; nil while it holds.
  private mutating func judge(
    _ note: Acknowledgement,
    _ state: HealthState,
    _ ties: [CauseIndex.Tie]
  ) -> String? {
    if state == .available { return Self.recovered }
    guard state.isProblem else { return nil }
    if state < note.state { return Self.worse(note.state, state) }
    let ties = ties.filter { !$0.id.isPolling }
    let worst = ties.map(\.severity).max()
    let formerly = known[note.id]
    known[note.id, default: []].formUnion(ties.map(\.id.withoutText))
    let other = ties.first { tie in
      tie.severity == worst && formerly?.contains(tie.id.withoutText) == false
    }
    return other.map { "another cause: \($0.id.subject)" }
  }

  /// Why the acknowledgement of a cause is over; nil while it holds.
  private mutating func judge(
    _ note: Acknowledgement,
    of cause: CauseID,
    in situation: Situation,
    _ isSettled: Bool
  ) -> String? {
    let isOver = watches[note.id, default: CauseWatch()]
      .isOver(cause, in: situation, isSettled: isSettled)
    if isOver { return Self.recovered }
    let state = situation.causes.cause(cause, in: situation.fleet)?.state
    guard let state, state.isProblem, state < note.state else { return nil }
    return Self.worse(note.state, state)
  }

  private static let recovered = "recovered"

  private static func worse(_ former: HealthState, _ now: HealthState) -> String {
    "worse: \(former.word) to \(now.word)"
  }

  /// Whether every number had the time for an answer in this run.
  private func isSettled(_ situation: Situation) -> Bool {
    let fleet = situation.fleet
    let windows = fleet.accounts.map { fleet.window(of: $0.account.name) }
    return fleet.counts.total > 0 && fleet.counts.polled == fleet.counts.total
      && situation.now - start > windows.max() ?? .seconds(180)
  }
}

extension CauseID {
  /// The same trouble whatever its words are: a quality that goes from RED to YELLOW is no other
  /// cause.
  fileprivate var withoutText: CauseID {
    switch self {
    case .signal(let kind, _) where kind != .check: .signal(kind, text: "")
    default: self
    }
  }
}
