import Foundation
import TestSupport
import Testing

/// `wabatop serve` as a service of systemd.
@Suite(.serialized, .realTime, .timeLimit(.minutes(5)))
struct SystemdTests {
  private let folder: TemporaryFolder
  private let manager: DatagramSocket
  private let messages = Messages()

  private final class Messages {
    var all: [String] = []
  }

  init() throws {
    folder = try TemporaryFolder()
    manager = try DatagramSocket("\(folder.path)/notify")
  }

  private func serve(_ configuration: String) throws -> ServeProcess {
    try ServeProcess(
      configuration: configuration,
      state: "\(folder.path)/state",
      variables: [
        "NOTIFY_SOCKET": "\(folder.path)/notify", "WATCHDOG_USEC": "400000",
        "CREDENTIALS_DIRECTORY": folder.path,
      ]
    )
  }

  /// The messages until one that has such a line, which is the last of them.
  private func awaitLine(_ line: String) throws -> [String] {
    let start = messages.all.count
    try wait("\(line) is told") {
      while let message = manager.receive() {
        messages.all.append(message)
        if message.split(separator: "\n").contains(where: { $0.hasPrefix(line) }) { return true }
      }
      return false
    }
    return Array(messages.all[start...])
  }

  @Test func `start, reload, life and end are told in order`() async throws {
    try await withSimulator(numbers: 20, refresh: .seconds(2), in: folder) { log, configuration in
      let process = try serve(configuration)
      let start = try awaitLine("READY=1")
      #expect(!start.contains { $0.hasPrefix("RELOADING") || $0.hasPrefix("STOPPING") })
      _ = try awaitLine("WATCHDOG=1")
      _ = try awaitLine("STATUS=20 numbers: ")
      process.send(SIGHUP)
      _ = try awaitLine("RELOADING=1")
      _ = try awaitLine("READY=1")
      _ = try awaitLine("WATCHDOG=1")
      process.send(SIGTERM)
      _ = try awaitLine("STOPPING=1")
      let end = process.end()
      #expect(end.reason == .exit && end.status == 0)
      #expect(log.count > 0)
    }
  }

  @Test func `a reload with a mistake is over too, and the old configuration goes on`()
    async throws
  {
    try await withSimulator(numbers: 5, refresh: .seconds(1), in: folder) { log, configuration in
      let process = try serve(configuration)
      _ = try awaitLine("READY=1")
      let good = try String(contentsOfFile: configuration, encoding: .utf8)
      try folder.write(good + "\nrefersh: 1s\n", to: "config.yaml")
      process.send(SIGHUP)
      _ = try awaitLine("RELOADING=1")
      _ = try awaitLine("READY=1")
      try wait("the mistake is said") { process.output.contains("refersh") }
      log.forget()
      try wait("it polls on") { log.count > 0 }
      process.send(SIGTERM)
      #expect(process.end().status == 0)
    }
  }

  @Test func `it ends in time though no provider answers`() async throws {
    // Accepts connections, and never says a word.
    let port = try SilentServer()
    let configuration = try folder.write(
      """
      accounts:
        - name: silent
          provider: graph
          base_url: http://127.0.0.1:\(port.number)
          header: { name: Authorization, value_credential: token }
          numbers: [ "106540352242922" ]
      """,
      to: "config.yaml"
    )
    try folder.write("demo-token-000", to: "token", permissions: 0o400)
    let process = try serve(configuration)
    _ = try awaitLine("READY=1")
    try wait("it asks") { port.hasCaller }
    process.send(SIGTERM)
    _ = try awaitLine("STOPPING=1")
    let start = ContinuousClock.now
    #expect(process.end().status == 0)
    // Two seconds are promised; a busy machine gets some more.
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(!process.output.contains("demo-token"))
  }
}

/// A server that accepts connections and does not answer.
private final class SilentServer {
  private let descriptor: Int32
  private(set) var number: UInt16 = 0

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(isListening)
    number = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  /// Whether a connection waits to be accepted, which the kernel has answered.
  var hasCaller: Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }
}
