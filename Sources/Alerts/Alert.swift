package import struct FoundationEssentials.Date

/// A trouble as it is told: a cause with the numbers or templates that it hits, or a number that flaps.
///
/// It is kept once it was told, so that its end is told in the same words, in whatever run.
package struct Alert: Hashable, Sendable, Codable {
  package struct Victim: Hashable, Sendable, Codable {
    package let account: String
    package let target: String?
    package let number: String
    package let name: String?
    package let state: String
  }

  package struct Template: Hashable, Sendable, Codable {
    package let waba: String
    package let id: String
    /// Nil where the list with it is not known.
    package let name: String?
    package let language: String?
    package let status: String
  }

  package struct Templates: Hashable, Sendable, Codable {
    package let count: Int
    /// The first of them.
    package let first: [Template]
  }

  package struct Cause: Hashable, Sendable, Codable {
    package let key: String
    /// Such as `WABA`, `QUALITY`, `ACCOUNT`.
    package let type: String
    package let id: String?
    package let code: String?
  }

  package enum Severity: String, Hashable, Sendable, Codable {
    case critical
    case warning
  }

  /// The incident's: the same in every process and run.
  package private(set) var id: String
  /// The cause's: the same for each of its incidents.
  package let fingerprint: String
  /// Such as `WabaNumberBlocked`.
  package private(set) var name: String
  package private(set) var severity: Severity
  /// The worst state that the cause explained.
  package let state: String
  package private(set) var cause: Cause
  /// Nil if what it hits is of several accounts.
  package private(set) var account: String?
  package private(set) var provider: String?
  /// Such as `WABA 102290129340398 Acme UK: payment failed, 9 numbers`.
  package let summary: String
  /// In the provider's words.
  package let text: String?
  package let remedy: String?
  package let whoActs: String?
  package let link: String?
  /// How many numbers it hits.
  package let count: Int
  /// The first of them.
  package let victims: [Victim]
  package let isAcknowledged: Bool
  package private(set) var start: Date
  /// Nil while it lasts.
  package var end: Date?
  /// Nil where it hits none, and in what older versions told.
  package private(set) var templates: Templates?

  static let mostVictims = 20

  /// As it is now, but as the same trouble that was told before.
  func continuing(_ former: Self?) -> Self {
    guard let former else { return self }
    var alert = self
    (alert.id, alert.start) = (former.id, former.start)
    return alert
  }

  /// As it is now, but with all that others know it by as it was told.
  func labelled(as former: Self) -> Self {
    var alert = self
    (alert.name, alert.severity, alert.cause) = (former.name, former.severity, former.cause)
    (alert.account, alert.provider) = (former.account, former.provider)
    return alert
  }

  /// The same when it is over.
  func ended(at date: Date) -> Self {
    var alert = self
    alert.end = date
    return alert
  }
}
