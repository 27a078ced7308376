import Health
import Providers
import TestSupport

/// An account `direct` at Meta over a transport of a test's.
struct MetaAccount {
  static let token = "EAAdemo-token-0000000000"
  static let waba = "102290129340398"
  static let business = "506914307656634"
  static let number = "106540352242922"

  let provider: MetaGraphProvider
  let gate = OpenGate()

  init(
    _ transport: any HTTPTransport,
    wabas: [String] = [],
    numbers: [ConfiguredNumber] = [],
    businesses: [String] = [],
    watchesTemplates: Bool = true,
    version: String? = nil,
    appSecret: String? = nil,
    time: any TimeSource = SystemTime()
  ) {
    var values: [String: SettingValue] = [
      "access_token": .secret(Secret(Self.token)),
      "wabas": .list(wabas),
      "businesses": .list(businesses),
    ]
    if !numbers.isEmpty { values["numbers"] = .numbers(numbers) }
    if let appSecret { values["app_secret"] = .secret(Secret(appSecret)) }
    if let version { values["graph_version"] = .text(version) }
    let settings = AccountSettings(
      name: "direct",
      baseURL: "https://graph.example.com/",
      watchesTemplates: watchesTemplates,
      values: values
    )
    provider = MetaGraphProvider(settings: settings, transport: transport, time: time)
  }

  func discover() async -> Discovery { await provider.discover(through: gate) }

  func read(_ target: String, numbers: [String] = []) async -> PollAnswer {
    await read(
      PollTarget(id: target, purpose: .health, numbers: numbers.map { Self.phoneNumber($0) })
    )
  }

  func read(_ target: PollTarget) async -> PollAnswer {
    await provider.read(target, through: gate)
  }

  static func phoneNumber(_ id: String, label: String? = nil) -> PhoneNumber {
    PhoneNumber(account: "direct", provider: "meta", target: id, label: label)
  }
}

extension PollAnswer {
  var reports: [HealthReport] { readings.compactMap { try? $0.result.get() } }

  /// The kinds of failure of its numbers, in order.
  var failures: [ProviderError.Kind] {
    readings.compactMap { if case .failure(let error) = $0.result { error.kind } else { nil } }
  }

  var targets: [String?] { readings.map(\.number.target) }
}

extension Discovery {
  var ids: [String] { targets.map(\.id) }
}

extension FixtureTransport.Route {
  /// A fixture for every URL that contains `part`.
  static func fixture(_ part: String, _ name: String, status: Int = 200) throws -> Self {
    Self(part, status: status, body: try Fixture.bytes(name + ".json"))
  }
}
