// The values of a provider's own keys. The configuration has checked their types, so a value of
// another type counts as absent.
extension AccountSettings {
  func text(_ key: String) -> String? {
    if case .text(let text) = values[key] { text } else { nil }
  }

  /// Empty if it is absent, which no provider accepts.
  func secret(_ key: String) -> Secret {
    if case .secret(let secret) = values[key] { secret } else { Secret("") }
  }

  /// Nil if the numbers are to be discovered at the provider.
  func numbers(_ key: String) -> [ConfiguredNumber]? {
    switch values[key] {
    case .numbers(let numbers): numbers
    case .list(let ids): ids.map { ConfiguredNumber(id: $0) }
    case .allNumbers: nil
    default: []
    }
  }

  func channels(_ key: String) -> [ConfiguredChannel] {
    if case .channels(let channels) = values[key] { channels } else { [] }
  }

  func partner(_ key: String) -> (id: String, apiKey: Secret)? {
    if case .partner(let id, let apiKey) = values[key] { (id, apiKey) } else { nil }
  }
}
