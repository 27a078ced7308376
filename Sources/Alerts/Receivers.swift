package import History
package import Monitor

package import struct FoundationEssentials.Date

/// What came of telling a receiver something.
package enum Reception: Hashable, Sendable {
  case accepted
  /// It may work later.
  case failed(String, retryAfter: Duration? = nil)
  /// The receiver does not want it, which rarely changes.
  case refused(String)

  /// Why it was not accepted.
  package var failure: String? {
    switch self {
    case .accepted: nil
    case .failed(let reason, _), .refused(let reason): reason
    }
  }
}

/// Port: gets notices one after the other, each until it accepts it.
package protocol NoticeReceiver: Sendable {
  /// How long one notice may take.
  var timeout: Duration { get }

  func receive(_ notice: Notice, at now: Date) async -> Reception
}

/// Port: is told again and again what lasts, and once what is over.
package protocol AlertReceiver: Sendable {
  /// - Parameters:
  ///   - firing: What lasts.
  ///   - resolved: What is over, each with its end.
  ///   - now: The moment.
  /// - Returns: Whether it accepted all of them.
  func receive(firing: [Alert], resolved: [Alert], at now: Date) async -> Reception
}

/// A receiver as it is configured.
package struct Receiver: Sendable {
  package enum Kind: Sendable {
    case notices(any NoticeReceiver, place: String)
    /// Several, each by itself.
    case alerts([(receiver: any AlertReceiver, place: String)])
  }

  package let name: String
  /// Which numbers it is for.
  package let filter: Filter
  package let events: Set<AlertEvent>
  package let kind: Kind

  package init(
    name: String,
    filter: Filter = Filter(),
    events: Set<AlertEvent> = AlertEvent.standard,
    kind: Kind
  ) {
    self.name = name
    self.filter = filter
    self.events = events
    self.kind = kind
  }

  /// What an address of an Alertmanager is known by where it is kept what it was told.
  package static func channel(of name: String, at address: String) -> String {
    "\(name) \(address)"
  }
}
