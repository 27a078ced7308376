import Health
import Logging
import Polling
import Providers
import Simulator
import Synchronization
import TestSupport
import Testing
import Transport

/// How often a provider in trouble is asked over real HTTP, where no budget sets a limit.
@Suite(.realTime) struct RequestCountTests {
  @Test(
    arguments: [
      Fault.throttled(retryAfter: "0"), .throttled(retryAfter: "-5"),
      .throttled(retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT"), .gateway(status: 503), .reset,
      .body(""),
    ],
    [Scenario.Provider.kapso, .kaleyra, .graph]
  )
  func `a provider in trouble is left in peace`(
    fault: Fault,
    provider: Scenario.Provider
  ) async throws {
    var scenario = Scenario.standard(numbers: 0)
    scenario.accounts = [.init(name: "a", provider: provider, count: 1, listing: .numbers)]
    scenario.events = [Scenario.Event(on: Scenario.Scope(account: "a"), fault: fault)]
    let requests = try await withSimulator(scenario) { world in
      let counting = CountingTransport(world.transport)
      let account = try #require(world.simulation.accounts.first)
      let refresher = try refresher(of: account, in: world, over: counting)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await refresher.run() }
        // Real requests need real time: long enough for what comes at once to come many times.
        try await Task.sleep(for: .seconds(1.5))
        group.cancelAll()
      }
      return counting.count
    }
    #expect((1...3).contains(requests), "\(requests)")
  }

  private func refresher(
    of account: SimulatedAccount,
    in world: SimulatedWorld,
    over transport: CountingTransport
  ) throws -> Refresher {
    let base = "http://127.0.0.1:\(world.port)/\(account.name)"
    let number = world.simulation.numbers[account.numbers[0]]
    let settings = AccountSettings(
      name: account.name,
      baseURL: account.provider == .graph ? "\(base)/v24.0" : base,
      requestsPerMinute: .unlimited,
      values: [
        "api_key": .secret(Secret(account.key)),
        "sid": .text(account.sid),
        "header": .header(name: "Authorization", value: Secret("Bearer \(account.key)")),
        "numbers": .numbers([ConfiguredNumber(id: number.address)]),
      ]
    )
    let description = ProviderCatalog.provider(named: account.provider.rawValue)
    let provider = try #require(description?.make(settings, transport))
    let time = SystemTime()
    return Refresher(
      providers: [provider],
      observer: RecordingObserver(time: time),
      time: time,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
  }
}

/// Counts what is sent through another transport.
private final class CountingTransport: HTTPTransport {
  private let transport: CurlTransport
  private let requests = Atomic(0)

  init(_ transport: CurlTransport) { self.transport = transport }

  var count: Int { requests.load(ordering: .relaxed) }

  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    requests.add(1, ordering: .relaxed)
    return try await transport.send(request)
  }
}
