package import Health

/// A provider in the catalogue: its name, the keys of its accounts, and how to make one.
package struct ProviderDescription: Sendable {
  /// The name in the configuration, the JSON and on the screen.
  package let name: String
  /// The provider's own keys, besides those of every account.
  package let keys: [Key]
  /// Groups of keys; an account needs at least one key of each group.
  package let requiresOneOf: [[String]]
  /// Per credential (an account; at 360dialog a channel).
  package let requestsPerMinute: Int
  package let concurrency: Int
  package let make:
    @Sendable (_ settings: AccountSettings, _ transport: any HTTPTransport) -> any HealthProvider

  package init(
    name: String,
    keys: [Key],
    requiresOneOf: [[String]],
    requestsPerMinute: Int,
    concurrency: Int,
    make:
      @escaping @Sendable (_ settings: AccountSettings, _ transport: any HTTPTransport)
      -> any HealthProvider
  ) {
    self.name = name
    self.keys = keys
    self.requiresOneOf = requiresOneOf
    self.requestsPerMinute = requestsPerMinute
    self.concurrency = concurrency
    self.make = make
  }

  /// One key of an account in the configuration.
  package struct Key: Sendable {
    package let name: String
    package let form: Form
    /// What is expected, in one line, for messages.
    package let hint: String

    package init(_ name: String, _ form: Form, hint: String) {
      self.name = name
      self.form = form
      self.hint = hint
    }
  }

  package enum Form: Sendable {
    case text
    /// One of these words; the case does not matter.
    case choice([String])
    /// A version of Graph, such as `v24.0`.
    case graphVersion
    /// `name`, `name_file`, `name_command` or `name_credential`.
    case secret
    /// A list of ids.
    case list
    /// A list of numbers, each a plain id or `{ id: …, label: … }`; `item` is the word for `id`.
    case numbers(item: String, allowsAll: Bool)
    case channels
    case header
    case partner
  }

  /// The account for the refresher.
  package func account(from settings: AccountSettings) -> Account {
    Account(
      name: settings.name,
      provider: name,
      refresh: settings.refresh,
      requestsPerMinute: rate(of: settings),
      concurrency: settings.concurrency ?? concurrency,
      callingExpected: settings.callingExpected
    )
  }

  private func rate(of settings: AccountSettings) -> Int? {
    switch settings.requestsPerMinute {
    case .standard: requestsPerMinute
    case .perMinute(let rate): rate
    case .unlimited: nil
    }
  }
}
