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
    over transport: CurlTransport
  ) async throws -> HTTPAnswer {
    try await transport.send(
      HTTPRequest(
        url: "http://127.0.0.1:\(server.port)/hook",
        headers: [HTTPHeader("Content-Type", "application/json")],
        body: body.map { Array($0.utf8) },
        timeout: .seconds(60)
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
}
