import Configuration
import Foundation
import Health
import Monitor
import Reports
import Synchronization
import TestSupport
import Testing

@testable import Service

/// What clients of the event stream are told.
@Suite(.realTime)
struct EventFeedTests {
  /// Keeps what monitoring said.
  private final class Told: ChangeConsumer {
    private let changes = Mutex<[Change]>([])
    func receive(_ changes: [Change]) { self.changes.withLock { $0 += changes } }
    var all: [Change] { changes.withLock(\.self) }
  }

  static func follow(
    _ running: RunningListener,
    after id: String? = nil,
    filter: String = ""
  ) throws -> Client {
    let client = try Client(running.address)
    let last = id.map { "Last-Event-ID: \($0)\r\n" } ?? ""
    client.send("GET /api/v1/events\(filter) HTTP/1.1\r\nHost: localhost\r\n\(last)\r\n")
    return client
  }

  /// The parts of a chunked body, put together as far as they came.
  static func text(of client: Client, until end: String) -> String {
    client.text(until: end)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
      .filter { UInt($0, radix: 16) == nil }
      .joined()
  }

  static func data(in text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
  }

  static func ids(in text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
  }

  /// The same numbers well and ill again and again, from a seed.
  private static func play(_ count: Int, on running: RunningListener, seed: UInt64) async {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<count {
      let readings = (0..<5).map { _ in
        Reading.sample(
          numbered: Int.random(in: 0..<40, using: &generator),
          at: SystemTime().now,
          isWorse: Bool.random(using: &generator)
        )
      }
      await running.monitor.receive(FleetUpdate(readings: readings))
    }
  }

  @Test func `every client is told what monitoring says, in order and once`() async throws {
    let told = Told()
    var setup = RunningListener.Setup()
    setup.consumers = [told]
    try await RunningListener.with(setup) { running in
      let clients = try (0..<5).map { _ in try Self.follow(running) }
      await waitUntil { running.feed.clientCount == 5 }
      await running.monitor.receive(.sample(numbers: 40))
      await Self.play(100, on: running, seed: 1)
      await running.monitor.noteReload("the end")
      let expected = told.all.map { String($0.json.dropLast()) }
      #expect(expected.count > 100)
      for client in clients {
        let text = Self.text(of: client, until: "the end")
        #expect(Self.data(in: text) == expected)
      }
    }
  }

  @Test func `who comes back is told what was missed`() async throws {
    let told = Told()
    var setup = RunningListener.Setup()
    setup.consumers = [told]
    try await RunningListener.with(setup) { running in
      var first: Client? = try Self.follow(running)
      await waitUntil { running.feed.clientCount == 1 }
      await running.monitor.receive(.sample(numbers: 40))
      await running.monitor.noteReload("first end")
      let before = Self.text(of: try #require(first), until: "first end")
      first = nil
      await Self.play(50, on: running, seed: 2)
      await running.monitor.noteReload("second end")
      await waitUntil { running.feed.hasDelivered(told.all.count) }
      let again = try Self.follow(running, after: Self.ids(in: before).last)
      let after = Self.text(of: again, until: "second end")
      #expect(
        Self.data(in: before) + Self.data(in: after) == told.all.map { String($0.json.dropLast()) }
      )
    }
  }

  @Test func `with a filter only numbers are told of that pass it, or did until then`()
    async throws
  {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 40))
      let client = try Self.follow(running, filter: "?filter=status:limited")
      await waitUntil { running.feed.clientCount == 1 }
      let worse = Reading.sample(numbered: 1, at: SystemTime().now, isWorse: true)
      await running.monitor.receive(FleetUpdate(readings: [worse]))
      await running.monitor.noteReload("not of a number")
      await waitUntil { running.feed.hasDelivered(2) }
      let better = Reading.sample(numbered: 1, at: SystemTime().now)
      await running.monitor.receive(FleetUpdate(readings: [better]))
      let text = Self.text(of: client, until: #""to": "AVAILABLE""#)
      let told = Self.data(in: text)
      #expect(told.count == 2, "\(told)")
      #expect(told.first?.contains(#""to": "LIMITED""#) == true)
      #expect(told.allSatisfy { $0.contains("10000001") })
      // What another filter would have let through is not known.
      let last = try #require(Self.ids(in: text).first)
      let again = try Self.follow(running, after: last, filter: "?filter=status:blocked")
      #expect(Self.text(of: again, until: "event: gap").contains("event: gap"))
      #expect(try running.ask("/api/v1/events?filter=colour:red").status == 400)
    }
  }

  @Test(arguments: ["other-5", "nonsense", "", "-", "1-2-3", "x-99999999999999999999"])
  func `who comes back from another run is told that something is missing`(
    id: String
  ) async throws {
    try await RunningListener.with { running in
      let client = try Self.follow(running, after: id)
      let text = Self.text(of: client, until: id.isEmpty ? "what changes" : "event: gap")
      #expect(text.contains("event: gap") == !id.isEmpty)
    }
  }

  @Test func `a client that never reads is cut off, and nobody else feels it`() async throws {
    var setup = RunningListener.Setup()
    setup.feedLimits.room = 256 * 1024
    try await RunningListener.with(setup) { running in
      let silent = try Self.follow(running)
      await waitUntil { running.feed.clientCount == 1 }
      // The system takes some megabytes for it before anything waits here.
      let long = String(repeating: "x", count: 50_000)
      while running.feed.clientCount > 0 {
        await running.monitor.noteReload(long)
        let answer = try running.ask("/healthz")
        #expect(answer.status == 200)
      }
      let reader = try Self.follow(running)
      await waitUntil { running.feed.clientCount == 1 }
      await running.monitor.noteReload("the end")
      #expect(Self.text(of: reader, until: "the end").contains("the end"))
      withExtendedLifetime(silent) {}
    }
  }

  @Test func `the last thing that such a client is told is why`() async throws {
    var limits = EventFeed.Limits()
    limits.room = 10_000
    let feed = EventFeed(time: ManualClock(), limits: limits)
    let monitor = FleetMonitor(time: ManualClock(), consumers: [feed])
    let stream = try #require(feed.subscribe(after: nil))
    for index in 0..<100 {
      await monitor.noteReload("number \(index)")
      await feed.deliver()
    }
    #expect(feed.clientCount == 0)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1000)
    while let count = buffer.withUnsafeMutableBytes({ stream.take(into: $0, orWait: { {} }) }) {
      bytes += buffer.prefix(count)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(bytes.count < 10_500)
    #expect(text.contains("number 0") && !text.contains("number 99"))
    #expect(text.hasSuffix("come back with Last-Event-ID\"}\n\n"))
  }

  @Test func `there are only so many clients, and those who leave make room`() async throws {
    var setup = RunningListener.Setup()
    setup.feedLimits.clients = 3
    setup.feedLimits.heartbeat = .milliseconds(50)
    try await RunningListener.with(setup) { running in
      var clients = try (0..<3).map { _ in try Self.follow(running) }
      await waitUntil { running.feed.clientCount == 3 }
      #expect(try running.ask("/api/v1/events").status == 503)
      clients.removeAll()
      await waitUntil { running.feed.clientCount == 0 }
      let client = try Self.follow(running)
      #expect(Self.text(of: client, until: ": still here").contains(": still here"))
    }
  }

  @Test func `a stream ends with the listener`() async throws {
    let client = try await RunningListener.with { running in
      let client = try Self.follow(running)
      await waitUntil { running.feed.clientCount == 1 }
      return Connected(client: client)
    }
    #expect(client.client.text().hasSuffix("0\r\n\r\n"))
  }

  /// Unchecked: it goes from one task to the next, and no two use it at once.
  private struct Connected: @unchecked Sendable { let client: Client }
}
