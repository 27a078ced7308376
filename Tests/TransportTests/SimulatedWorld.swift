import Health
import Providers
import Simulator
import Transport

/// A transport and the simulator that it asks, both for as long as the body runs.
func withSimulator<Value: Sendable>(
  _ scenario: Scenario,
  stoppedAt instant: ContinuousClock.Instant? = nil,
  _ body: @Sendable (SimulatedWorld) async throws -> Value
) async throws -> Value {
  let server = SimulatorServer(scenario: scenario) { instant ?? .now }
  let transport = CurlTransport(version: "0.0.0")
  defer { transport.shutdown() }
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    defer { group.cancelAll() }
    let port = try await server.boundPort
    return try await body(
      SimulatedWorld(simulation: server.simulation, port: port, transport: transport)
    )
  }
}

struct SimulatedWorld: Sendable {
  let simulation: Simulation
  let port: Int
  let transport: CurlTransport

  /// The health of an account's first number, over HTTP.
  func health(
    of account: String,
    number place: Int = 0,
    timeout: Duration = .seconds(10),
    key: String? = nil
  ) async throws(ProviderError) -> HTTPAnswer {
    let request = request(of: account, number: place, timeout: timeout, key: key)
    return try await transport.send(request)
  }

  func request(
    of name: String,
    number place: Int = 0,
    timeout: Duration = .seconds(10),
    key: String? = nil
  ) -> HTTPRequest {
    let account = simulation.accounts.first { $0.name == name }
    guard let account else { return HTTPRequest(url: "", headers: [], timeout: timeout) }
    let number = simulation.numbers[account.numbers[place]]
    let (path, header) =
      switch account.provider {
      case .kapso:
        (
          "platform/v1/whatsapp/phone_numbers/\(number.id)/health",
          HTTPHeader("X-API-Key", key ?? account.key)
        )
      case .dialog360: ("health_status", HTTPHeader("D360-API-KEY", key ?? number.key))
      case .kaleyra:
        (
          "\(account.plan.version)/\(account.sid)/whatsapp/\(number.address)/phone_number_details",
          HTTPHeader("api-key", key ?? account.key)
        )
      case .meta, .graph:
        (
          "v24.0/\(number.id)?fields=health_status",
          HTTPHeader("Authorization", "Bearer \(key ?? account.key)")
        )
      }
    return HTTPRequest(
      url: "http://127.0.0.1:\(port)/\(name)/\(path)",
      headers: [header],
      timeout: timeout
    )
  }
}
