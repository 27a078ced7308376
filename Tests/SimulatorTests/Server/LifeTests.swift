import Glibc
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Simulator

/// How the server begins and ends, and what many connections cost.
///
/// One after the other, since some take many descriptors.
@Suite(.serialized, .realTime) struct LifeTests {
  private func openDescriptors() -> Int {
    (0..<4096).count { fcntl(Int32($0), F_GETFD) >= 0 }
  }

  /// The server's own end of its connections, and its listener: other tests run at the same time.
  private func openDescriptors(onPort port: Int) -> Int {
    (0..<4096).count { descriptor in
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getsockname(Int32(descriptor), $0, &size)
        }
      }
      return result == 0 && address.sin_port == in_port_t(port).bigEndian
    }
  }

  /// Whether nothing on a port stays open.
  ///
  /// Once it is free, a test that runs beside this one may get the same port for a while.
  private func isFree(_ port: Int) -> Bool {
    for _ in 0..<600 {
      if openDescriptors(onPort: port) == 0 { return true }
      usleep(100_000)
    }
    return false
  }

  @Test func `a port in use is named with the system's reason`() async throws {
    try await withServer { world in
      let second = SimulatorServer(scenario: .one(), port: world.port)
      let error = await #expect(throws: SimulatorError.self) { try await second.run() }
      #expect(
        error?.description.contains("127.0.0.1:\(world.port) (Address already in use)") == true
      )
      await #expect(throws: SimulatorError.self) { try await second.boundPort }
    }
  }

  @Test func `a port can be used again at once`() async throws {
    var port = 0
    for _ in 0..<3 {
      let server = SimulatorServer(scenario: .one(), port: port)
      let run = RealTime.start { try await server.run() }
      port = try await server.boundPort
      let client = try RawClient(port: port)
      client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
      #expect(client.read().text.hasPrefix("HTTP/1.1 404"))
      run.cancel()
      try await run.value
      await #expect(throws: SimulatorError.self) { try await server.boundPort }
    }
  }

  /// In a process of its own: a group of services starts tasks that would wait behind all other tests.
  @Test func `it ends at once with idle, silent and dripping connections`() async throws {
    await #expect(processExitsWith: .success) {
      var scenario = Scenario.one(count: 3)
      scenario.events = [
        .init(on: .init(number: "1"), fault: .silence),
        .init(on: .init(number: "2"), fault: .drip(.seconds(1))),
        .init(on: .init(number: "3"), fault: .endlessHead),
      ]
      let server = SimulatorServer(scenario: scenario)
      let world = ServedWorld(simulation: server.simulation, port: 0)
      let group = ServiceGroup(
        services: [server],
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
      let run = Task { try await group.run() }
      let port = try await server.boundPort
      let clients = try (0..<64).map { place in
        let client = try RawClient(port: port)
        if place % 4 < 3 { client.send(world.request(of: "a", number: place % 4)) }
        return client
      }
      _ = clients[1].read(until: { !$0.isEmpty })
      let start = ContinuousClock.now
      await group.triggerGracefulShutdown()
      try await run.value
      // What is dripped and held back lasts for minutes.
      #expect(ContinuousClock.now - start < .seconds(20))
      #expect(clients[3].read().end != .open)
    }
  }

  @Test func `it can be cancelled at any moment while clients come`() async throws {
    let before = openDescriptors()
    for round in 0..<200 {
      let server = SimulatorServer(scenario: .one())
      let run = RealTime.start { try await server.run() }
      let port = try await server.boundPort
      let clients = try (0..<(round % 5)).map { _ in try RawClient(port: port) }
      for client in clients { client.send("GET / HTTP/1.1\r\n\r\n") }
      run.cancel()
      try await run.value
      #expect(isFree(port))
    }
    // Each round needs three beside the connections; the tests beside this one have some too.
    #expect(openDescriptors() < before + 150)
  }

  @Test func `one that is cancelled before it runs ends as well`() async throws {
    let server = SimulatorServer(scenario: .one())
    let run = RealTime.start {
      withUnsafeCurrentTask { $0?.cancel() }
      try await server.run()
    }
    try await run.value
  }

  @Test func `300 connections are served at once, and nothing of them stays`() async throws {
    var port = 0
    try await withServer { world in
      port = world.port
      let clients = try (0..<300).map { _ in try world.client() }
      for _ in 0..<3 {
        for client in clients { client.send(world.request()) }
        for client in clients { #expect(client.readAnswer().hasPrefix("HTTP/1.1 200")) }
      }
    }
    #expect(isFree(port))
  }

  @Test func `1,000 that hang in silence disturb nobody`() async throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let count = min(1000, Int(limit.rlim_cur) / 2 - 200)
    var scenario = Scenario.one(count: 2)
    scenario.events = [.init(on: .init(number: "1"), fault: .silence)]
    try await withServer(scenario) { world in
      let silent = try (0..<count).map { _ in
        let client = try world.client()
        client.send(world.request(of: "a"))
        return client
      }
      let client = try world.client()
      for _ in 0..<100 {
        client.send(world.request(of: "a", number: 1))
        #expect(client.readAnswer().hasPrefix("HTTP/1.1 200"))
      }
      #expect(silent.count == count)
    }
  }

  @Test func `more connections than there is room for wait until one ends`() async throws {
    var limits = ServerLimits()
    limits.connections = 2
    limits.acceptPause = .milliseconds(5)
    try await withServer(limits: limits) { world in
      var first: RawClient? = try world.client()
      let second = try world.client()
      let third = try world.client()
      for client in [first, second, third] { client?.send(world.request()) }
      #expect(first?.readAnswer().isEmpty == false)
      #expect(second.readAnswer().isEmpty == false)
      #expect(third.read(within: 30).text.isEmpty)
      first = nil
      #expect(third.readAnswer().hasPrefix("HTTP/1.1 200"))
    }
  }
}
