import TestSupport

@testable import Simulator

/// A simulator that serves for as long as the body runs.
func withServer(
  _ scenario: Scenario = .standard(numbers: 60),
  limits: ServerLimits = ServerLimits(),
  _ body: (ServedWorld) async throws -> Void
) async throws {
  let server = SimulatorServer(scenario: scenario, limits: limits)
  let run = RealTime.start { try await server.run() }
  let world = ServedWorld(simulation: server.simulation, port: try await server.boundPort)
  do {
    try await body(world)
  } catch {
    run.cancel()
    throw error
  }
  run.cancel()
  try await run.value
}

struct ServedWorld {
  let simulation: Simulation
  let port: Int

  func client() throws -> RawClient { try RawClient(port: port) }

  /// A request for the health of a number of an account at Kapso.
  func request(of account: String = "acme", number place: Int = 0, fields: String = "") -> String {
    let index = simulation.accountsByName[account] ?? 0
    let number = simulation.numbers[simulation.accounts[index].numbers[place]]
    let key = simulation.accounts[index].key
    return """
      GET /\(account)/platform/v1/whatsapp/phone_numbers/\(number.id)/health HTTP/1.1\r
      Host: 127.0.0.1\r
      X-API-Key: \(key)\r
      \(fields)\r

      """
  }

  /// What a number with this fault sends, and how the connection is afterwards.
  static func bytes(
    with fault: Fault,
    within milliseconds: Int32 = 300
  ) async throws -> (text: String, end: RawClient.End) {
    var result: (text: String, end: RawClient.End) = ("", .open)
    try await withServer(.one(fault)) { world in
      let client = try world.client()
      client.send(world.request(of: "a"))
      result = client.read(within: milliseconds)
    }
    return result
  }
}

extension Scenario {
  /// One number at Kapso, and this fault on its health.
  static func one(_ fault: Fault? = nil, count: Int = 1) -> Scenario {
    Scenario(
      name: "one",
      accounts: [Account(name: "a", provider: .kapso, count: count)],
      events: fault.map { [Event(on: Scope(account: "a"), fault: $0, part: .health)] } ?? []
    )
  }
}
