/// One validated account of the configuration, from which a provider is made.
package struct AccountSettings: Hashable, Sendable {
  package var name: String
  package var refresh: Duration
  package var timeout: Duration
  /// The address before the provider's documented paths; nil means the provider's own.
  package var baseURL: String?
  package var requestsPerMinute: RequestRate
  package var concurrency: Int?
  package var watchesTemplates: Bool
  package var callingExpected: Bool
  package var caFile: String?
  /// The proxy instead of the environment's; empty for none.
  ///
  /// Its address may contain a password.
  package var proxy: Secret?
  package var usesHTTP2: Bool
  /// The values of the provider's own keys, by their name in the configuration.
  package var values: [String: SettingValue]

  package init(
    name: String,
    refresh: Duration = .seconds(60),
    timeout: Duration = .seconds(15),
    baseURL: String? = nil,
    requestsPerMinute: RequestRate = .standard,
    concurrency: Int? = nil,
    watchesTemplates: Bool = true,
    callingExpected: Bool = false,
    caFile: String? = nil,
    proxy: Secret? = nil,
    usesHTTP2: Bool = false,
    values: [String: SettingValue] = [:]
  ) {
    self.name = name
    self.refresh = refresh
    self.timeout = timeout
    self.baseURL = baseURL
    self.requestsPerMinute = requestsPerMinute
    self.concurrency = concurrency
    self.watchesTemplates = watchesTemplates
    self.callingExpected = callingExpected
    self.caFile = caFile
    self.proxy = proxy
    self.usesHTTP2 = usesHTTP2
    self.values = values
  }

  package enum RequestRate: Hashable, Sendable {
    /// The provider's default.
    case standard
    case perMinute(Int)
    case unlimited
  }
}

/// A secret: it has no description, so that no log, error or interpolation can show it.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Only for a request's header.
  package let revealed: String

  package init(_ text: String) { revealed = text }

  package var description: String { "•••" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The value of one key of an account, after the configuration checked its form.
package enum SettingValue: Hashable, Sendable {
  case text(String)
  case secret(Secret)
  case list([String])
  /// `numbers:` as a list; `numbers: all` is `.allNumbers`.
  case numbers([ConfiguredNumber])
  case allNumbers
  case channels([ConfiguredChannel])
  case header(name: String, value: Secret)
  case partner(id: String, apiKey: Secret)
}

package struct ConfiguredNumber: Hashable, Sendable {
  /// An id, or a phone number at Kaleyra, exactly as written.
  package let id: String
  package let label: String?

  package init(id: String, label: String? = nil) {
    self.id = id
    self.label = label
  }
}

/// A channel of 360dialog: one key is one number.
package struct ConfiguredChannel: Hashable, Sendable {
  package let label: String
  package let apiKey: Secret

  package init(label: String, apiKey: Secret) {
    self.label = label
    self.apiKey = apiKey
  }
}
