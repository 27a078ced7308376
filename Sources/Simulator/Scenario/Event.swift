extension Scenario {
  /// Something that happens to a part of the world, for a while or for good.
  package struct Event: Hashable, Sendable {
    /// Since the simulator began.
    package var at: Duration
    /// When it is over; nil is never.
    package var until: Duration?
    /// Happens again so long after each beginning; nil is once.
    package var every: Duration?
    package var on: Scope
    package var change: StateChange
    package var fault: Fault?
    /// The endpoints that the fault shows at; nil is all.
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

  /// Which part of the world an event is about: all that match every given key.
  package struct Scope: Hashable, Sendable {
    package var account: String?
    package var provider: Provider?
    /// An id, the digits of a number, or its place in the account from 1.
    package var number: String?
    /// An id, or its place in the account from 1.
    package var waba: String?
    /// Part of the numbers, 0 to 1, chosen by the seed.
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

  /// What kind of question an endpoint answers.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    /// Of numbers, one or many.
    case health
    /// Lists of numbers, channels or WABAs.
    case lists
    case templates
    /// A WABA's, a business's or a webhook's own.
    case facts
  }
}

extension Scenario.Event {
  /// Whether it is going on so long after the beginning.
  package func isActive(at elapsed: Duration) -> Bool {
    guard elapsed >= at else { return false }
    guard let until else { return true }
    return sinceBeginning(at: elapsed) < until - at
  }

  /// The next time that it begins or ends; nil when nothing more will happen.
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
