import Glibc
import Health
import Providers
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// Requests with a body.
@Suite(.realTime) struct PostTests {
  private func post(_ body: String, to server: RawServer) async throws -> HTTPAnswer {
    let transport = CurlTransport(version: "1")
    defer { transport.shutdown() }
    return try await send(body, to: server, over: transport)
  }

  private func send(
    _ body: String?,
    to server: RawServer,
    over transport: CurlTransport,
    within timeout: Duration = .seconds(60)
  ) async throws -> HTTPAnswer {
    try await transport.send(
      HTTPRequest(
        url: "http://127.0.0.1:\(server.port)/hook",
        headers: [HTTPHeader("Content-Type", "application/json")],
        body: body.map { Array($0.utf8) },
        timeout: timeout
      )
    )
  }

  @Test func `a body arrives whole, and the next request on the connection is a GET again`()
    async throws
  {
    let got = Mutex<[String]>([])
    let server = try RawServer { connection in
      while let head = connection.readHead() {
        let body = connection.readBody(after: head)
        got.withLock { $0.append("\(head.prefix { $0 != " " }) \(body.utf8.count)") }
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      }
    }
    defer { server.stop() }
    let transport = CurlTransport(version: "1")
    defer { transport.shutdown() }
    let large = String(repeating: "a", count: 3_000_000)
    for body in ["{}", nil, large, "", nil] {
      #expect(try await send(body, to: server, over: transport).status == 200)
    }
    #expect(
      got.withLock(\.self) == ["POST 2", "GET 0", "POST 3000000", "POST 0", "GET 0"]
    )
  }

  @Test func `a redirect is an answer, and nothing is sent there`() async throws {
    let server = try RawServer { connection in
      while let head = connection.readHead() {
        _ = connection.readBody(after: head)
        connection.write(
          "HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        )
      }
    }
    defer { server.stop() }
    #expect(try await post("{}", to: server).status == 307)
    #expect(server.connections == 1)
  }

  /// A server that answers a POST with these bytes, and leaves the connection open.
  private func server(answering bytes: [UInt8], thenCloses: Bool = false) throws -> RawServer {
    try RawServer { connection in
      while let head = connection.readHead() {
        _ = connection.readBody(after: head)
        connection.write(bytes)
        if thenCloses { return connection.reset() }
      }
    }
  }

  @Test func `a large body after the head is not read`() async throws {
    let page = String(repeating: "a", count: 3_000_000)
    let text = "HTTP/1.1 200 OK\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)"
    let server = try server(answering: Array(text.utf8))
    defer { server.stop() }
    let answer = try await post("{}", to: server)
    #expect(answer.status == 200)
    #expect(answer.body.count < 100_000)
  }

  @Test(arguments: [
    "HTTP/1.1 204 No Content\r\nContent-Length: 90\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
    "HTTP/1.1 503 Busy\r\nRetry-After: 9\r\n\r\nslo",
  ])
  func `an answer counts by its head, though its body never ends or breaks off`(
    text: String
  ) async throws {
    for isReset in [false, true] {
      let server = try server(answering: Array(text.utf8), thenCloses: isReset)
      defer { server.stop() }
      let transport = CurlTransport(version: "1")
      defer { transport.shutdown() }
      let answer = try await send("{}", to: server, over: transport, within: .seconds(2))
      #expect(text.contains(" \(answer.status) "))
    }
  }

  @Test func `an answer whose body comes drop by drop is not waited for`() async throws {
    let server = try RawServer { connection in
      guard let head = connection.readHead() else { return }
      _ = connection.readBody(after: head)
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
      // Far longer than the answer takes, and shorter than what may be asked for.
      for _ in 0..<500 {
        connection.write("a")
        usleep(100_000)
      }
    }
    defer { server.stop() }
    let transport = CurlTransport(version: "1")
    defer { transport.shutdown() }
    let answer = try await send("{}", to: server, over: transport, within: .seconds(60))
    #expect(answer.status == 200)
    #expect(answer.latency < .seconds(30))
  }

  @Test func `half a head is no answer, nor is an interim one`() async throws {
    for text in ["HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 103 Early Hints\r\n\r\n"] {
      let server = try server(answering: Array(text.utf8))
      defer { server.stop() }
      let transport = CurlTransport(version: "1")
      defer { transport.shutdown() }
      await #expect(throws: ProviderError.self) {
        try await send("{}", to: server, over: transport, within: .seconds(1))
      }
    }
  }

  @Test func `what was answered counts, though waiting for the rest is cancelled`() async throws {
    // Nobody tells when the client has read the head, which takes longer on a busy machine.
    for patience in [Duration.milliseconds(50), .milliseconds(500), .seconds(5), .seconds(20)] {
      let (heads, written) = AsyncStream.makeStream(of: Void.self)
      let server = try RawServer { connection in
        guard let head = connection.readHead() else { return }
        _ = connection.readBody(after: head)
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        written.finish()
        _ = connection.readHead()
      }
      defer { server.stop() }
      let transport = CurlTransport(version: "1")
      defer { transport.shutdown() }
      let sending = Task { try await send("{}", to: server, over: transport) }
      for await _ in heads {}
      try await Task.sleep(for: patience)
      sending.cancel()
      guard let answer = try? await sending.value else { continue }
      #expect(answer.status == 200)
      return
    }
    Issue.record("what was answered never counted")
  }
}
