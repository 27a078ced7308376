import Health
import Providers
import TestSupport
import Testing

/// What every provider of the catalogue promises, shown with its own fixtures.
///
/// A new provider gets these tests by being in the catalogue; without its fixture set they fail. The set
/// is eight answers to "how is this one number", in `Sources/Simulator/Fixtures/<prefix>/`. The prefix is
/// the provider's name, with a leading figure moved to its end (`360dialog` is `dialog360`), and file
/// names are unique over all folders:
///
///     <prefix>-healthy.json        PHONE_NUMBER, WABA, BUSINESS and APP, all AVAILABLE
///     <prefix>-limited.json        PHONE_NUMBER LIMITED with one additional_info, nothing BLOCKED
///     <prefix>-blocked.json        WABA BLOCKED with error 141006
///     <prefix>-unknown-value.json  PHONE_NUMBER says PAUSED_BY_META, and an entity of the type SIP
///     <prefix>-rate-limit.json     the body of "too many requests"
///     <prefix>-refused-token.json  the body of "this key is not valid"
///     <prefix>-truncated.json      the beginning of a healthy answer
///     <prefix>-empty.json          an empty object or list
struct ProviderContractTests {
  static let providers = ProviderCatalog.all.map(\.name)

  @Test(arguments: providers)
  func `a healthy number has no fault`(provider: String) async throws {
    let asked = try await ask(provider, "healthy")
    let report = try asked.report()
    #expect(Verdict(of: report).word == .available)
    #expect(Assessment(of: report).severity == .ok)
    #expect(asked.reading.outcome == .answered)
    let types: Set<EntityType> = [.phoneNumber, .waba, .business, .app]
    #expect(Set(report.entities.compactMap { $0.type?.value }) == types)
    #expect(report.entities.allSatisfy { $0.canSendMessage?.value == .available })
    #expect(report.providerVerdict != nil)
    #expect(report.phoneNumberID != nil)
    #expect(asked.reading.httpStatus == 200)
    #expect(asked.reading.latency != nil)
    #expect(asked.reading.raw == (try fixture(provider, "healthy")))
  }

  @Test(arguments: providers)
  func `a limited number says why`(provider: String) async throws {
    let report = try await ask(provider, "limited").report()
    #expect(Verdict(of: report).word == .limited)
    #expect(Assessment(of: report).severity == .warning)
    let number = try #require(report.entities.first { $0.type?.value == .phoneNumber })
    #expect(number.canSendMessage == AsSent("LIMITED"))
    #expect(number.additionalInfo.count == 1)
  }

  @Test(arguments: providers)
  func `a blocked number names the account and the code`(provider: String) async throws {
    let report = try await ask(provider, "blocked").report()
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .blocked)
    #expect(assessment.severity == .critical)
    #expect(assessment.causes.first?.kind == .entity(.waba))
    #expect(assessment.causes.first?.code == .number(141_006))
    let account = try #require(report.entities.first { $0.type?.value == .waba })
    #expect(account.messagingErrors.first?.description != nil)
    #expect(account.messagingErrors.first?.solution != nil)
  }

  @Test(arguments: providers)
  func `tomorrow's words are kept as they came and never read as fine`(
    provider: String
  ) async throws {
    let report = try await ask(provider, "unknown-value").report()
    let number = try #require(report.entities.first { $0.type?.value == .phoneNumber })
    #expect(number.canSendMessage?.text == "PAUSED_BY_META")
    #expect(number.canSendMessage?.value.rank == nil)
    #expect(report.entities.contains { $0.type?.text == "SIP" })
    let verdict = Verdict(of: report)
    #expect(verdict.word != .blocked)
    #expect(verdict.note != nil)
  }

  @Test(arguments: providers)
  func `too many requests is throttled and says for how long`(provider: String) async throws {
    let headers = [HTTPHeader("Retry-After", "60")]
    let asked = try await ask(provider, "rate-limit", status: 429, headers: headers)
    let failure = try #require(asked.reading.failure)
    #expect(failure.kind == .throttled(retryAfter: .seconds(60)))
    #expect(asked.gate.signals.contains { $0.retryAfter == .seconds(60) })
  }

  @Test(arguments: providers)
  func `a refused key is the credential's fault and says where to replace it`(
    provider: String
  ) async throws {
    let failure = try await ask(provider, "refused-token", status: 401).failure()
    #expect(failure.kind == .credentialRejected)
    #expect(failure.message.contains("accounts.acme."))
    #expect(failure.httpStatus == 401)
  }

  @Test(arguments: providers, ["truncated", "empty"])
  func `a success without health is unintelligible`(
    provider: String,
    fixture: String
  ) async throws {
    #expect(try await ask(provider, fixture).failure().kind == .unintelligible)
  }

  @Test(
    arguments: providers,
    ["", "  \n", "null", "[]", "\"\"", "{}", "<html><title>Sign in</title>", "upstream ok"]
  )
  func `no body holds no health`(provider: String, body: String) async throws {
    let asked = await ask(provider, .init("", text: body))
    #expect(try asked.failure().kind == .unintelligible)
  }

  @Test(arguments: providers, [500, 502, 503, 504])
  func `a failing gateway is the provider's error, with the page's title`(
    provider: String,
    status: Int
  ) async throws {
    let page = "\n<!DOCTYPE html><html><head><TITLE>Bad \u{1B}[31mgateway</TITLE></head></html>"
    let failure = try await ask(provider, .init("", status: status, text: page)).failure()
    #expect(failure.kind == .providerError)
    #expect(failure.message.contains("Bad [31mgateway"))
    #expect(!failure.message.contains("<"))
    #expect(failure.httpStatus == status)
  }

  @Test(arguments: providers)
  func `an answer that never came keeps the number and its reason`(provider: String) async throws {
    let reason = ProviderError(.unreachable, "Connection refused.")
    let asked = await ask(provider, .init("", .failure(reason)))
    #expect(try asked.failure() == reason)
    #expect(asked.reading.httpStatus == nil)
    #expect(asked.reading.raw == nil)
  }

  @Test(arguments: providers)
  func `every request is admitted first and stays below the configured base`(
    provider: String
  ) async throws {
    let asked = try await ask(provider, "healthy")
    #expect(asked.gate.admitted.count == asked.transport.requests.count)
    #expect(!asked.transport.requests.isEmpty)
    for request in asked.transport.requests {
      #expect(request.url.hasPrefix("http://127.0.0.1:8080/base/"))
      #expect(!request.url.contains(ContractAccount.key))
      #expect(request.headers.contains { $0.value.contains(ContractAccount.key) })
      #expect(request.timeout == .seconds(7))
    }
  }

  static let echoes = [
    ContractAccount.key, #"\u0064"# + ContractAccount.key.dropFirst(),
    "%64" + ContractAccount.key.dropFirst(), "dXNlcjpkZW1vLWtleS0wMDAwLTAwMDE=",
  ]

  @Test(arguments: providers, echoes)
  func `a key that the provider repeats is shown nowhere`(
    provider: String,
    echo: String
  ) async throws {
    let body = #"{"error": {"message": "bad key \#(echo)", "code": 190}}"#
    let asked = await ask(provider, .init("", status: 401, text: body))
    let failure = try asked.failure()
    let raw = String(decoding: asked.reading.raw ?? [], as: UTF8.self)
    for text in [failure.message, raw] {
      #expect(!text.contains(ContractAccount.key) && !text.contains(echo))
    }
    #expect(raw.contains("•••"))
  }

  @Test(arguments: providers)
  func `what the configuration names is polled without asking first`(provider: String) async {
    let transport = FixtureTransport([])
    let account = ContractAccount(provider, transport)
    let discovery = await account.provider.discover(through: OpenGate())
    #expect(discovery.failures.isEmpty)
    #expect(discovery.targets.filter { $0.purpose == .health }.flatMap(\.numbers).count == 1)
    #expect(transport.requests.isEmpty)
    #expect(account.provider.account.provider == provider)
  }
}

// Asking one number of a provider.
extension ProviderContractTests {
  struct Asked {
    let reading: Reading
    let transport: FixtureTransport
    let gate: OpenGate

    func report() throws -> HealthReport { try reading.result.get() }

    func failure() throws -> ProviderError { try #require(reading.failure) }
  }

  private func fixture(_ provider: String, _ name: String) throws -> [UInt8] {
    try Fixture.bytes("\(ContractAccount.prefix(of: provider))-\(name).json")
  }

  private func ask(
    _ provider: String,
    _ name: String,
    status: Int = 200,
    headers: [HTTPHeader] = []
  ) async throws -> Asked {
    let body = try fixture(provider, name)
    return await ask(provider, .init("", status: status, headers: headers, body: body))
  }

  private func ask(_ provider: String, _ route: FixtureTransport.Route) async -> Asked {
    let transport = FixtureTransport([route])
    let gate = OpenGate()
    let asked = ContractAccount(provider, transport)
    let discovery = await asked.provider.discover(through: gate)
    guard let target = discovery.targets.first(where: { $0.purpose == .health }) else {
      return Asked(reading: .nothing, transport: transport, gate: gate)
    }
    let answer = await asked.provider.read(target, through: gate)
    let reading = answer.readings.first.map(Reading.init) ?? .nothing
    #expect(answer.readings.map(\.number) == target.numbers, "the configured number is there")
    return Asked(reading: reading, transport: transport, gate: gate)
  }
}

extension Reading {
  fileprivate init(_ answer: NumberAnswer) {
    self.init(
      number: answer.number,
      moment: SystemTime().now,
      result: answer.result,
      httpStatus: answer.httpStatus,
      latency: answer.latency,
      raw: answer.raw
    )
  }

  /// Stands for "the provider brought no reading", which no test accepts.
  static let nothing = Reading(
    number: PhoneNumber(account: "none", provider: "none", target: nil),
    moment: SystemTime().now,
    result: .failure(ProviderError(.unreachable, "The provider brought no reading."))
  )
}
