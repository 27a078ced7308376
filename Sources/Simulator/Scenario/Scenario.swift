/// What the simulator plays: accounts at providers, their numbers, and what happens to them when.
///
/// The same scenario with the same seed is the same world, byte for byte. Built-in ones are
/// `demo`, `standard`, `faults`, `wire` and `reference`; `Scenario(yaml:)` reads one from a file, whose
/// format is described there.
package struct Scenario: Hashable, Sendable {
  package var name: String
  package var seed: UInt64
  /// Goes into the configuration that belongs to the scenario.
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

  /// Whose endpoints an account is played with.
  package enum Provider: String, Hashable, Sendable, CaseIterable {
    case kapso
    case dialog360 = "360dialog"
    case kaleyra
    case meta
    case graph
  }

  /// How the configuration names an account's numbers.
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

  /// One account: its numbers are made from the seed (`count`), spelled out (`numbers`), or both.
  package struct Account: Hashable, Sendable {
    package var name: String
    package var provider: Provider
    package var count: Int
    package var numbers: [Number]
    /// Business accounts that the numbers are spread over; nil is one for every twelve numbers.
    package var wabas: Int?
    /// Another account whose first WABA and business this account's numbers belong to as well.
    package var shares: String?
    /// The key it accepts; nil is one made from the name, obviously fake.
    package var key: String?
    package var listing: Listing
    /// Kaleyra's `v1` or `v2`; Meta's and Graph's `v24.0`.
    package var version: String
    package var pod: String
    /// Requests that it grants in a minute; nil is as many as come.
    package var grants: Int?
    /// What the configuration says about calling; true is `calling: expected`.
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

  /// A number that is spelled out.
  package struct Number: Hashable, Sendable {
    /// Nil is one made from the seed; at Kaleyra the digits of the number itself.
    package var id: String?
    /// As shown, such as `+1 212-555-0143`.
    package var display: String?
    package var label: String?
    /// Which of the account's WABAs it belongs to, from 1.
    package var waba: Int
    /// A recorded answer, served byte for byte in place of an answer made from the state.
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
