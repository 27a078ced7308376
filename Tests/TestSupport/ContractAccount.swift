package import Health
import Providers

/// An account `acme` with one number, made from what the provider says of its keys.
package struct ContractAccount {
  package static let key = "demo-key-0000-0001"

  package let provider: any HealthProvider

  package init(_ name: String, _ transport: FixtureTransport) {
    let description = ProviderCatalog.provider(named: name)
    var values: [String: SettingValue] = [:]
    let required = Set((description?.requiresOneOf ?? []).flatMap(\.self))
    for key in description?.keys ?? [] {
      values[key.name] = Self.value(key.form, isRequired: required.contains(key.name))
    }
    let settings = AccountSettings(
      name: "acme",
      timeout: .seconds(7),
      baseURL: "http://127.0.0.1:8080/base",
      watchesTemplates: false,
      values: values
    )
    provider = description?.make(settings, transport) ?? NoProvider()
  }

  /// One number is enough: lists that would bring more are left out.
  private static func value(
    _ form: ProviderDescription.Form,
    isRequired: Bool
  ) -> SettingValue? {
    switch form {
    case .secret: .secret(Secret(key))
    case .choice(let words): words.last.map { .text($0) }
    case .numbers: .numbers([ConfiguredNumber(id: "106540352242922", label: "Support")])
    case .channels: .channels([ConfiguredChannel(label: "Support", apiKey: Secret(key))])
    case .header: .header(name: "Authorization", value: Secret("Bearer \(key)"))
    case .text: isRequired ? .text("demo") : nil
    case .list, .partner, .graphVersion: nil
    }
  }

  package static func prefix(of provider: String) -> String {
    let figure = provider.prefix { $0.isNumber }
    return String(provider.dropFirst(figure.count) + figure)
  }
}

private struct NoProvider: HealthProvider {
  let account = Account(name: "none", provider: "none", requestsPerMinute: nil, concurrency: 1)

  func discover(through gate: any RequestGate) async -> Discovery { Discovery(targets: []) }

  func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    PollAnswer()
  }
}
