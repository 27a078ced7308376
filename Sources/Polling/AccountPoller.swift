import Health
import Logging

/// Polls one account: starts what is due, collects what arrives, publishes what it means.
///
/// One loop wakes up for an answer, for the next target that is due or for a demand, and handles all
/// that has come together. Fetching and decoding happen in child tasks, off the loop.
struct AccountPoller: Sendable {
  enum Event: Sendable {
    /// This process is to poll the account from now on.
    case claimed(PollStart)
    case discovered(Discovery, at: Moment, poll: Int)
    case answered(PollAnswer, of: PollTarget, requests: Int, at: Moment, poll: Int)
    /// Nil: all numbers.
    case demanded(Set<PhoneNumber.ID>?)
    /// The account is no longer configured, or otherwise.
    case ended
    case woke(Moment)
  }

  let provider: any HealthProvider
  let mode: AccountScheduler.Mode
  let policy: PollPolicy
  let batcher: UpdateBatcher
  let time: any TimeSource
  let random: RandomSource
  let logger: Logger
  /// Nil where nobody else could poll the account.
  var claims: (any PollClaims)?
  /// Tells pollers of one run apart.
  var id = 0
  /// Numbers of the account that are on the screen already.
  var inherited: Set<PhoneNumber.ID> = []
  let events = EventQueue<Event>()

  /// Returns when cancelled or ended, or when a sweep is done.
  @concurrent
  func run() async {
    let limiter = RateLimiter(perMinute: provider.account.requestsPerMinute, time: time)
    guard let claims else {
      _ = await poll(from: PollStart(), limiter)
      return
    }
    while let start = await start(by: claims) {
      guard await poll(from: start, limiter) == .claimIsLost else { return }
    }
  }

  private enum End {
    case over
    /// Another process polls the account.
    case claimIsLost
  }

  /// Waits until this process is to poll the account; nil once that is over.
  private func start(by claims: any PollClaims) async -> PollStart? {
    await withDiscardingTaskGroup { group in
      defer { group.cancelAll() }
      group.addTask {
        guard let start = await claims.claim(provider.account) else { return }
        events.push(.claimed(start))
      }
      while true {
        let events = await events.next()
        if events.isEmpty || events.contains(where: \.isEnd) { return nil }
        // What an earlier claim left behind is of no use.
        for case .claimed(let start) in events { return start }
      }
    }
  }

  private func poll(from start: PollStart, _ limiter: RateLimiter) async -> End {
    await withDiscardingTaskGroup { group in
      defer { group.cancelAll() }
      var loop = PollLoop(poller: self, limiter: limiter, from: start, at: time.now)
      guard await loop.startDue(in: &group) else { return .claimIsLost }
      await batcher.publish(loop.takeUpdate(), from: id)
      while !loop.isDone {
        let events = await events.next()
        if events.isEmpty { break }
        loop.handle(events)
        guard await loop.startDue(in: &group) else { return .claimIsLost }
        await batcher.publish(loop.takeUpdate(), from: id)
      }
      return .over
    }
  }
}

extension AccountPoller.Event {
  fileprivate var isEnd: Bool { if case .ended = self { true } else { false } }
}

extension AccountPoller {
  func noAnswer(within limit: Duration) -> PollAnswer {
    PollAnswer(failure: ProviderError(.timedOut, "No whole answer within \(limit.inWords)."))
  }

  func noDiscovery(within limit: Duration) -> Discovery {
    Discovery(
      targets: [],
      failures: [
        ProviderError(.timedOut, "The numbers could not be listed within \(limit.inWords).")
      ]
    )
  }
}

extension Duration {
  /// Such as `30 s` or `1.5 s`.
  var inWords: String {
    let seconds = inSeconds
    return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
  }
}
