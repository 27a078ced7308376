import Configuration
import Foundation
import Health
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import Service

/// What clients get, and what hostile ones don't.
@Suite(.realTime)
struct ListenerTests {
  @Test func `it answers, closes and ends`() async throws {
    let answer = try await RunningListener.with { try $0.ask("/healthz") }
    #expect(answer.status == 200)
    #expect(answer.body == "ok\n")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["cache-control"] == "no-store")
    #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
  }

  @Test func `a HEAD has the headers of a GET and no body`() async throws {
    try await RunningListener.with { running in
      for path in ["/healthz", "/metrics", "/wall", "/api/v1/events"] {
        let answer = try Answer.to(path, method: "HEAD", at: running.address)
        #expect(answer.status == 200, "\(path)")
        #expect(answer.body.isEmpty, "\(path)")
      }
    }
  }

  @Test func `several requests use one connection`() async throws {
    try await RunningListener.with { running in
      let client = try Client(running.address)
      for _ in 0..<3 {
        client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(client.text(until: "ok\n").contains("200 OK"))
      }
    }
  }

  @Test(arguments: [
    "/nothing", "//healthz", "/healthz/", "/../healthz", "/./healthz", "/%68ealthz", "/healthz%00",
    "/wall/../healthz", "/healthz;x", "/%2e%2e/etc/passwd", "/HEALTHZ", "/api/v1", "*", "healthz",
  ])
  func `what is no known path as it stands is none`(path: String) async throws {
    let answer = try await RunningListener.with { try $0.ask(path) }
    #expect(answer.status == 404 || answer.status == 400)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUIT"])
  func `other methods are refused`(method: String) async throws {
    let answer = try await RunningListener.with {
      try Answer.to("/healthz", method: method, at: $0.address)
    }
    #expect(answer.status == 405)
    #expect(answer.headers["allow"] == "GET, HEAD")
  }

  @Test func `a second line with a host is refused, whichever comes first`() async throws {
    try await RunningListener.with { running in
      for hosts in [["localhost", "evil.example"], ["evil.example", "localhost"]] {
        let client = try Client(running.address)
        let lines = hosts.map { "Host: \($0)\r\n" }.joined()
        client.send("GET /healthz HTTP/1.1\r\n\(lines)Connection: close\r\n\r\n")
        #expect(Answer(client.text()).status == 400, "\(hosts)")
      }
      let other = try Answer.to("http://evil.example/healthz", at: running.address)
      #expect(other.status == 400)
    }
  }

  @Test func `bodies are refused before they come`() async throws {
    try await RunningListener.with { running in
      for head in ["Content-Length: 1000000000", "Transfer-Encoding: chunked"] {
        let client = try Client(running.address)
        client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(head)\r\n\r\n")
        #expect(Answer(client.text()).status == 413, "\(head)")
      }
    }
  }

  @Test func `heads that are too large are refused`() async throws {
    try await RunningListener.with { running in
      let client = try Client(running.address)
      client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
      let line = "X-Filler: \(String(repeating: "x", count: 1000))\r\n"
      for _ in 0..<200 where !client.send(line) { break }
      let answer = Answer(client.text())
      #expect([0, 413, 414, 431].contains(answer.status))
      #expect(try running.ask("/healthz").status == 200)
    }
  }

  @Test(arguments: [
    "\r\n\r\n", "GET\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}",
  ])
  func `what is no HTTP is refused and nothing else happens`(bytes: String) async throws {
    try await RunningListener.with { running in
      let client = try Client(running.address)
      client.send(bytes)
      #expect(try running.ask("/healthz").status == 200)
    }
  }

  @Test func `a head that comes byte by byte is given up`() async throws {
    var setup = RunningListener.Setup()
    setup.limits.headTime = .seconds(1)
    try await RunningListener.with(setup) { running in
      let slow = try Client(running.address)
      let start = ContinuousClock.now
      // The pace of this client is what is tried.
      while slow.send("G") { usleep(100_000) }
      // It would have gone on for as long as it sends.
      #expect(ContinuousClock.now - start < .seconds(25))
      #expect(try running.ask("/healthz").status == 200)
    }
  }

  @Test func `a thousand idle connections keep nobody out`() async throws {
    try await RunningListener.with { running in
      var idle: [Client] = []
      for index in 0..<1000 {
        guard let client = try? Client(running.address) else { continue }
        if index.isMultiple(of: 2) { client.send("GET /healthz HTTP/1.1\r\nHo") }
        idle.append(client)
        guard index.isMultiple(of: 100) else { continue }
        let answer = try running.ask("/metrics")
        #expect(answer.status == 200)
      }
      #expect(idle.count > 500)
    }
  }

  @Test func `answers that nobody reads keep nobody out`() async throws {
    var setup = RunningListener.Setup()
    setup.limits.bytesInFlight = 8 << 20
    try await RunningListener.with(setup) { running in
      await running.monitor.receive(.sample(numbers: 2_000))
      var silent: [Client] = []
      for _ in 0..<40 {
        let client = try Client(running.address)
        client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        silent.append(client)
      }
      #expect(try running.ask("/healthz").status == 200)
      // Some of them wait with megabytes; more are not made for others before those are gone.
      let other = try running.ask("/api/v1/numbers?filter=number:nothing")
      #expect(other.status == 200 || other.status == 503)
      silent = []
      await waitUntil { (try? running.ask("/metrics").status) == 200 }
    }
  }

  /// Counts the requests for a path, and keeps their answers until it is opened.
  private final class Gate: Sendable {
    private let counts = Mutex((asked: 0, made: 0))
    private let (opening, source) = AsyncStream.makeStream(of: Void.self)

    var asked: Int { counts.withLock(\.asked) }
    var made: Int { counts.withLock(\.made) }

    func open() { source.finish() }

    func reply(to request: HTTPRequest) -> HTTPReply {
      guard request.path == "/slow" else { return .later { .text("fast") } }
      counts.withLock { $0.asked += 1 }
      return .later { [self] in
        counts.withLock { $0.made += 1 }
        for await _ in opening {}
        return .text("slow")
      }
    }
  }

  @Test func `clients that left cost no work, and other paths are answered meanwhile`()
    async throws
  {
    let gate = Gate()
    var limits = ListenerLimits()
    limits.answersAtOnce = 1
    limits.answersWaiting = 20
    let listener = Listener(
      on: try ListeningSocket(.ipv4(host: "127.0.0.1", port: 0)),
      limits: limits,
      time: SystemTime(),
      executor: ThreadExecutor(threads: 2),
      respond: { gate.reply(to: $0) }
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await listener.run() }
      let head = "GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      let first = try Client(listener.address)
      first.send(head)
      await waitUntil { gate.made == 1 }
      var leaving = try (0..<20).map { _ in try Client(listener.address) }
      for client in leaving { client.send(head) }
      await waitUntil { listener.waitingCount(of: "/slow") == 20 }
      #expect(try Answer.to("/slow", at: listener.address).status == 503)
      #expect(try Answer.to("/fast", at: listener.address).body == "fast\n")
      leaving = []
      // Who left makes room for who comes.
      async let late = Answer.to("/slow", at: listener.address)
      await waitUntil { listener.waitingCount(of: "/slow") == 1 }
      gate.open()
      #expect(Answer(first.text()).body == "slow\n")
      #expect(try await late.body == "slow\n")
      #expect(gate.made == 2)
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test func `after a flood of clients that left, others are answered`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 2_000))
      for round in 0..<400 {
        guard let client = try? Client(running.address) else { continue }
        let path = round.isMultiple(of: 2) ? "/wall?size=\(40 + round % 300)x40" : "/metrics"
        client.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
      }
      // A few of the flood's requests may still stand in its way, which it is told.
      await waitUntil { (try? running.ask("/metrics").status) == 200 }
      await waitUntil { (try? running.ask("/wall").status) == 200 }
    }
  }

  @Test func `with a token, nothing is told without it`() async throws {
    var setup = RunningListener.Setup()
    setup.token = AccessToken("demo-token-0123456789")
    try await RunningListener.with(setup) { running in
      for path in ["/", "/metrics", "/wall", "/api/v1/numbers", "/api/v1/events", "/nothing"] {
        let answer = try running.ask(path)
        #expect(answer.status == 401, "\(path)")
        let wrong = try running.ask(path, headers: ["Authorization: Bearer demo-token-9876543210"])
        #expect(wrong.status == 401 && wrong.body == answer.body, "\(path)")
      }
      let token = "Authorization: Bearer demo-token-0123456789"
      #expect(try running.ask("/metrics", headers: [token]).status == 200)
      #expect(try running.ask("/healthz").status == 200)
    }
  }

  @Test func `it listens at IPv6 and in the file system`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/wabatop.sock"
    for address in [ListenAddress.ipv6(host: "::1", port: 0), .unix(path: path)] {
      var setup = RunningListener.Setup()
      setup.address = address
      let answer = try await RunningListener.with(setup) { try $0.ask("/healthz") }
      #expect(answer.status == 200, "\(address)")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `an address in use is said in a sentence, and a dead program's socket is taken over`()
    throws
  {
    let first = try ListeningSocket(.ipv4(host: "127.0.0.1", port: 0))
    let error = try #require(throws: ListenError.self) { try ListeningSocket(first.address) }
    #expect(
      error.text
        == "\(first.address): another program listens there; choose another address with --listen"
    )
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/s"
    let dead = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(dead, $0, size) }
    }
    close(dead)
    let socket = try ListeningSocket(.unix(path: path))
    #expect(throws: ListenError.self) { try ListeningSocket(.unix(path: path)) }
    withExtendedLifetime(socket) {}
  }

  @Test func `a file that is no socket stays`() throws {
    let folder = try TemporaryFolder()
    let file = URL(filePath: "\(folder.path)/notes.txt")
    try "notes".write(to: file, atomically: true, encoding: .utf8)
    #expect(throws: ListenError.self) { try ListeningSocket(.unix(path: file.path)) }
    #expect(try String(contentsOf: file, encoding: .utf8) == "notes")
  }
}
