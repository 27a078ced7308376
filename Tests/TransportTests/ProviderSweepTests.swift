import Health
import Providers
import Simulator
import TestSupport
import Testing
import Transport

/// Every provider of the catalogue against the simulator, over real HTTP.
@Suite(.realTime) struct ProviderSweepTests {
  /// For scenarios in which some answers never come.
  private static let short = Duration.milliseconds(700)

  /// All that an account's targets bring, and the targets that they reveal.
  private func sweep(
    _ account: SimulatedAccount,
    in world: SimulatedWorld,
    timeout: Duration = .seconds(10)
  ) async throws -> (discovery: Discovery, answers: [PollAnswer]) {
    let description = try #require(ProviderCatalog.provider(named: account.provider.rawValue))
    var settings = settings(of: account, in: world)
    settings.timeout = timeout
    let provider = description.make(settings, world.transport)
    let gate = OpenGate()
    let discovery = await provider.discover(through: gate)
    var waiting = discovery.targets
    var seen: Set<String> = []
    var answers: [PollAnswer] = []
    while let target = waiting.popLast() {
      guard seen.insert(target.id).inserted else { continue }
      let answer = await provider.read(target, through: gate)
      waiting += answer.revealed
      answers.append(answer)
    }
    return (discovery, answers)
  }

  private func settings(of account: SimulatedAccount, in world: SimulatedWorld) -> AccountSettings {
    var url = "http://127.0.0.1:\(world.port)/\(account.name)"
    if account.provider == .graph { url += "/v24.0" }
    return AccountSettings(
      name: account.name,
      baseURL: url,
      values: values(of: account, in: world.simulation)
    )
  }

  private func values(
    of account: SimulatedAccount,
    in world: Simulation
  ) -> [String: SettingValue] {
    let numbers = account.numbers.map { world.numbers[$0] }
    let configured = SettingValue.numbers(numbers.map { ConfiguredNumber(id: $0.address) })
    let key = SettingValue.secret(Secret(account.key))
    switch account.provider {
    case .kapso: return ["api_key": key, "numbers": .allNumbers]
    case .dialog360:
      let partner = SettingValue.partner(id: account.sid, apiKey: Secret(account.key))
      let channels = numbers.map {
        ConfiguredChannel(label: $0.label ?? $0.id, apiKey: Secret($0.key))
      }
      return account.plan.listing == .partner
        ? ["partner": partner] : ["channels": .channels(channels)]
    case .kaleyra:
      return [
        "api_key": key, "sid": .text(account.sid), "api_version": .text(account.plan.version),
        "numbers": configured,
      ]
    case .meta:
      let wabas = account.wabas.map { world.wabas[$0].id }
      return ["access_token": key, "wabas": .list(wabas)]
    case .graph:
      let header = SettingValue.header(
        name: "Authorization",
        value: Secret("Bearer \(account.key)")
      )
      return ["header": header, "numbers": configured]
    }
  }

  private func healthReports(in answers: [PollAnswer]) -> [HealthReport] {
    answers.flatMap(\.readings).compactMap { try? $0.result.get() }
  }

  @Test func `a sound account of every kind is read whole: health, facts and templates`()
    async throws
  {
    let scenario = Scenario.standard(numbers: 300)
    try await withSimulator(scenario) { world -> Void in
      for account in world.simulation.accounts {
        let (discovery, answers) = try await sweep(account, in: world)
        let failures = discovery.failures.map(\.message) + answers.compactMap(\.failure?.message)
        let reports = healthReports(in: answers)
        let templates = answers.flatMap(\.templates)

        #expect(failures.isEmpty, "\(account.name): \(failures)")
        #expect(
          Set(reports.compactMap(\.phoneNumberID))
            == Set(account.numbers.map { world.simulation.numbers[$0].id })
        )
        #expect(reports.allSatisfy { $0.root?.value == .available && $0.entities.count == 4 })
        #expect(reports.allSatisfy { $0.incomplete == nil }, "\(account.name)")
        #expect(reports.allSatisfy { $0.facts.verifiedName != nil }, "\(account.name)")
        #expect(templates.allSatisfy { ((try? $0.templates.get()) ?? []).count > 0 })
        #expect(templates.isEmpty == (account.provider == .kapso || account.provider == .graph))
      }
    }
  }

  @Test func `the partner's list alone gives rows without health`() async throws {
    let scenario = Scenario(
      name: "partner",
      accounts: [
        Scenario.Account(name: "p", provider: .dialog360, count: 130, listing: .partner)
      ]
    )
    let reports = try await withSimulator(scenario) { world in
      healthReports(in: try await sweep(world.simulation.accounts[0], in: world).answers)
    }

    #expect(reports.count == 130)
    #expect(reports.allSatisfy { $0.incomplete != nil })
    #expect(reports.flatMap(\.entities).allSatisfy { $0.canSendMessage == nil })
    #expect(reports.allSatisfy { $0.facts.messagingLimit != nil })
  }

  @Test func `with every fault and oddity on, each number still gets its own reading`()
    async throws
  {
    try await withSimulator(Scenario.faults(numbers: 600)) { world -> Void in
      for name in ["acme", "india", "partner"] {
        let account = try #require(world.simulation.accounts.first { $0.name == name })
        let (_, answers) = try await sweep(account, in: world, timeout: Self.short)
        let readings = answers.flatMap(\.readings)
        let failed = readings.filter { (try? $0.result.get()) == nil }

        #expect(readings.count >= account.numbers.count - 1, "\(name)")
        #expect(failed.count >= 10, "\(name)")
        #expect(failed.count < 45, "\(name)")
      }
    }
  }

  @Test func `accounts that fail as a whole name what can be done`() async throws {
    let expected: [String: ProviderError.Kind] = [
      "key-refused": .credentialRejected, "resetting": .unreachable, "gateway": .providerError,
      "silent": .timedOut, "redirecting": .unintelligible,
    ]
    try await withSimulator(Scenario.faults(numbers: 1)) { world -> Void in
      for (name, kind) in expected {
        let account = try #require(world.simulation.accounts.first { $0.name == name })
        let (discovery, answers) = try await sweep(account, in: world, timeout: Self.short)
        var failures = discovery.failures + answers.compactMap(\.failure)
        for reading in answers.flatMap(\.readings) {
          if case .failure(let error) = reading.result { failures.append(error) }
        }
        #expect(failures.contains { $0.kind == kind }, "\(name): \(failures)")
      }
    }
  }
}
