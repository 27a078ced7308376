package import Health

package import struct FoundationEssentials.Date

/// A change, for history and alerts: a value that outlives the run.
package struct Change: Hashable, Sendable, Codable {
  /// The number of the change in this run.
  package let sequence: Int
  package let date: Date
  /// Monotonic time since the run started.
  package let uptime: Duration
  package let event: Event
  /// The cause; for a recovery, the cause of the former state.
  package let reason: Reason?
  /// What else makes a number so bad; nil where nothing does.
  package internal(set) var others: [Reason]?
  /// What the answers say otherwise; nil of what is no number's state, and where it is not known.
  package internal(set) var difference: AnswerDifference?

  package enum Event: Hashable, Sendable, Codable {
    /// A number's state changed; `from` is nil at its first answer.
    case number(Number, from: HealthState?, to: HealthState)
    case appeared(Number)
    case vanished(Number)
    /// A number changes its state again and again, up to the worst one, at so many percent of its last
    /// polls; the worst is nil where it is not known any more.
    case flapping(Number, worst: HealthState?, percent: Int)
    /// The end of flapping.
    case steady(Number)
    /// An account stopped answering, or the reason changed.
    case failing(Account, Failure)
    case answering(Account)
    case template(Template, from: String, to: String)
    /// The configuration was reloaded: a sentence on the result.
    case reloaded(String)
    /// Of a number, or of the cause that is the reason.
    case acknowledged(Number?, Note)
    /// The end of an acknowledgement, and why.
    case unacknowledged(Number?, Note, why: String)
    case muted(filter: String, Note)
    case unmuted(filter: String, Note, why: String)
  }

  /// An acknowledgement or a mute.
  package struct Note: Hashable, Sendable, Codable {
    package let id: String
    package let author: String
    package let comment: String
    /// Whether a rule that this process applies ended it, so that this process has to remember it.
    package let isDecidedHere: Bool
  }

  /// A number with its names.
  package struct Number: Hashable, Sendable, Codable {
    package let account: String
    package let target: String?
    package let number: String
    package let name: String?

    package var id: PhoneNumber.ID { PhoneNumber.ID(account: account, target: target) }
  }

  package struct Account: Hashable, Sendable, Codable {
    package let name: String
    package let provider: String
  }

  package struct Failure: Hashable, Sendable, Codable {
    package let kind: String
    package let httpStatus: Int?
    package let message: String

    /// Why, in the words of the screen, such as `key rejected`.
    package var phrase: String { PollOutcome(rawValue: kind)?.phrase ?? kind }
  }

  package struct Template: Hashable, Sendable, Codable {
    package let waba: String
    package let id: String
    package let name: String
  }

  /// A cause in words, as the provider gave them.
  package struct Reason: Hashable, Sendable, Codable {
    /// The same for the same cause in every run.
    package let key: String
    /// The entity, or the text of the signal.
    package let summary: String
    package let code: String?
    package let text: String?
    package let severity: String?
    /// What the words are about, where no code says it; nil in what older versions wrote.
    package internal(set) var topic: String?
  }
}

extension Change {
  /// The same for the same subject and cause in every run and on every machine.
  ///
  /// The start and the end of a trouble have the same fingerprint and differ by their states.
  package var fingerprint: String { Fingerprint.text(of: subject + [reason?.key ?? ""]) }

  /// What the change is about.
  private var subject: [String] {
    switch event {
    case .number(let number, _, _), .appeared(let number), .vanished(let number),
      .flapping(let number, _, _), .steady(let number):
      ["number", number.account, number.target ?? ""]
    case .failing(let account, _), .answering(let account): ["account", account.name]
    case .template(let template, _, _): ["template", template.waba, template.id]
    case .reloaded: ["configuration"]
    case .acknowledged(let number, _), .unacknowledged(let number, _, _):
      ["acknowledgement", number?.account ?? "", number?.target ?? ""]
    case .muted(let filter, _), .unmuted(let filter, _, _): ["mute", filter]
    }
  }
}

/// Port: a consumer of changes, such as a history, alerts, or printed lines.
///
/// It is called in order and at once, and polling waits for it, so a slow consumer must keep an
/// outbox.
package protocol ChangeConsumer: Sendable {
  func receive(_ changes: [Change])

  /// Changes that another process found out, which keeps and sends them.
  func receive(followed changes: [Change])

  /// Incidents that were announced, or changed after that.
  func receive(_ incidents: [TrackedIncident])
}

extension ChangeConsumer {
  /// A consumer that only shows changes shows these too.
  package func receive(followed changes: [Change]) { receive(changes) }

  /// Who only shows changes needs no incidents.
  package func receive(_ incidents: [TrackedIncident]) {}
}
