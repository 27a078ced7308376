package import Health

package import struct FoundationEssentials.Date

/// Something that is another way than before, as it is remembered or told: a value that outlives the run.
package struct Change: Hashable, Sendable, Codable {
  /// Counts the changes of this run.
  package let sequence: Int
  package let date: Date
  /// On the clock that never jumps, since the run began.
  package let uptime: Duration
  package let event: Event
  /// What explains it: of a number that is fine again, what made it bad.
  package let reason: Reason?

  package enum Event: Hashable, Sendable, Codable {
    /// A number's state; it came from none at its first answer.
    case number(Number, from: HealthState?, to: HealthState)
    case appeared(Number)
    case vanished(Number)
    /// An account does not answer any more, or for another reason.
    case failing(Account, Failure)
    case answering(Account)
    case template(Template, from: String, to: String)
    /// The configuration was read again: a sentence on what came of it.
    case reloaded(String)
  }

  /// A number with the names that people know it by.
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
    /// Which entity it is, or what a signal says.
    package let summary: String
    package let code: String?
    package let text: String?
    package let severity: String?
  }
}

extension Change {
  /// The same for the same subject and cause in every run and on every machine, whichever way it went:
  /// what begins and what ends are told apart by the states.
  package var fingerprint: String { Fingerprint.text(of: subject + [reason?.key ?? ""]) }

  /// What it happened to.
  private var subject: [String] {
    switch event {
    case .number(let number, _, _), .appeared(let number), .vanished(let number):
      ["number", number.account, number.target ?? ""]
    case .failing(let account, _), .answering(let account): ["account", account.name]
    case .template(let template, _, _): ["template", template.waba, template.id]
    case .reloaded: ["configuration"]
    }
  }
}

/// Port: who is told what changed, such as a history, alerts, or lines that are printed.
///
/// It is called in order and at once, and polling waits for it: a consumer that needs time keeps an
/// outbox.
package protocol ChangeConsumer: Sendable {
  func receive(_ changes: [Change])
}
