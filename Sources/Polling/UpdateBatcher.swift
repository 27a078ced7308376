package import Health

/// Gathers what the accounts have to say, so that readings of the same few milliseconds travel
/// together, and hands it to the observer in order.
///
/// Whoever fills a batch waits until it is taken: a slow observer slows the polling and nothing piles up.
/// A poller that has been retired is not listened to any longer, however late it speaks.
package actor UpdateBatcher {
  private let observer: any FleetObserver
  private let time: any TimeSource
  private let window: Duration
  private let limit: Int
  private var pending = FleetUpdate()
  private var isDelivering = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var retired: Set<Int> = []
  /// The numbers of each account that were published and not taken back.
  private var numbers: [String: Set<PhoneNumber.ID>] = [:]
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

  /// - Parameters:
  ///   - update: What there is to say.
  ///   - poller: Who says it; nil is nobody who could be retired.
  package func publish(_ update: FleetUpdate, from poller: Int? = nil) async {
    guard !update.isEmpty, poller.map(retired.contains) != true else { return }
    note(update)
    pending.append(update)
    if pending.readings.count >= limit {
      await flush()
    } else {
      signal.yield()
    }
  }

  /// Takes nothing more from these pollers; returns the numbers that they have brought, by account.
  package func retire(_ pollers: [Int: Account]) -> [String: Set<PhoneNumber.ID>] {
    retired.formUnion(pollers.keys)
    let names = pollers.values.map { ($0.name, numbers[$0.name] ?? []) }
    return Dictionary(names, uniquingKeysWith: { $0.union($1) })
  }

  private func note(_ update: FleetUpdate) {
    for id in update.vanished { numbers[id.account]?.remove(id) }
    for number in update.appeared { numbers[number.account, default: []].insert(number.id) }
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
      && templates.isEmpty && accounts.isEmpty && accountOrder == nil
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
    accountOrder = later.accountOrder ?? accountOrder
  }
}
