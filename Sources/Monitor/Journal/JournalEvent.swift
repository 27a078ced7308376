package import Health

/// Something that changed in this run: one line of the journal, with the numbers it happened to.
package struct JournalEvent: Sendable, Identifiable {
  package enum Kind: Hashable, Sendable {
    /// Numbers went from one state to another, for one reason.
    case states(from: HealthState, to: HealthState)
    case template(MessageTemplate, waba: String, from: AsSent<TemplateStatus>)
    /// Accounts stopped answering, or answer again.
    case failing
    case answering
    case appeared
    case vanished
    case started
    /// The configuration was read again: a sentence on what came of it.
    case reloaded(String)
  }

  package let id: Int
  package let moment: Moment
  package let kind: Kind
  /// What explains it: of a number that is fine again, what made it bad.
  package let cause: CauseID?
  /// The provider's code and words, where there are any.
  package let words: Cause?
  /// Its numbers left different states; the kind names the first one's.
  package internal(set) var isFromSeveral = false
  /// Why polls fail, where that is what happened.
  package internal(set) var failure: ProviderError?
  /// How long the first of the numbers, or the account, was in trouble.
  package internal(set) var lasted: Duration?
  /// The trouble was there at the first reading of this run, so it lasted at least so long.
  package internal(set) var lastedIsLowerBound = false
  /// The numbers it happened to, as places in the journal's own table.
  package var victims: [Int32] = []

  /// Of how many numbers it is.
  package var count: Int { victims.count }

  /// Something got so bad that somebody has to look: where `[` and `]` stop.
  package var isIncident: Bool {
    switch kind {
    case .states(let from, let to): to < from && to.isProblem
    case .failing: true
    case .template(let template, _, let former):
      template.status.value.isTrouble && !former.value.isTrouble
    case .answering, .appeared, .vanished, .started, .reloaded: false
    }
  }
}
