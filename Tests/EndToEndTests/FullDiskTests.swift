import Foundation
import Synchronization
import TestSupport
import Testing

/// Processes whose state directory is on a disk that is full.
@Suite(.serialized, .realTime, .enabled(if: SmallDisk.isPossible), .timeLimit(.minutes(10)))
struct FullDiskTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The notices of a webhook, each with the incident that it is of.
  private final class Hook: Sendable {
    struct Notice: Decodable, Hashable {
      struct Alert: Decodable, Hashable { let id: String }

      let id: String
      let event: String
      let alert: Alert
    }

    private let told = Mutex<[Notice]>([])

    func server() throws -> RawServer {
      try RawServer { [self] connection in
        while let head = connection.readHead() {
          let body = Data(connection.readBody(after: head).utf8)
          if let notice = try? JSONDecoder().decode(Notice.self, from: body) {
            told.withLock { $0.append(notice) }
          }
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
      }
    }

    /// The same notice may arrive twice, if nobody heard the answer.
    var all: Set<Notice> { Set(told.withLock(\.self)) }
    var events: [String] { all.map(\.event).sorted() }
  }

  /// Takes what others give back, until it is cancelled.
  private func filling(_ disk: SmallDisk) -> Task<Void, Never> {
    disk.fill()
    return Task.detached {
      while !Task.isCancelled {
        disk.fill()
        try? await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  @Test func `what is told on a full disk is told once and ended, though its processes are killed`()
    async throws
  {
    let disk = try SmallDisk(mebibytes: 6)
    let hook = Hook()
    let server = try hook.server()
    defer { server.stop() }
    try await withSwitchedSimulator(in: folder) { fault, configuration in
      let text = try String(contentsOfFile: configuration, encoding: .utf8)
      let alerts = """

        alerts:
          - { name: hook, webhook: { url: "http://127.0.0.1:\(server.port)/" } }

        """
      try (text + alerts).write(toFile: configuration, atomically: false, encoding: .utf8)
      func serve() throws -> ServeProcess {
        try ServeProcess(configuration: configuration, state: disk.path)
      }
      let first = try serve()
      try wait("it polls and can tell") {
        FileManager.default.fileExists(atPath: "\(disk.path)/wabatop/history-reserve-1")
          && (try? HistoryFile(in: disk.path).poller) == first.number
      }
      let second = try serve()
      try wait("the other follows") { second.output.contains("follows it") }
      let filling = filling(disk)
      fault.begin()
      try wait("it is told") { hook.events == ["incident_started"] }
      try wait("it says that nothing is remembered", within: .seconds(90)) {
        first.output.contains("Nothing is remembered for now")
      }
      // The lease is over by then, and each polls by itself.
      try wait("the other says that it polls too", within: .seconds(90)) {
        second.output.contains("this one polls by itself")
      }
      // A second notice would come within a few polls.
      usleep(10_000_000)
      #expect(hook.events == ["incident_started"])

      for process in [first, second] {
        process.send(SIGKILL)
        _ = process.end()
        // Who is left has the time to find it anew, and to tell it.
        usleep(5_000_000)
        #expect(hook.events == ["incident_started"])
      }
      let third = try serve()
      // It begins, polls, and waits for a poll cycle before it would announce.
      usleep(15_000_000)
      #expect(hook.events == ["incident_started"])
      filling.cancel()
      await filling.value
      disk.makeRoom()
      try wait("it is remembered again", within: .seconds(60)) {
        third.output.contains("Changes are remembered again")
      }
      fault.end()
      try wait("its end is told", within: .seconds(180)) {
        hook.events == ["incident_resolved", "incident_started"]
      }
      #expect(Set(hook.all.map(\.alert)).count == 1)
      third.send(SIGTERM)
      #expect(third.end().status == 0)
    }
  }
}
