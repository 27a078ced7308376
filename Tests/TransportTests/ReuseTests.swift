import Health
import Providers
import Synchronization
import TestSupport
import Testing
import Transport

#if canImport(Glibc)
import Glibc
#endif

/// Connections that are kept, and what happens when a server thinks otherwise.
@Suite(.realTime) struct ReuseTests {
  private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

  private func request(
    _ port: Int,
    tls front: TLSFront? = nil,
    timeout: Duration = .seconds(10)
  ) -> HTTPRequest {
    HTTPRequest(
      url: front.map { "https://localhost:\($0.port)/x" } ?? "http://127.0.0.1:\(port)/x",
      headers: [],
      timeout: timeout,
      caFile: front?.certificateFile
    )
  }

  /// The kinds of the failures among so many requests at once.
  private func failures(
    of count: Int,
    _ request: HTTPRequest,
    _ transport: CurlTransport
  ) async -> [ProviderError] {
    await withTaskGroup(of: ProviderError?.self) { group in
      for _ in 0..<count {
        group.addTask {
          do throws(ProviderError) {
            _ = try await transport.send(request)
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { failures, error in
        if let error { failures.append(error) }
      }
    }
  }

  @Test func `requests one after another share a connection`() async throws {
    let server = try RawServer(answering: Array(Self.answer.utf8))
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    for _ in 0..<20 { _ = try await transport.send(request(server.port)) }

    #expect(server.connections == 1)
  }

  @Test func `a request is sent twice at most, however many idle connections a server closes`()
    async throws
  {
    let first = Atomic(0)
    let repeated = Atomic(0)
    let server = try RawServer { connection in
      guard connection.readHead() != nil else { return }
      // All at once, so that there is a connection for each.
      first.add(1, ordering: .relaxed)
      while first.load(ordering: .relaxed) < 6 { usleep(1000) }
      connection.write(Self.answer)
      if connection.readHead() != nil { repeated.add(1, ordering: .relaxed) }
    }
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    #expect(await failures(of: 6, request(server.port), transport).isEmpty)

    _ = try await transport.send(request(server.port))

    #expect(repeated.load(ordering: .relaxed) == 1)
  }

  @Test func `a connection that closes when it is used again is replaced by another`() async throws
  {
    let server = try RawServer { connection in
      guard connection.readHead() != nil else { return }
      connection.write(Self.answer)
      // The second request on a connection gets no answer.
      _ = connection.readHead()
    }
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    for _ in 0..<10 {
      #expect(try await transport.send(request(server.port)).status == 200)
    }

    #expect(server.connections == 10)
  }

  @Test func `one that is reset when it is used again is replaced, too`() async throws {
    let server = try RawServer { connection in
      guard connection.readHead() != nil else { return }
      connection.write(Self.answer)
      _ = connection.readHead()
      connection.reset()
    }
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    for _ in 0..<10 {
      #expect(try await transport.send(request(server.port)).status == 200)
    }
  }

  @Test func `a new connection that closes without an answer is not tried again`() async throws {
    let server = try RawServer { connection in _ = connection.readHead() }
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    let error = await #expect(throws: ProviderError.self) {
      try await transport.send(request(server.port))
    }

    #expect(error?.kind == .unreachable)
    #expect(server.connections == 1)
  }

  @Test func `a used connection that breaks off within an answer is not tried again`() async throws
  {
    let server = try RawServer { connection in
      guard connection.readHead() != nil else { return }
      connection.write(Self.answer)
      guard connection.readHead() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
    }
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    _ = try await transport.send(request(server.port))
    let error = await #expect(throws: ProviderError.self) {
      try await transport.send(request(server.port))
    }

    #expect(error?.kind == .unintelligible)
    #expect(server.connections == 1)
  }

  @Test(arguments: [false, true])
  func `a server that closes idle connections loses no request`(overTLS: Bool) async throws {
    let server = try RawServer { connection in
      // Closes when nothing has come for a while.
      var patience = timeval(tv_sec: 0, tv_usec: 300_000)
      let size = socklen_t(MemoryLayout.size(ofValue: patience))
      setsockopt(connection.descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
      while connection.readHead() != nil { connection.write(Self.answer) }
    }
    let front = overTLS ? try TLSFront(to: server.port, with: .valid) : nil
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      front?.stop()
      server.stop()
    }
    let request = request(server.port, tls: front)
    for pause in [310, 700, 295, 305] {
      #expect(await failures(of: 32, request, transport) == [])
      // Real time: the race is between two processes.
      try await Task.sleep(for: .milliseconds(pause))
    }
    #expect(await failures(of: 32, request, transport) == [])
  }

  @Test func `an answer too many is not taken for the next one's`() async throws {
    let server = try RawServer { connection in
      while connection.readHead() != nil {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright")
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong")
      }
    }
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      server.stop()
    }
    for _ in 0..<20 {
      let answer = try? await transport.send(request(server.port))
      if let answer { #expect(String(decoding: answer.body, as: UTF8.self) == "right") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test(arguments: [false, true])
  func `one that comes with the end of the right answer is not taken, either`(
    overTLS: Bool
  ) async throws {
    let server = try RawServer { connection in
      while connection.readHead() != nil {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        // Apart from its body, so that this and what follows are read in one go.
        usleep(20_000)
        connection.write("rightHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong")
      }
    }
    let front = overTLS ? try TLSFront(to: server.port, with: .valid) : nil
    let transport = CurlTransport(version: "0.0.0")
    defer {
      transport.shutdown()
      front?.stop()
      server.stop()
    }
    for usesHTTP2 in [false, true] {
      let request = HTTPRequest(
        url: front.map { "https://localhost:\($0.port)/x" } ?? "http://127.0.0.1:\(server.port)/x",
        headers: [],
        timeout: .seconds(10),
        caFile: front?.certificateFile,
        usesHTTP2: usesHTTP2
      )
      for _ in 0..<10 {
        let answer = try? await transport.send(request)
        if let answer { #expect(String(decoding: answer.body, as: UTF8.self) == "right") }
      }
    }
  }

  /// In a process of its own, since the processor time of all others would count.
  @Test func `the system's authorities are read once, not once a connection`() async throws {
    await #expect(processExitsWith: .success) {
      let server = try RawServer(answering: Array(ReuseTests.answer.utf8))
      let front = try TLSFront(to: server.port, with: .valid)
      let transport = CurlTransport(version: "0.0.0")
      defer {
        transport.shutdown()
        front.stop()
        server.stop()
      }
      let request = HTTPRequest(
        url: "https://localhost:\(front.port)/x",
        headers: [],
        timeout: .seconds(30)
      )
      let start = ReuseTests.processorTime
      let failures = await ReuseTests().failures(of: 64, request, transport)

      #expect(failures.count == 64)
      #expect(failures.allSatisfy { $0.message.contains("not trusted") })
      // All of them for each connection take about two seconds of processor time.
      #expect(ReuseTests.processorTime - start < .seconds(1))
    }
  }

  @Test func `after any fault and after the end no connection stays open`() async throws {
    let server = try RawServer { connection in
      while connection.readHead() != nil {
        switch connection.number % 6 {
        case 0: connection.write(Self.answer)
        case 1: return
        case 2: return connection.reset()
        case 3: return connection.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
        case 4: connection.write("nonsense\r\n\r\n")
        default: break  // Never answers; reads on until the other side closes.
        }
      }
    }
    defer { server.stop() }
    let transport = CurlTransport(version: "0.0.0")
    // How many requests get as far as a connection within their time depends on how busy the machine
    // is, so rounds go on until every fault was met often enough.
    for round in 0..<100 where round < 10 || server.connections <= 300 {
      _ = await failures(of: 100, request(server.port, timeout: .milliseconds(200)), transport)
    }
    #expect(server.connections > 300)
    #expect(server.open <= 300)
    transport.shutdown()
    for _ in 0..<500 where server.open > 0 { try await Task.sleep(for: .milliseconds(10)) }

    #expect(server.open == 0)
  }

  private static var processorTime: Duration {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func duration(_ time: timeval) -> Duration {
      .seconds(time.tv_sec) + .microseconds(Int(time.tv_usec))
    }
    return duration(usage.ru_utime) + duration(usage.ru_stime)
  }
}
