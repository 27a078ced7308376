import Foundation
import TestSupport
import Testing

/// Several processes with one state directory: each account is polled by one of them, whatever happens to
/// it.
@Suite(.serialized, .realTime, .timeLimit(.minutes(30)))
struct SharedPollingTests {
  private let folder: TemporaryFolder
  private var state: String { "\(folder.path)/state" }
  /// A poll comes a little before its interval is over, and one that came late on a busy machine is
  /// followed by one in time; who asks beside another asks much sooner.
  private static let earliness = 0.4

  init() throws { folder = try TemporaryFolder() }

  /// How often the poller is killed: a few times, and a hundred times when asked for.
  ///
  ///     WABATOP_KILLS=100 swift test --filter SharedPollingTests
  private static let kills =
    ProcessInfo.processInfo.environment["WABATOP_KILLS"].flatMap { Int($0) } ?? 4

  private func serve(
    _ configuration: String,
    _ arguments: [String] = ["serve"]
  ) throws
    -> ServeProcess
  {
    try ServeProcess(arguments, configuration: configuration, state: state)
  }

  @Test
  func `a poller that is killed again and again is replaced, nothing is asked twice or missing`()
    async throws
  {
    let isLong = Self.kills > 10
    let refresh = Duration.seconds(isLong ? 30 : 10)
    try await withSimulator(numbers: isLong ? 1000 : 200, refresh: refresh, in: folder) {
      log,
      configuration in
      var processes: [ServeProcess] = []
      for _ in 0..<3 { processes.append(try serve(configuration)) }
      // After its second turn each number keeps its place in the interval.
      try wait("all have their places") { log.isEachAsked(atLeast: 2, of: isLong ? 1000 : 200) }
      log.forgetEarlier()
      for kill in 0..<Self.kills {
        // Every other poller is killed while it begins, and the others once they have caught up.
        if kill.isMultiple(of: 2) {
          // The few that were under way are asked again an interval later.
          try wait("it has caught up", within: .seconds(120)) { log.overdue(by: refresh) < 20 }
        }
        usleep(.random(in: 0...2_000_000))
        let poller = try #require(try HistoryFile(in: state).poller)
        let victim = try #require(processes.first { $0.number == poller })
        victim.send(SIGKILL)
        _ = victim.end()
        processes.removeAll { $0.number == poller }
        try wait("another polls", within: .seconds(20)) {
          try HistoryFile(in: state).poller.map { $0 != poller } ?? false
        }
        #expect(try HistoryFile(in: state).isSound)
        processes.append(try serve(configuration))
      }
      usleep(UInt32(refresh / .microseconds(1)) * 3 / 2)
      let end = ContinuousClock.now
      let twice = log.gaps.filter { $0.gap < refresh * Self.earliness }
      #expect(twice.count == 0, "\(twice.count) of \(log.count), such as \(twice.prefix(5))")
      // Another takes over within an interval or 15 seconds, and the last requests of the one before
      // may be without an answer.
      let longest = refresh + max(refresh, .seconds(15)) + .seconds(5)
      let missing = log.gaps.filter { $0.gap > longest }
      #expect(missing.count == 0, "\(missing.count) of \(log.count), such as \(missing.prefix(5))")
      #expect(log.health.count == (isLong ? 1000 : 200))
      #expect(
        log.health.values.allSatisfy { end - $0[$0.count - 1] < longest }
      )
      for process in processes { process.send(SIGTERM) }
      for process in processes { #expect(process.end().status == 0) }
    }
  }

  @Test func `of several that start at the same moment one polls`() async throws {
    try await withSimulator(numbers: 50, refresh: .seconds(10), in: folder) { log, configuration in
      let processes = try (0..<4).map { _ in try serve(configuration) }
      try wait("all were polled") { log.health.count == 50 }
      usleep(3_000_000)
      // The first round is followed by places in the interval, of which the soonest is a tenth of it
      // away; who asks beside another asks at the same time.
      let twice = log.gaps.filter { $0.gap < .milliseconds(700) }
      #expect(twice.count == 0, "such as \(twice.prefix(3))")
      try wait("three follow") { processes.count { $0.output.contains("follows it") } == 3 }
      for process in processes { process.send(SIGTERM) }
      for process in processes { #expect(process.end().status == 0) }
    }
  }

  @Test func `an orderly end hands over at once, and the next one goes on with the turns`()
    async throws
  {
    let refresh = Duration.seconds(8)
    try await withSimulator(numbers: 50, refresh: refresh, in: folder) { log, configuration in
      let first = try serve(configuration)
      try wait("all were polled") { log.health.count == 50 }
      let second = try serve(configuration)
      try wait("it follows") { second.output.contains("follows it") }
      usleep(10_000_000)
      log.forget()
      first.send(SIGTERM)
      #expect(first.end().status == 0)
      try wait("the other polls", within: .seconds(10)) {
        try HistoryFile(in: state).poller == second.number
      }
      usleep(12_000_000)
      #expect(log.gaps.allSatisfy { $0.gap > refresh * Self.earliness })
      #expect(log.health.count == 50)
      second.send(SIGINT)
      #expect(second.end().status == 0)
    }
  }

  @Test func `a poller that was stopped asks nothing more when it comes back too late`()
    async throws
  {
    let refresh = Duration.seconds(10)
    try await withSimulator(numbers: 50, refresh: refresh, in: folder) { log, configuration in
      let first = try serve(configuration)
      try wait("all were polled") { log.health.count == 50 }
      let second = try serve(configuration)
      try wait("it follows") { second.output.contains("follows it") }
      usleep(12_000_000)
      first.send(SIGSTOP)
      log.forget()
      try wait("the other polls", within: .seconds(30)) {
        try HistoryFile(in: state).poller == second.number
      }
      try wait("all were polled") { log.health.count == 50 }
      first.send(SIGCONT)
      usleep(15_000_000)
      try wait("it says who polls") {
        first.output.contains("Process \(second.number) polls everything")
      }
      #expect(first.output.ranges(of: "polls everything").count == 1)
      #expect(try HistoryFile(in: state).poller == second.number)
      let twice = log.gaps.filter { $0.gap < refresh * Self.earliness }
      #expect(twice.count == 0, "\(twice.count), such as \(twice.prefix(3))")
      for process in [first, second] {
        process.send(SIGTERM)
        #expect(process.end().status == 0)
      }
    }
  }

  @Test func `a state directory that was copied from another machine holds up nobody for long`()
    async throws
  {
    try await withSimulator(numbers: 5, refresh: .seconds(10), in: folder) { log, configuration in
      let first = try serve(configuration)
      try wait("all were polled") { log.health.count == 5 }
      first.send(SIGKILL)
      _ = first.end()
      // As if this test's own process held it on another machine, just now.
      let now = Int(Date().timeIntervalSince1970 * 1000)
      try HistoryFile(in: state).change(
        """
        UPDATE lease SET holder = '\(getpid()) 1 0123456789abcdef', renewed = \(now),
          until = \(now + 15_000)
        """
      )
      log.forget()
      let second = try serve(configuration)
      try wait("it polls", within: .seconds(40)) {
        try HistoryFile(in: state).poller == second.number
      }
      try wait("all were polled") { log.health.count == 5 }
      second.send(SIGTERM)
      #expect(second.end().status == 0)
    }
  }

  @Test func `an account with other settings is polled by both, and that is said`() async throws {
    try await withSimulator(numbers: 5, refresh: .seconds(10), in: folder) { log, configuration in
      let first = try serve(configuration)
      try wait("all were polled") { log.health.count == 5 }
      let text = try folder.read("config.yaml")
      let other = try folder.write(
        "refresh: 30s\n" + text.replacing("refresh: 10s\n", with: ""),
        to: "other.yaml"
      )
      log.forget()
      let second = try serve(other)
      try wait("it is said") {
        second.output.contains(
          "acme: polled here as well, since process \(first.number) has other settings"
        )
      }
      try wait("it polls too") { log.health.values.contains { $0.count > 1 } }
      for process in [first, second] {
        process.send(SIGTERM)
        #expect(process.end().status == 0)
      }
      let secret = try #require(text.split(separator: "\n").first { $0.contains("api_key: \"") })
      let key = secret.split(separator: "\"")[1]
      let file = try Data(contentsOf: URL(filePath: "\(state)/wabatop/history.sqlite"))
      #expect(file.range(of: Data(key.utf8)) == nil)
    }
  }

  @Test func `a start shows at once what was known, asks it in its turn, and tells nothing again`()
    async throws
  {
    try await withSimulator(numbers: 5, refresh: .seconds(60), in: folder) { log, configuration in
      let first = try serve(configuration)
      try wait("all are remembered") {
        guard log.health.count == 5 else { return false }
        return try HistoryFile(in: state).changeCount == 5
      }
      first.send(SIGTERM)
      #expect(first.end().status == 0)
      log.forget()
      let second = try serve(configuration, ["--plain"])
      try wait("it is shown") { second.output.contains("5 available") }
      #expect(log.count < 5)
      second.type("quit")
      #expect(second.end().status == 0)
      #expect(try HistoryFile(in: state).changeCount == 5)
    }
  }

  @Test func `what is asked for where it is only followed reaches the poller`() async throws {
    try await withSimulator(numbers: 5, refresh: .seconds(300), in: folder) { log, configuration in
      let first = try serve(configuration)
      try wait("all were polled") { log.health.count == 5 }
      let second = try serve(configuration, ["--plain"])
      try wait("it follows") { second.output.contains("follows it") }
      log.forget()
      second.type("poll")
      try wait("all were polled again", within: .seconds(20)) { log.health.count == 5 }
      #expect(log.count == 5)
      second.type("quit")
      #expect(second.end().status == 0)
      first.send(SIGTERM)
      #expect(first.end().status == 0)
    }
  }

  @Test func `serve reloads on SIGHUP, ends soon, and says in a sentence what it can't do`()
    async throws
  {
    try await withSimulator(numbers: 5, refresh: .seconds(10), in: folder) { log, configuration in
      let serving = try serve(configuration)
      try wait("all were polled") { log.health.count == 5 }
      try wait("it says what it does") {
        serving.output.contains("wabatop serve: watches acme, and remembers in \(state)")
      }
      serving.send(SIGHUP)
      try wait("it was reloaded") { serving.output.contains("configuration reloaded") }
      let begin = ContinuousClock.now
      serving.send(SIGTERM)
      #expect(serving.end().status == 0)
      #expect(ContinuousClock.now - begin < .seconds(20))
      let refusing = try serve(configuration, ["serve", "--no-state"])
      #expect(refusing.end().status == 3)
      // What it wrote is read by another thread, which may come later than its end.
      try wait("it says why") { refusing.output.contains("can't run with --no-state") }
    }
  }
}
