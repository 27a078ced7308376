package import Health

// What the outcome of a poll means for the next turns.
extension PollSchedule {
  /// A poll ended after so many requests: decides the target's next turn, and its credential's.
  package mutating func finish(
    _ id: String,
    with outcome: Outcome,
    requests: Int = 1,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Effect {
    guard let index = entries.index(of: id) else { return .none }
    let before = entries[index]
    entries[index].note(outcome, requests: requests)
    if entries[index].isResumed { keepTurn(of: index, at: now) }
    let entry = entries[index]
    change(entry.lane) { $0.replace(before, with: entry) }
    let effect = updateCredential(after: outcome, of: entry, at: now, using: &generator)
    set(index, due: nextTurn(of: entry, after: outcome, at: now, using: &generator))
    if effect == .credentialRecovered {
      makeAllDue(at: now) { $0.lane == entry.lane && $0.target.id != id }
    }
    return effect
  }

  /// Gives a target the place that it had in another run, so that it comes a whole interval after
  /// this turn.
  private mutating func keepTurn(of index: Int, at now: Moment) {
    let entry = entries[index]
    let turns = (now - origin) / period(of: entry, at: pace(of: entry.lane))
    entries[index].place = turns - turns.rounded(.down)
    entries[index].isResumed = false
  }

  /// The rate that a credential is allowed now, in requests a minute; nil is unlimited.
  package mutating func allow(_ perMinute: Double?, for credential: String) {
    guard let lane = lanes.index(of: credential), lanes[lane].perMinute != perMinute else { return }
    change(lane) { $0.perMinute = perMinute }
  }

  private mutating func updateCredential(
    after outcome: Outcome,
    of entry: Entry,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Effect {
    var effect = Effect.none
    let probe = policy.probeInterval.jittered(using: &generator)
    change(entry.lane) { lane in
      switch outcome {
      case .good: effect = lane.answered()
      // What is asked beside the numbers is refused for itself: their own answers judge the key.
      case .failed(let error)
      where error.kind == .credentialRejected && entry.target.purpose == .health:
        effect = lane.rejected(at: now, nextProbe: now + probe)
      case .failed: lane.probeFailed(nextProbe: now + probe)
      }
    }
    return effect
  }

  private func nextTurn(
    of entry: Entry,
    after outcome: Outcome,
    at now: Moment,
    using generator: inout some RandomNumberGenerator
  ) -> Moment {
    let pace = pace(of: entry.lane)
    guard case .failed(let error) = outcome else {
      return turn(of: entry, every: period(of: entry, at: pace), after: now)
    }
    switch error.kind {
    case .credentialRejected:
      return turn(of: entry, every: max(policy.probeInterval, pace.period), after: now)
    case .numberRefused:
      return turn(of: entry, every: max(policy.refusedInterval, pace.period), after: now)
    case .throttled(let said?):
      let longest = backOff(of: entry, at: pace).longest
      return now + BackOff.wait(said: said, afterRefusals: entry.failures, longest: longest)
    case .throttled, .unreachable, .timedOut, .unintelligible, .providerError:
      return now
        + backOff(of: entry, at: pace).delay(afterFailures: entry.failures, using: &generator)
    }
  }

  private func period(of entry: Entry, at pace: Pace) -> Duration {
    switch entry.target.purpose {
    case .health: entry.isInTrouble ? pace.troublePeriod : pace.period
    case .facts: pace.factsPeriod
    }
  }

  /// The first retry comes sooner than the next turn, where the budget has requests to spare.
  private func backOff(of entry: Entry, at pace: Pace) -> BackOff {
    let period = entry.target.purpose == .health ? pace.period : pace.factsPeriod / 10
    let first = pace.hasSpare ? period / 2 : period * 2
    return BackOff(first: first, longest: max(policy.longestBackOff, period * 2))
  }

  /// The next of the target's own places in the interval.
  ///
  /// One that comes within a tenth of an interval is left out: nothing can have changed much.
  private func turn(of entry: Entry, every period: Duration, after now: Moment) -> Moment {
    let elapsed = (now - origin) / period - entry.place
    let wait = elapsed.rounded(.down) + 1 - elapsed
    return now + period * (wait < 0.1 ? wait + 1 : wait)
  }
}

extension PollSchedule.Entry {
  /// Weighs a poll's requests against those before, since pages come and go.
  fileprivate mutating func note(_ outcome: PollSchedule.Outcome, requests: Int) {
    let isFirst = !wasPolled
    wasPolled = true
    isUnderWay = false
    switch outcome {
    case .good(let inTrouble):
      failures = 0
      backsOff = false
      isInTrouble = inTrouble
      if requests > 0 { cost = isFirst ? Double(requests) : 0.5 * cost + 0.5 * Double(requests) }
    case .failed(let error):
      failures += 1
      backsOff = error.waitingHelps
    }
  }
}
