/// The simulated world: what exists, and its state at any time.
///
/// It is a value, so that a test can get the state after two minutes without waiting.
package struct Simulation: Sendable {
  package let scenario: Scenario
  package internal(set) var accounts: [SimulatedAccount] = []
  package internal(set) var numbers: [SimulatedNumber] = []
  package internal(set) var wabas: [SimulatedWABA] = []
  package internal(set) var businesses: [SimulatedBusiness] = []
  package internal(set) var templates: [SimulatedTemplate] = []
  /// By the first part of a request's path.
  var accountsByName: [String: Int] = [:]
  var schedule: [ScheduledEvent] = []

  package init(_ scenario: Scenario) {
    self.scenario = scenario
    build()
    schedule = scenario.events.enumerated().map { index, event in
      ScheduledEvent(event, targets: targets(of: event.on, salt: UInt64(index)))
    }
  }
}

/// A simulated account.
package struct SimulatedAccount: Sendable {
  package let plan: Scenario.Account
  /// The accepted key; at 360dialog each channel has its own too.
  package let key: String
  package let appID: String
  /// Kaleyra's SID, or 360dialog's partner id.
  package let sid: String
  package internal(set) var numbers: [Int] = []
  package internal(set) var wabas: [Int] = []
  package internal(set) var businesses: [Int] = []
  var numbersByID: [String: Int] = [:]
  var numbersByKey: [String: Int] = [:]
  /// Its WABAs and businesses, and the templates of its WABAs.
  var nodesByID: [String: GraphNode] = [:]

  package var name: String { plan.name }
  package var provider: Scenario.Provider { plan.provider }
}

package struct SimulatedNumber: Sendable {
  package let account: Int
  package let waba: Int
  /// Meta's id of the phone number.
  package let id: String
  /// Its name in paths: its id, or its digits at Kaleyra.
  package let address: String
  package let display: String
  package let name: String
  package let label: String?
  /// The channel's key at 360dialog; empty elsewhere.
  package let key: String
  package let limit: String
  let throughput: String
  /// The default state of calls over SIP; nil means none.
  let calling: String?
  let answer: Scenario.Recording?

  package var digits: String { Self.digits(of: display) }

  static func digits(of display: String) -> String {
    String(decoding: display.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
  }
}

package struct SimulatedWABA: Sendable {
  package let id: String
  package let name: String
  package let business: Int
  package internal(set) var numbers: [Int] = []
  /// Indices into the world's templates.
  package let templates: Range<Int>
}

package struct SimulatedBusiness: Sendable {
  package let id: String
  package let name: String
}

package struct SimulatedTemplate: Sendable {
  package let waba: Int
  package let id: String
  package let name: String
  package let language: String
  package let category: String
  let status: String
}
