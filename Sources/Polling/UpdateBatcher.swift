package import Health
import Synchronization

/// Gathers the updates of all accounts, so that readings of the same few milliseconds travel
/// together, and hands it to the observer in order.
///
/// The poller that fills a batch waits until it is delivered: a slow observer slows the polling, and nothing
/// piles up.
/// Updates of a poller that was stopped are dropped, however late they come.
///
/// A class with a lock, since every turn of every account publishes: an actor would be two changes of
/// the executor each time, and nothing is awaited between the steps but the observer.
package final class UpdateBatcher: Sendable {
  fileprivate struct State {
    var pending = PendingUpdates()
    var isDelivering = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var stopped: Set<Int> = []
    /// The numbers of each account that were published and not taken back.
    var numbers: [String: Set<PhoneNumber.ID>] = [:]
  }

  private let state = Mutex(State())
  private let observer: any FleetObserver
  private let time: any TimeSource
  private let window: Duration
  private let limit: Int
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
  ///   - poller: Who says it; nil is nobody who could be stopped.
  package func publish(_ update: FleetUpdate, from poller: Int? = nil) async {
    guard !update.isEmpty else { return }
    let (isFirst, isFull) = state.withLock { state in
      guard poller.map(state.stopped.contains) != true else { return (false, false) }
      let isFirst = state.pending.isEmpty
      state.note(update)
      state.pending.append(update, from: poller)
      return (isFirst, state.pending.readingCount >= limit)
    }
    if isFull {
      await flush()
    } else if isFirst {
      signal.yield()
    }
  }

  /// Takes nothing more from these pollers, and drops what waits of their accounts.
  ///
  /// - Returns: The numbers that they have brought, by account.
  package func stop(_ pollers: [Int: Account]) -> [String: Set<PhoneNumber.ID>] {
    state.withLock { state in
      state.stopped.formUnion(pollers.keys)
      state.pending.drop(of: pollers)
      let names = pollers.values.map { ($0.name, state.numbers[$0.name] ?? []) }
      return Dictionary(names, uniquingKeysWith: { $0.union($1) })
    }
  }

  /// Returns when all that was published before has been received.
  package func flush() async {
    while true {
      switch state.withLock({ $0.takeTurn() }) {
      case .nothing: return
      case .wait: await waitForEndOfDelivery()
      case .deliver(let update):
        await observer.receive(update)
        let released = state.withLock { $0.endDelivery() }
        for continuation in released { continuation.resume() }
        return
      }
    }
  }

  private func waitForEndOfDelivery() async {
    await withCheckedContinuation { continuation in
      let mustWait = state.withLock { state in
        if state.isDelivering { state.waiting.append(continuation) }
        return state.isDelivering
      }
      if !mustWait { continuation.resume() }
    }
  }

  fileprivate enum Turn {
    case nothing
    /// Somebody else delivers.
    case wait
    case deliver(FleetUpdate)
  }
}

extension UpdateBatcher.State {
  mutating func note(_ update: FleetUpdate) {
    for id in update.vanished { numbers[id.account]?.remove(id) }
    for number in update.appeared { numbers[number.account, default: []].insert(number.id) }
  }

  mutating func takeTurn() -> UpdateBatcher.Turn {
    if isDelivering { return .wait }
    if pending.isEmpty { return .nothing }
    isDelivering = true
    defer { pending = PendingUpdates() }
    return .deliver(pending.merged)
  }

  /// Those who waited for its end.
  mutating func endDelivery() -> [CheckedContinuation<Void, Never>] {
    isDelivering = false
    defer { waiting = [] }
    return waiting
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
    guard !later.accounts.isEmpty || later.accountOrder != nil else { return }
    let changed = Set(later.accounts.map(\.account.name))
    accounts.removeAll { changed.contains($0.account.name) }
    accounts += later.accounts
    accountOrder = later.accountOrder ?? accountOrder
  }
}
