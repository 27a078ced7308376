package import Health
import Synchronization

/// Kaleyra: one key and SID per account, one request per number, and no list of them.
package struct KaleyraProvider: HealthProvider {
  package static let description = ProviderDescription(
    name: "kaleyra",
    keys: [
      .init("api_key", .secret, hint: "the account's API key"),
      .init("sid", .text, hint: "the account's SID"),
      .init("pod", .choice(pods.map(\.name)), hint: "IN, SG, EU or NA; the default is IN"),
      .init("api_version", .choice(["v1", "v2"]), hint: "v1 or v2; the default is v2"),
      .init(
        "numbers",
        .numbers(item: "number", allowsAll: false),
        hint: "a list of phone numbers, digits with the country code"
      ),
    ],
    requiresOneOf: [["api_key"], ["sid"], ["numbers"]],
    requestsPerMinute: 60,
    concurrency: 4,
    make: { KaleyraProvider($0, $1) }
  )

  /// Singapore's pod is called "ap".
  private static let pods = [
    (name: "IN", host: "api.in.kaleyra.io"), (name: "SG", host: "api.ap.kaleyra.io"),
    (name: "EU", host: "api.eu.kaleyra.io"), (name: "NA", host: "api.na.kaleyra.io"),
  ]

  package let account: Account
  private let numbers: [ConfiguredNumber]
  private let version: KaleyraVersion
  private let sid: String
  private let exchange: ProviderExchange
  private let key: KeyHeader
  private let watchesTemplates: Bool
  private let memory = KaleyraMemory()
  private let parts = AnswerParts()

  package init(_ settings: AccountSettings, _ transport: any HTTPTransport) {
    account = Self.description.account(from: settings)
    numbers = settings.numbers("numbers") ?? []
    version = KaleyraVersion(rawValue: settings.text("api_version") ?? "") ?? .v2
    sid = settings.text("sid") ?? ""
    let pod = settings.text("pod")
    exchange = ProviderExchange(
      provider: "Kaleyra",
      settings: settings,
      standardBaseURL: "https://" + (Self.pods.first { $0.name == pod } ?? Self.pods[0]).host,
      transport: transport
    )
    key = KeyHeader("api-key", key: "api_key", of: settings)
    watchesTemplates = settings.watchesTemplates
  }

  package func discover(through gate: any RequestGate) async -> Discovery {
    Discovery(
      targets: numbers.map { configured in
        let number = PhoneNumber(
          account: account.name,
          provider: account.provider,
          target: configured.id,
          label: configured.label
        )
        return PollTarget(id: "number/\(configured.id)", purpose: .health, numbers: [number])
      }
    )
  }

  package func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    guard target.purpose == .health else { return await readTemplates(target, through: gate) }
    guard let number = target.numbers.first, let asked = number.target else { return PollAnswer() }
    do throws(ProviderError) {
      let path = "\(asked.dialled.urlEscaped)/phone_number_details"
      let response = try await get(path, version, through: gate)
      let result = report(response, of: asked)
      return PollAnswer(
        readings: [NumberAnswer(number, result, response.answer)],
        revealed: revealed(by: result)
      )
    } catch {
      return PollAnswer(readings: [NumberAnswer(number, failure: error)])
    }
  }

  /// A path below `/v2/<sid>/whatsapp/`.
  private func get(
    _ path: String,
    _ version: KaleyraVersion,
    through gate: any RequestGate
  ) async throws(ProviderError) -> ProviderResponse {
    try await exchange.get(
      "/\(version.rawValue)/\(sid.urlEscaped)/whatsapp/\(path)",
      // The only accepted value, even for a GET.
      headers: [HTTPHeader("Content-Type", "application/json")],
      key: key,
      credential: "",
      through: gate
    )
  }

  private func refusal(_ response: ProviderResponse, of subject: String) -> ProviderError? {
    KaleyraRefusal(key: key, account: account, version: version, subject: subject)
      .error(in: response)
  }

  private func report(
    _ response: ProviderResponse,
    of number: String
  ) -> Result<HealthReport, ProviderError> {
    do throws(ProviderError) {
      if let refusal = refusal(response, of: "number \(number)") { throw refusal }
      guard let report = HealthReport(graphNode: try response.content(), parts: parts) else {
        throw response.error(
          .unintelligible,
          "Kaleyra answered for number \(number) without health."
        )
      }
      return .success(report.about(number))
    } catch {
      return .failure(error)
    }
  }
}

// Templates: of a WABA (v2), or of the whole account (v1).
extension KaleyraProvider {
  private static let templatesPrefix = "templates/"

  /// WABAs are not configured but learned from the numbers' answers.
  private func revealed(by result: Result<HealthReport, ProviderError>) -> [PollTarget] {
    guard watchesTemplates, case .success(let report) = result, let waba = report.id(of: .waba)
    else { return [] }
    memory.learn(waba: waba)
    let id =
      switch version {
      case .v1: "templates"
      case .v2: Self.templatesPrefix + waba
      }
    return [PollTarget(id: id, purpose: .facts, isOfTemplates: true)]
  }

  private func readTemplates(
    _ target: PollTarget,
    through gate: any RequestGate
  ) async -> PollAnswer {
    let wabas: [String]
    let path: String
    switch version {
    case .v1: (wabas, path) = (memory.wabas, "templates/status")
    case .v2:
      let waba = String(target.id.dropFirst(Self.templatesPrefix.count))
      (wabas, path) = ([waba], "\(waba.urlEscaped)/message_templates")
    }
    do throws(ProviderError) {
      let response = try await get(path, version, through: gate)
      if let refusal = refusal(response, of: "the templates") { throw refusal }
      guard let list = KaleyraTemplateList(try response.content()) else {
        throw response.error(.unintelligible, "Kaleyra's list of templates is not a list.")
      }
      return PollAnswer(templates: list.templateLists(of: wabas))
    } catch {
      return PollAnswer(
        failure: error.kind == .numberRefused ? nil : error,
        templates: wabas.map { TemplateList(waba: $0, templates: .failure(error)) }
      )
    }
  }
}

/// The version of Kaleyra's API for the account's numbers.
enum KaleyraVersion: String, Sendable {
  case v1
  case v2
}

/// The WABAs in the numbers' answers, for as long as the account is configured.
private final class KaleyraMemory: Sendable {
  private let known = Mutex<[String]>([])

  var wabas: [String] { known.withLock { $0 } }

  func learn(waba: String) {
    known.withLock { known in
      if !known.contains(waba) { known.append(waba) }
    }
  }
}

extension String {
  /// The form that Kaleyra expects: without the plus and spaces.
  fileprivate var dialled: String { filter { !" +-().".contains($0) } }
}
