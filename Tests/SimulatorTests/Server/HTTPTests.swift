import TestSupport
import Testing

@testable import Simulator

/// Requests that are right, in every way that they can be cut up, and requests that are wrong.
@Suite(.realTime) struct HTTPTests {
  @Test func `a connection stays open for the next request`() async throws {
    try await withServer { world in
      let client = try world.client()
      for place in 0..<3 {
        client.send(world.request(number: place))
        let answer = client.readAnswer()
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"))
        #expect(!answer.contains("Connection:"))
        let index = try #require(world.simulation.accountsByName["acme"])
        let id = world.simulation.numbers[world.simulation.accounts[index].numbers[place]].id
        #expect(answer.contains(id))
      }
    }
  }

  @Test func `requests sent together are answered in their order`() async throws {
    try await withServer { world in
      let client = try world.client()
      client.send((0..<8).map { world.request(number: $0) }.joined())
      let text = client.read { $0.ranges(of: "HTTP/1.1 200").count == 8 }.text
      let index = try #require(world.simulation.accountsByName["acme"])
      let ids = world.simulation.accounts[index].numbers.prefix(8)
        .map { world.simulation.numbers[$0].id }
      let places = try ids.map { try #require(text.firstRange(of: $0)).lowerBound }
      #expect(places == places.sorted())
    }
  }

  @Test func `an answer that waits holds back those behind it`() async throws {
    var scenario = Scenario.one(count: 2)
    scenario.events = [
      .init(on: .init(account: "a", number: "1"), fault: .latency(.milliseconds(50)), part: .health)
    ]
    try await withServer(scenario) { world in
      let client = try world.client()
      client.send(world.request(of: "a") + world.request(of: "a", number: 1))
      let text = client.read { $0.ranges(of: "HTTP/1.1 200").count == 2 }.text
      let first = try #require(text.firstRange(of: world.simulation.numbers[0].id))
      let second = try #require(text.firstRange(of: world.simulation.numbers[1].id))
      #expect(first.lowerBound < second.lowerBound)
    }
  }

  @Test func `a request that comes byte by byte is one request`() async throws {
    try await withServer { world in
      let client = try world.client()
      for byte in world.request() { client.send(String(byte)) }
      #expect(client.readAnswer().hasPrefix("HTTP/1.1 200"))
    }
  }

  @Test(arguments: [
    ("HTTP/1.1\r\nConnection: close", RawClient.End.closed), ("HTTP/1.0", .closed),
    ("HTTP/1.0\r\nConnection: keep-alive", .open), ("HTTP/1.1", .open),
  ])
  func `the connection ends where the client says so`(
    line: String,
    end: RawClient.End
  ) async throws {
    try await withServer { world in
      let client = try world.client()
      client.send("GET /nobody \(line)\r\n\r\n")
      let result = client.read(within: 200)
      #expect(result.text.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
      #expect(result.end == end)
    }
  }

  @Test(arguments: [
    ("POST /acme HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody", 405),
    ("HEAD /acme HTTP/1.1\r\n\r\n", 405),
    ("GET /acme HTTP/1.1\r\nno field\r\n\r\n", 400), ("hello\r\n\r\n", 400),
    ("GET / HTTP/2.0\r\n\r\n", 505), ("GET / SMTP/1.0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nContent-Length: 70000\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431),
    (String(repeating: "X", count: 20_000), 431),
    ("\u{16}\u{3}\u{1}", 400),
  ])
  func `what is no proper question gets a status that says why`(
    request: String,
    status: Int
  ) async throws {
    try await withServer { world in
      let client = try world.client()
      client.send(request)
      let result = client.read(within: 200)
      #expect(result.text.hasPrefix("HTTP/1.1 \(status) "))
      #expect((result.end == .closed) == (status != 405))
    }
  }

  @Test func `the body of a request is passed over`() async throws {
    try await withServer { world in
      let client = try world.client()
      client.send("POST /acme HTTP/1.1\r\nContent-Length: 9\r\n\r\nGET ")
      client.send("/ HTT" + world.request())
      let text = client.read { $0.contains("HTTP/1.1 200") }.text
      #expect(text.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\n"))
      #expect(text.contains("HTTP/1.1 200 OK"))
    }
  }

  @Test func `a request that does not end in time is dropped`() async throws {
    var limits = ServerLimits()
    limits.request = .milliseconds(50)
    try await withServer(limits: limits) { world in
      let idle = try world.client()
      let client = try world.client()
      client.send("GET /acme HTTP/1.1\r\n")
      #expect(client.read().end == .closed)
      #expect(idle.read(within: 0).end == .open)
    }
  }
}
