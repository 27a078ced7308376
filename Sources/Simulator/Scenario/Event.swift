extension Scenario {
  /// A temporary or permanent change of a part of the simulation.
  package struct Event: Hashable, Sendable {
    /// The start, counted from the simulator's start.
    package var at: Duration
    /// The end; nil means never.
    package var until: Duration?
    /// The interval of repetition; nil means once.
    package var every: Duration?
    package var on: Scope
    package var change: StateChange
    package var fault: Fault?
    /// The endpoints that the fault affects; nil means all.
    package var part: Part?

    package init(
      at: Duration = .zero,
      until: Duration? = nil,
      every: Duration? = nil,
      on: Scope,
      change: StateChange = StateChange(),
      fault: Fault? = nil,
      part: Part? = nil
    ) {
      self.at = at
      self.until = until
      self.every = every
      self.on = on
      self.change = change
      self.fault = fault
      self.part = part
    }
  }

  /// The scope of an event: everything that matches all given keys.
  package struct Scope: Hashable, Sendable {
    package var account: String?
    package var provider: Provider?
    /// An id, the digits of a number, or its place in the account from 1.
    package var number: String?
    /// An id, or its place in the account from 1.
    package var waba: String?
    /// A share of the numbers, 0 to 1, chosen by the seed.
    package var share: Double?

    package init(
      account: String? = nil,
      provider: Provider? = nil,
      number: String? = nil,
      waba: String? = nil,
      share: Double? = nil
    ) {
      self.account = account
      self.provider = provider
      self.number = number
      self.waba = waba
      self.share = share
    }
  }

  /// The kinds of endpoints.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    /// Health of one or many numbers.
    case health
    /// Lists of numbers, channels or WABAs.
    case lists
    case templates
    /// Facts of a WABA, a business or a webhook.
    case facts
  }
}

extension Scenario.Event {
  /// Whether it is active at an elapsed time.
  package func isActive(at elapsed: Duration) -> Bool {
    guard elapsed >= at else { return false }
    guard let until else { return true }
    return sinceBeginning(at: elapsed) < until - at
  }

  /// The next time that it starts or ends; nil if never.
  package func nextChange(after elapsed: Duration) -> Duration? {
    guard elapsed >= at else { return at }
    guard let until else { return nil }
    let since = sinceBeginning(at: elapsed)
    if since < until - at { return elapsed + (until - at - since) }
    return every.map { elapsed + ($0 - since) }
  }

  private func sinceBeginning(at elapsed: Duration) -> Duration {
    guard let every, every > .zero else { return elapsed - at }
    let rounds = ((elapsed - at) / every).rounded(.down)
    return elapsed - at - every * Int(rounds)
  }
}
