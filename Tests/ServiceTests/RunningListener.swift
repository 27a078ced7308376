import Configuration
import Glibc
import Health
import History
import Monitor
import Screens
import TestSupport

@testable import Service

/// A listener with everything behind it, for as long as a test's body runs.
struct RunningListener {
  let address: ListenAddress
  let monitor: FleetMonitor
  let feed: EventFeed
  let polls: PollCounts

  struct Setup: Sendable {
    var address = ListenAddress.ipv4(host: "127.0.0.1", port: 0)
    var limits = ListenerLimits()
    var feedLimits = EventFeed.Limits()
    var token: AccessToken?
    var detail = MetricsDetail.number
    var masksNumbers = false
    var consumers: [any ChangeConsumer] = []
    var history: @Sendable () -> (any HistoryStore)? = { nil }
  }

  static func with<Result: Sendable>(
    _ setup: Setup = Setup(),
    _ body: @Sendable @escaping (Self) async throws -> Result
  ) async throws -> Result {
    let time = SystemTime()
    let feed = EventFeed(time: time, limits: setup.feedLimits)
    let monitor = FleetMonitor(time: time, consumers: setup.consumers + [feed])
    let polls = PollCounts(before: monitor)
    let pages = ServicePages(
      LiveState(of: monitor, time: time, history: setup.history),
      polls: polls,
      feed: feed,
      wall: WallPage.Settings(
        theme: "dark",
        find: { Theme.builtIn($0) },
        themeNames: { Theme.names },
        masksNumbers: setup.masksNumbers
      ),
      ServicePages.Settings(
        token: setup.token,
        detail: setup.detail,
        masksNumbers: setup.masksNumbers,
        version: "0.0.0"
      )
    )
    let listener = pages.listener(
      on: try ListeningSocket(setup.address),
      limits: setup.limits,
      executor: ThreadExecutor(threads: 2)
    )
    let running = Self(
      address: listener.address,
      monitor: monitor,
      feed: feed,
      polls: polls
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await listener.run() }
      group.addTask { try await feed.run() }
      let result = try await body(running)
      group.cancelAll()
      try await group.waitForAll()
      return result
    }
  }

  func ask(_ target: String, headers: [String] = []) throws -> Answer {
    try Answer.to(target, headers: headers, at: address)
  }
}

/// Waits until something is so, without a limit of its own.
func waitUntil(_ isSo: () async -> Bool) async {
  // Clients are sockets and counts of the library's thread, of which nobody tells.
  while await !isSo() { usleep(20_000) }
}
