package import Health

/// A change in this run: one line of the journal, with the affected numbers.
package struct JournalEvent: Sendable, Identifiable {
  package enum Kind: Hashable, Sendable {
    /// Numbers went from one state to another, the worst one, for one reason.
    case states(from: HealthState, to: HealthState)
    case template(MessageTemplate, waba: String, from: AsSent<TemplateStatus>)
    /// Accounts stopped answering, or answer again.
    case failing
    case answering
    case appeared
    case vanished
    /// A number began to change its state again and again, up to the worst one; `percent` is the share
    /// of such polls.
    case flapping(worst: HealthState, percent: Int)
    /// It stopped, in this state.
    case steady(HealthState)
    case started
    /// A run ended.
    case stopped
    /// So long nobody polled, until this moment.
    case gap(Duration)
    /// The configuration was reloaded: a sentence on the result.
    case reloaded(String)
    /// Another process polls from now on: a sentence on what and why.
    case tookOver(String)
    case acknowledged(by: String, comment: String)
    case unacknowledged(why: String)
    case muted(filter: String, by: String, comment: String)
    case unmuted(filter: String, why: String)
  }

  package let id: Int
  package let moment: Moment
  package internal(set) var kind: Kind
  /// The cause; for a recovery, the cause of the former state.
  package let cause: CauseID?
  /// The provider's code and words, where there are any.
  package let words: Cause?
  /// Whether its numbers had different states before; the kind names the first one's.
  package internal(set) var isFromSeveral = false
  /// Why polls fail, if that is the event.
  package internal(set) var failure: ProviderError?
  /// How long the account was in trouble, or the numbers: the shortest time.
  package internal(set) var lasted: Duration?
  /// The longest time of its numbers; nil of an account.
  package internal(set) var longest: Duration?
  /// Whether the trouble was there at the first reading of this run, so that it may have lasted
  /// longer.
  package internal(set) var lastedIsLowerBound = false
  /// The affected numbers, as places in the journal's table.
  package var victims: [Int32] = []
  /// What each of them went through; fewer than the numbers where that is not known.
  var steps: [Step] = []

  /// One number's former state and its new one.
  package struct Step: Hashable, Sendable {
    package let from: HealthState
    package let to: HealthState
  }

  /// What one of its numbers went through; nil where that is not known.
  package func step(ofVictim index: Int) -> Step? {
    steps.indices.contains(index) ? steps[index] : nil
  }

  /// The number of affected numbers.
  package var count: Int { victims.count }

  /// Whether something became bad: `[` and `]` stop at such events.
  package var isIncident: Bool {
    switch kind {
    case .states(let from, let to): to < from && to.isProblem
    case .failing, .flapping: true
    case .template(let template, _, let former):
      template.status.value.isTrouble && !former.value.isTrouble
    case .answering, .appeared, .vanished, .steady, .started, .stopped, .gap, .reloaded,
      .tookOver, .acknowledged, .unacknowledged, .muted, .unmuted:
      false
    }
  }
}
