import Health

extension PollSchedule {
  /// The targets of one credential: they share a budget, and a rejection.
  struct Lane: Sendable {
    /// The credential was rejected: one target at a time asks whether it still is.
    struct Suspension: Sendable {
      var probe: Moment
      /// A single refusal may be the target's own; a second one is the credential's.
      var isConfirmed: Bool
    }

    /// What the pace follows from.
    struct Inputs: Hashable {
      var perMinute: Double?
      var healthCost = 0.0
      var troubleCost = 0.0
      var factsCost = 0.0

      func pace(refresh: Duration, factsInterval: Duration) -> Pace {
        Pace(
          refresh: refresh,
          factsInterval: factsInterval,
          perMinute: perMinute,
          healthCost: healthCost,
          troubleCost: troubleCost,
          factsCost: factsCost
        )
      }
    }

    let credential: String
    private(set) var inputs = Inputs()
    var blockedUntil: Moment?
    var suspension: Suspension?
    /// Indices of targets.
    private var health = DueQueue<Int>()
    private var facts = DueQueue<Int>()
    private var count = 0
    private var healthCount = 0
    private var unpolledCount = 0
    private var underWayCount = 0

    /// Facts go before health only when they are this much more overdue.
    private static let factsPatience = Duration.seconds(60)

    init(credential: String) { self.credential = credential }

    var isEmpty: Bool { count == 0 }

    var perMinute: Double? {
      get { inputs.perMinute }
      set { inputs.perMinute = newValue }
    }

    // MARK: Its targets

    mutating func add(_ entry: Entry) { weigh(entry, 1) }

    mutating func remove(_ entry: Entry) {
      weigh(entry, -1)
      if healthCount == 0 { (inputs.healthCost, inputs.troubleCost) = (0, 0) }
      if count == healthCount { inputs.factsCost = 0 }
    }

    mutating func replace(_ before: Entry, with after: Entry) {
      guard
        before.cost != after.cost || before.isInTrouble != after.isInTrouble
          || before.wasPolled != after.wasPolled || before.isUnderWay != after.isUnderWay
      else { return }
      let known = inputs
      weigh(before, -1)
      weigh(after, 1)
      // Sums that went down and up again are the same but for the last bit.
      if before.cost == after.cost, before.isInTrouble == after.isInTrouble { inputs = known }
    }

    private mutating func weigh(_ entry: Entry, _ sign: Int) {
      count += sign
      // `takeHead` counted it when it left.
      if sign < 0, entry.isUnderWay { underWayCount -= 1 }
      let cost = entry.cost * Double(sign)
      switch entry.target.purpose {
      case .facts: inputs.factsCost += cost
      case .health:
        healthCount += sign
        inputs.healthCost += cost
        if entry.isInTrouble { inputs.troubleCost += cost }
        if !entry.wasPolled { unpolledCount += sign }
      }
    }

    // MARK: Their turns

    /// When this credential has something to ask; nil while an answer under way decides it.
    var next: Moment? {
      if let suspension {
        guard underWayCount == 0, !(health.isEmpty && facts.isEmpty) else { return nil }
        return max(suspension.probe, blockedUntil ?? suspension.probe)
      }
      let number = health.first?.moment
      let fact = unpolledCount == 0 ? facts.first?.moment : nil
      guard let head = number.map({ min($0, fact ?? $0) }) ?? fact else { return nil }
      return max(head, blockedUntil ?? head)
    }

    mutating func set(_ target: Int, _ purpose: PollTarget.Purpose, due moment: Moment) {
      switch purpose {
      case .health: health.set(target, due: moment)
      case .facts: facts.set(target, due: moment)
      }
    }

    mutating func drop(_ target: Int) {
      health.remove(target)
      facts.remove(target)
    }

    mutating func takeHead(at now: Moment) -> Int? {
      guard let target = factsAreFirst(at: now) ? facts.popFirst() : health.popFirst() else {
        return nil
      }
      underWayCount += 1
      return target
    }

    private func factsAreFirst(at now: Moment) -> Bool {
      guard let fact = facts.first?.moment else { return false }
      guard let number = health.first?.moment else { return true }
      if suspension != nil || unpolledCount > 0 || fact > now { return false }
      return number > now || fact + Self.factsPatience < number
    }

    // MARK: Its credential

    mutating func answered() -> Effect {
      defer { suspension = nil }
      return suspension?.isConfirmed == true ? .credentialRecovered : .none
    }

    /// The first refusal is checked at once with another target, if there is one.
    mutating func rejected(at now: Moment, nextProbe: Moment) -> Effect {
      let isCertain = suspension != nil || healthCount == 1
      suspension = Suspension(probe: isCertain ? nextProbe : now, isConfirmed: isCertain)
      return isCertain ? .credentialRejected : .none
    }

    /// The probe told nothing of the credential: a certainty stays, a suspicion doesn't.
    mutating func probeFailed(nextProbe: Moment) {
      if suspension?.isConfirmed == false { suspension = nil }
      suspension?.probe = nextProbe
    }
  }
}
