import Health
import Logging
import Providers
import ServiceLifecycle
import Simulator
import Synchronization
import TestSupport
import Testing
import Transport

/// What can go wrong before there is an answer, and how everything ends.
@Suite(.realTime) struct ConnectionTests {
  private let transport = CurlTransport(version: "1.2.3")

  private func failure(
    of url: String,
    headers: [HTTPHeader] = [],
    caFile: String? = nil
  ) async
    -> ProviderError?
  {
    let request = HTTPRequest(url: url, headers: headers, timeout: .seconds(5), caFile: caFile)
    return await #expect(throws: ProviderError.self) { try await transport.send(request) }
  }

  @Test func `a port where nobody listens is unreachable at once`() async {
    let start = ContinuousClock.now
    let error = await failure(of: "http://127.0.0.1:1/health?token=abc")

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("127.0.0.1:1 refused the connection") == true)
    #expect(error?.message.contains("abc") == false)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `a name that nobody has is unreachable`() async {
    let error = await failure(of: "http://nowhere.invalid/health")

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("nowhere.invalid could not be resolved") == true)
  }

  @Test(arguments: ["a\nX-Evil: 1", "a\r", "a\u{0}"])
  func `a header with a line break is not sent`(value: String) async {
    let error = await failure(
      of: "http://127.0.0.1:1/",
      headers: [HTTPHeader("X-API-Key", value)]
    )

    #expect(error?.kind == .credentialRejected)
    #expect(error?.message.contains("X-API-Key") == true)
    #expect(error?.message.contains("Evil") == false)
  }

  @Test(arguments: ["", "no address", "/only/a/path"])
  func `what is no address is unreachable`(url: String) async {
    #expect(await failure(of: url)?.kind == .unreachable)
  }

  @Test func `a file of authorities that is not there is named`() async {
    let error = await failure(of: "https://127.0.0.1:1/", caFile: "/nonexistent/ca.pem")

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("/nonexistent/ca.pem") == true)
  }

  @Test func `plain HTTP where TLS is expected is unreachable`() async throws {
    let scenario = Scenario.standard(numbers: 6)
    let error = try await withSimulator(scenario) { world in
      await failure(of: "https://127.0.0.1:\(world.port)/acme")
    }

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("TLS") == true)
  }

  @Test func `a cancelled request ends at once as timed out`() async throws {
    let scenario = Scenario(
      name: "silent",
      accounts: [Scenario.Account(name: "a", provider: .meta, count: 1)],
      events: [Scenario.Event(on: Scenario.Scope(), fault: .silence)]
    )
    let start = ContinuousClock.now
    let kind = try await withSimulator(scenario) { world in
      let task = RealTime.start {
        do throws(ProviderError) {
          _ = try await world.health(of: "a", timeout: .seconds(60))
          return ProviderError.Kind?.none
        } catch {
          return error.kind
        }
      }
      task.cancel()
      return try await task.value
    }

    #expect(kind == .timedOut)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `shutting down ends what is under way and refuses what comes later`() async throws {
    let scenario = Scenario(
      name: "silent",
      accounts: [Scenario.Account(name: "a", provider: .kapso, count: 1)],
      events: [Scenario.Event(on: Scenario.Scope(), fault: .drip(.milliseconds(50)))]
    )
    let start = ContinuousClock.now
    try await withSimulator(scenario) { world in
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          _ = try? await world.health(of: "a", timeout: .seconds(60))
        }
        group.addTask {
          _ = try? await world.health(of: "a", timeout: .milliseconds(100))
          world.transport.shutdown()
        }
      }
      let error = await #expect(throws: ProviderError.self) {
        try await world.transport.send(world.request(of: "a"))
      }
      #expect(error?.kind == .unreachable)
    }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// In a process of its own: a group of services starts tasks that would wait behind all other tests.
  @Test func `a graceful shutdown ends transport and simulator at once, whatever is under way`()
    async throws
  {
    await #expect(processExitsWith: .success) {
      let scenario = Scenario(
        name: "silent",
        accounts: [Scenario.Account(name: "a", provider: .graph, count: 1)],
        events: [Scenario.Event(on: Scenario.Scope(), fault: .silence)]
      )
      let server = SimulatorServer(scenario: scenario)
      let transport = CurlTransport(version: "0.0.0")
      let group = ServiceGroup(
        services: [server, transport],
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
      let start = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let world = SimulatedWorld(
          simulation: server.simulation,
          port: try await server.boundPort,
          transport: transport
        )
        tasks.addTask {
          let request = world.request(of: "a", timeout: .seconds(60))
          await #expect(throws: ProviderError.self) { try await transport.send(request) }
        }
        _ = try? await transport.send(world.request(of: "a", timeout: .milliseconds(100)))
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }

  @Test func `a thousand numbers are asked at once and all answer`() async throws {
    let scenario = Scenario.standard(numbers: 1000)
    let answered = try await withSimulator(scenario) { world in
      await withTaskGroup(of: Bool.self) { group in
        for account in world.simulation.accounts {
          for place in account.numbers.indices {
            group.addTask {
              (try? await world.health(of: account.name, number: place).status) == 200
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
    }

    #expect(answered == 1000)
  }
}
