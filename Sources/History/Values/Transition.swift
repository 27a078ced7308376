package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// Something that is another way than before, as it is remembered.
package struct Transition: Hashable, Sendable {
  /// By the wall clock, to the millisecond; that clock may jump, so the order is another thing.
  package let date: Date
  package let subject: Subject
  /// As they are at this moment.
  package let names: Names
  package let event: Event
  /// What explains it: of what is fine again, what made it bad.
  package let reason: Change.Reason?
  /// What else makes a number so bad.
  package let others: [Change.Reason]
  /// What the answers say otherwise: of a number's state, where it is known and was asked for.
  package let difference: AnswerDifference?

  package enum Event: Hashable, Sendable, Codable {
    /// A number's or an entity's state; from none at its first answer.
    case state(from: HealthState?, to: HealthState)
    /// A provider's word, such as a template's status.
    case word(from: String?, to: String)
    case appeared
    case vanished
    case failing(Change.Failure)
    case answering
    /// It changes again and again, up to this state, at so many percent of its last polls; older versions
    /// don't say it.
    case flapping(worst: HealthState? = nil, percent: Int = 0)
    /// The end of flapping.
    case steady
    case reloaded(String)
    case started
    case stopped
    /// Another process polls from now on: a sentence on what and why.
    case tookOver(String)
    case acknowledged(by: String, comment: String)
    /// The end of an acknowledgement, and why.
    case unacknowledged(String)
    case muted(by: String, filter: String, comment: String)
    /// The end of a mute, and why; older versions don't say it.
    case unmuted(filter: String, why: String? = nil)
    case commented(by: String, text: String)
  }

  package init(
    date: Date,
    subject: Subject,
    names: Names,
    event: Event,
    reason: Change.Reason? = nil,
    others: [Change.Reason] = [],
    difference: AnswerDifference? = nil
  ) {
    self.date = date.roundedToMilliseconds
    self.subject = subject
    self.names = names
    self.event = event
    self.reason = reason
    self.others = others
    self.difference = difference
  }
}

extension Transition {
  /// What to look for: events without what belongs to them.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case state, word, appeared, vanished, failing, answering
    case flapping, steady, reloaded, started, stopped, tookOver
    case acknowledged, unacknowledged, muted, unmuted, commented

    /// Says from when on a subject is in another state, or in none: what its line is made of.
    package var isOfLine: Bool {
      switch self {
      case .state, .word, .appeared, .vanished, .failing, .answering: true
      case .flapping, .steady, .reloaded, .started, .stopped, .tookOver, .acknowledged,
        .unacknowledged, .muted, .unmuted, .commented:
        false
      }
    }
  }

  package var kind: Kind {
    switch event {
    case .state: .state
    case .word: .word
    case .appeared: .appeared
    case .vanished: .vanished
    case .failing: .failing
    case .answering: .answering
    case .flapping: .flapping
    case .steady: .steady
    case .reloaded: .reloaded
    case .started: .started
    case .stopped: .stopped
    case .tookOver: .tookOver
    case .acknowledged: .acknowledged
    case .unacknowledged: .unacknowledged
    case .muted: .muted
    case .unmuted: .unmuted
    case .commented: .commented
    }
  }

  /// The state from now on; nil where there is none, or the event says nothing of it.
  package var state: HealthState? { if case .state(_, let to) = event { to } else { nil } }

  /// The state until now.
  package var formerState: HealthState? {
    if case .state(let from, _) = event { from } else { nil }
  }
}

extension Transition {
  /// What Monitor says, as it is remembered.
  ///
  /// Nil for what operators said, which is remembered with its acknowledgement or mute.
  package init?(_ change: Change) {
    let subject: Subject
    let names: Names
    let event: Event
    switch change.event {
    case .number(let number, let from, let to):
      (subject, names, event) = (.number(number.id), Names(number), .state(from: from, to: to))
    case .appeared(let number):
      (subject, names, event) = (.number(number.id), Names(number), .appeared)
    case .vanished(let number):
      (subject, names, event) = (.number(number.id), Names(number), .vanished)
    case .flapping(let number, let worst, let percent):
      (subject, names) = (.number(number.id), Names(number))
      event = .flapping(worst: worst, percent: percent)
    case .steady(let number):
      (subject, names, event) = (.number(number.id), Names(number), .steady)
    case .failing(let account, let failure):
      (subject, names, event) = (.account(account.name), Names(account), .failing(failure))
    case .answering(let account):
      (subject, names, event) = (.account(account.name), Names(account), .answering)
    case .template(let template, let from, let to):
      subject = .template(waba: template.waba, id: template.id)
      (names, event) = (Names(template.name), .word(from: from, to: to))
    case .reloaded(let text):
      (subject, names, event) = (.program, Names("wabatop"), .reloaded(text))
    case .acknowledged, .unacknowledged, .muted, .unmuted: return nil
    }
    self.init(
      date: change.date,
      subject: subject,
      names: names,
      event: event,
      reason: change.reason,
      others: change.others ?? [],
      difference: change.difference
    )
  }
}

extension Names {
  fileprivate init(_ number: Change.Number) { self.init(number.number, detail: number.name) }

  fileprivate init(_ account: Change.Account) { self.init(account.name, detail: account.provider) }
}

/// A transition with its place among all that were ever told.
package struct RecordedTransition: Hashable, Sendable, Identifiable {
  /// Counts what was told, whatever the clock said meanwhile.
  package let id: Int
  package let transition: Transition

  package init(id: Int, transition: Transition) {
    self.id = id
    self.transition = transition
  }
}
