import Health
import Providers
import TestSupport
import Testing

@testable import Transport

/// Requests for which no connection is free.
@Suite(.realTime) struct WaitingTests {
  /// Two to one server, four in all.
  private static let limits = ConnectionLimits(descriptors: 0)

  private let transport = CurlTransport(version: "0.0.0", limits: Self.limits)

  private func error(asking server: RawServer, within timeout: Duration) async -> ProviderError? {
    let url = "http://127.0.0.1:\(server.port)/health"
    do throws(ProviderError) {
      _ = try await transport.send(HTTPRequest(url: url, headers: [], timeout: timeout))
      return nil
    } catch {
      return error
    }
  }

  /// Runs the body while a server that never answers has as many requests as it may have.
  private func whileBusy(_ body: (RawServer) async throws -> Void) async throws {
    let server = try RawServer { connection in
      while connection.readHead() != nil {}
    }
    defer { server.stop() }
    try await withThrowingTaskGroup(of: ProviderError?.self) { group in
      for _ in 0..<Self.limits.mostPerServer {
        group.addTask { await error(asking: server, within: .seconds(60)) }
      }
      while server.connections < Self.limits.mostPerServer { await Task.yield() }
      try await body(server)
      transport.shutdown()
      for try await error in group { #expect(error?.message == "wabatop is shutting down.") }
    }
  }

  @Test func `a request that waits for a connection until its deadline says what to do`()
    async throws
  {
    try await whileBusy { server in
      let start = ContinuousClock.now
      let error = await error(asking: server, within: .milliseconds(20))

      #expect(error?.kind == .timedOut)
      #expect(error?.message.contains("all connections were in use") == true)
      #expect(error?.message.contains("Lower concurrency") == true)
      #expect(server.connections == Self.limits.mostPerServer)
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }

  @Test func `others are asked meanwhile, and one that is cancelled waits no longer`()
    async throws
  {
    let empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    let other = try RawServer(answering: Array(empty.utf8))
    defer { other.stop() }
    try await whileBusy { server in
      #expect(await error(asking: other, within: .seconds(10)) == nil)
      let waiting = RealTime.start { await error(asking: server, within: .seconds(60)) }
      await Task.yield()
      waiting.cancel()
      let refusal = try await waiting.value
      #expect(refusal?.message.contains("cancelled") == true)
    }
  }
}
