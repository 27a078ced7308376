package import Health

/// Gathers what the accounts have to say, so that readings of the same few milliseconds travel
/// together, and hands it to the observer in order.
///
/// Whoever fills a batch waits until it is taken: a slow observer slows the polling and nothing piles up.
package actor UpdateBatcher {
  private let observer: any FleetObserver
  private let time: any TimeSource
  private let window: Duration
  private let limit: Int
  private var pending = FleetUpdate()
  private var isDelivering = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  package init(observer: any FleetObserver, time: any TimeSource, window: Duration, limit: Int) {
    self.observer = observer
    self.time = time
    self.window = window
    self.limit = limit
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Delivers what has waited for the window, until the task is cancelled.
  package func run() async {
    for await _ in signals {
      guard (try? await time.sleep(until: time.now + window)) != nil else { return }
      await flush()
    }
  }

  package func publish(_ update: FleetUpdate) async {
    guard !update.isEmpty else { return }
    pending.append(update)
    if pending.readings.count >= limit {
      await flush()
    } else {
      signal.yield()
    }
  }

  /// Returns when all that was published before has been received.
  package func flush() async {
    while isDelivering { await withCheckedContinuation { waiting.append($0) } }
    guard !pending.isEmpty else { return }
    isDelivering = true
    let update = pending
    pending = FleetUpdate()
    await observer.receive(update)
    isDelivering = false
    let released = waiting
    waiting = []
    for continuation in released { continuation.resume() }
  }
}

extension FleetUpdate {
  var isEmpty: Bool {
    appeared.isEmpty && vanished.isEmpty && readings.isEmpty && entities.isEmpty
      && templates.isEmpty && accounts.isEmpty
  }

  /// Adds a later update.
  ///
  /// Vanished numbers of an update go before its appeared ones come, so what was said earlier of a
  /// number that vanishes now is dropped.
  mutating func append(_ later: FleetUpdate) {
    if !later.vanished.isEmpty {
      let gone = Set(later.vanished)
      appeared.removeAll { gone.contains($0.id) }
      readings.removeAll { gone.contains($0.number.id) }
      vanished += later.vanished
    }
    appeared += later.appeared
    readings += later.readings
    entities += later.entities
    templates += later.templates
    let changed = Set(later.accounts.map(\.account.name))
    accounts.removeAll { changed.contains($0.account.name) }
    accounts += later.accounts
  }
}
