/// A scenario for the simulator: accounts at providers, their numbers, and events.
///
/// The same scenario with the same seed gives the same answers, byte for byte. The built-in ones
/// are `demo`, `standard`, `faults`, `wire` and `reference`. `Scenario(yaml:)` reads one from a
/// file and describes the format.
package struct Scenario: Hashable, Sendable {
  package var name: String
  package var seed: UInt64
  /// The `refresh` in the scenario's configuration.
  package var refresh: Duration
  package var accounts: [Account]
  package var events: [Event]

  package init(
    name: String,
    seed: UInt64 = 1,
    refresh: Duration = .seconds(30),
    accounts: [Account] = [],
    events: [Event] = []
  ) {
    self.name = name
    self.seed = seed
    self.refresh = refresh
    self.accounts = accounts
    self.events = events
  }

  /// The provider whose endpoints an account uses.
  package enum Provider: String, Hashable, Sendable, CaseIterable {
    case kapso
    case dialog360 = "360dialog"
    case kaleyra
    case meta
    case graph
  }

  /// How the configuration lists an account's numbers.
  package enum Listing: String, Hashable, Sendable, CaseIterable {
    /// Discovered: Kapso's list of numbers.
    case all
    case numbers
    case wabas
    case businesses
    /// 360dialog: a key per channel.
    case channels
    /// 360dialog: the partner's list alone, without channel keys.
    case partner
  }

  /// One account: its numbers are generated from the seed (`count`), listed (`numbers`), or both.
  package struct Account: Hashable, Sendable {
    package var name: String
    package var provider: Provider
    package var count: Int
    package var numbers: [Number]
    /// How many business accounts the numbers are spread over; nil means one for every twelve
    /// numbers.
    package var wabas: Int?
    /// Another account whose first WABA and business this account's numbers belong to as well.
    package var shares: String?
    /// The accepted key; nil means an obviously fake one made from the name.
    package var key: String?
    package var listing: Listing
    /// Kaleyra's `v1` or `v2`; Meta's and Graph's `v24.0`.
    package var version: String
    package var pod: String
    /// The rate limit in requests a minute; nil means none.
    package var grants: Int?
    /// The configuration's `calling`: true means `expected`.
    package var callingExpected: Bool
    /// How long each answer takes.
    package var latency: Duration

    package init(
      name: String,
      provider: Provider,
      count: Int = 0,
      numbers: [Number] = [],
      wabas: Int? = nil,
      shares: String? = nil,
      listing: Listing? = nil,
      version: String? = nil,
      latency: Duration = .zero
    ) {
      self.name = name
      self.provider = provider
      self.count = count
      self.numbers = numbers
      self.wabas = wabas
      self.shares = shares
      self.listing = listing ?? provider.usualListing
      self.version = version ?? provider.usualVersion
      self.latency = latency
      key = nil
      pod = "IN"
      grants = nil
      callingExpected = false
    }
  }

  /// A listed number.
  package struct Number: Hashable, Sendable {
    /// Nil means one generated from the seed; at Kaleyra it is the number's digits.
    package var id: String?
    /// As shown, such as `+1 212-555-0143`.
    package var display: String?
    package var label: String?
    /// Which of the account's WABAs it belongs to, from 1.
    package var waba: Int
    /// A recorded answer, served byte for byte instead of an answer made from the state.
    package var answer: Recording?
    package var state: NumberChange

    package init(
      id: String? = nil,
      display: String? = nil,
      label: String? = nil,
      waba: Int = 1,
      answer: Recording? = nil,
      state: NumberChange = NumberChange()
    ) {
      self.id = id
      self.display = display
      self.label = label
      self.waba = waba
      self.answer = answer
      self.state = state
    }
  }

  /// A recorded answer by its file name among the fixtures.
  package struct Recording: Hashable, Sendable {
    package var file: String
    package var status: Int

    package init(file: String, status: Int = 200) {
      self.file = file
      self.status = status
    }
  }
}

extension Scenario.Provider {
  package var usualListing: Scenario.Listing {
    switch self {
    case .kapso: .all
    case .dialog360: .channels
    case .kaleyra, .graph: .numbers
    case .meta: .wabas
    }
  }

  package var usualVersion: String {
    switch self {
    case .kaleyra: "v2"
    case .kapso, .dialog360, .meta, .graph: "v24.0"
    }
  }
}
