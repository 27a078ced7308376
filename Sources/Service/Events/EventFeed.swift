internal import DequeModule
import FoundationEssentials
package import Health
package import Monitor
import Reports
import ServiceLifecycle
import Synchronization

/// Tells many clients what changed, as server-sent events.
///
/// Monitoring only leaves its changes here. A task of low priority makes texts of them, if anybody listens,
/// and leaves these in each client's stream. A client without room for more is cut off, so that it is
/// noticed; nothing else waits for it.
package final class EventFeed: ChangeConsumer, Service {
  package struct Limits: Sendable {
    package var clients = 64
    /// Bytes that wait for a client.
    package var room = 1 << 20
    /// Changes that are kept for clients that come back.
    package var kept = 2_000
    package var heartbeat = Duration.seconds(15)

    package init() {}
  }

  private struct State {
    var kept: Deque<Change> = []
    /// The number of the last change that was told.
    var last = 0
    var clients: [ObjectIdentifier: EventClient] = [:]
    var choices = EventChoices()
  }

  private let limits: Limits
  private let time: any TimeSource
  /// Tells events of this run from those of others.
  private let run: String
  private let pending = Mutex<[Change]>([])
  private let state = Mutex(State())
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation

  package init(time: any TimeSource, limits: Limits = Limits()) {
    self.time = time
    self.limits = limits
    run = String(Int(saturating: time.now.date.timeIntervalSince1970 * 1000), radix: 36)
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  package func receive(_ changes: [Change]) {
    pending.withLock { pending in
      pending += changes
      // Of a flood, only the last ones can be told anyway.
      if pending.count > 2 * limits.kept { pending.removeFirst(pending.count - limits.kept) }
    }
    arrival.yield()
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.tell() }
        group.addTask { await self.beat() }
      }
    }
  }

  private func tell() async {
    for await _ in arrivals { await deliver() }
  }

  private func beat() async {
    while !Task.isCancelled {
      guard (try? await time.sleep(until: time.now + limits.heartbeat)) != nil else { return }
      send(ServerSentEvent.comment("still here"))
    }
  }

  /// Tells everything that has come until now.
  package func deliver() async {
    let changes = pending.withLock { pending in
      defer { pending = [] }
      return pending
    }
    guard !changes.isEmpty else { return }
    let passing = await passing(Set(changes.compactMap(\.event.number?.id)))
    state.withLock { state in
      state.choices.look(at: passing)
      if let first = changes.first, first.sequence > state.last + 1, state.last > 0 {
        state.kept = []
        send(gap(in: changes.first), to: &state)
      }
      for change in changes {
        let filters = state.choices.filters(passedBy: change)
        if !state.clients.isEmpty { send(change, passing: filters, to: &state) }
        state.kept.append(change)
        state.last = change.sequence
      }
      if state.kept.count > limits.kept { state.kept.removeFirst(state.kept.count - limits.kept) }
      if let oldest = state.kept.first { state.choices.forget(before: oldest.sequence) }
      state.choices.forget(at: time.now)
    }
  }

  /// For each filter, which of these numbers pass it now.
  private func passing(_ numbers: Set<PhoneNumber.ID>) async -> [String: EventChoice.Look] {
    var looks: [String: EventChoice.Look] = [:]
    for choice in state.withLock(\.choices.all) {
      looks[choice.filter.text] = await choice.look(for: numbers)
    }
    return looks
  }

  private func send(_ bytes: [UInt8]) { state.withLock { send(bytes, to: &$0) } }

  private func send(_ bytes: [UInt8], to state: inout State) {
    for id in state.clients.keys { send(bytes, to: id, &state) }
  }

  private func send(_ change: Change, passing filters: Set<String>, to state: inout State) {
    let bytes = event(of: change)
    for (id, client) in state.clients where client.filter.map(filters.contains) ?? true {
      send(bytes, to: id, &state)
    }
  }

  private func send(_ bytes: [UInt8], to id: ObjectIdentifier, _ state: inout State) {
    guard let stream = state.clients[id]?.stream, !stream.append(bytes) else { return }
    stream.end(after: ServerSentEvent.cutOff)
    remove(id, from: &state)
  }

  private func remove(_ id: ObjectIdentifier, from state: inout State) {
    guard let client = state.clients.removeValue(forKey: id) else { return }
    state.choices.leave(client.filter, at: time.now)
  }

  private func event(of change: Change) -> [UInt8] {
    ServerSentEvent(id: "\(run)-\(change.sequence)", name: "change", data: change.json).bytes
  }

  private func gap(in next: Change?) -> [UInt8] {
    var writer = JSONWriter(isOnOneLine: true)
    var clock = ReportClock()
    writer.object { writer in
      writer.member("text", "events are missing; /api/v1/history has what is remembered")
      writer.member("next_at", next.map { clock.timestamp($0.date) })
    }
    return ServerSentEvent(name: "gap", data: writer.finish()).bytes
  }
}

// Clients.
extension EventFeed {
  /// Begins to tell a client what changes.
  ///
  /// - Parameters:
  ///   - last: The id of the last event that it has, if it comes back.
  ///   - choice: Which numbers it wants to hear of; nil is everything.
  /// - Returns: Its stream; nil if there are too many clients.
  func subscribe(after last: String?, _ choice: EventChoice? = nil) -> ResponseStream? {
    state.withLock { state in
      guard state.clients.count < limits.clients else { return nil }
      let stream = ResponseStream(room: limits.room)
      let id = ObjectIdentifier(stream)
      stream.whenClosed { [weak self] in
        guard let self else { return }
        self.state.withLock { self.remove(id, from: &$0) }
      }
      var bytes = ServerSentEvent.start
      if let last { bytes += missed(after: last, choice?.filter.text, state) }
      guard stream.append(bytes) else { return nil }
      if let choice { state.choices.join(choice, after: state.last) }
      state.clients[id] = EventClient(stream: stream, filter: choice?.filter.text)
      return stream
    }
  }

  /// What a client missed; if it is not known completely, only that something is missing.
  ///
  /// What a filter would have let through is known only if a client used it then.
  private func missed(after last: String, _ filter: String?, _ state: State) -> [UInt8] {
    let parts = last.split(separator: "-")
    guard parts.count == 2, parts[0] == run, let sequence = Int(parts[1]), sequence <= state.last
    else { return gap(in: state.kept.first) }
    var missed = state.kept.filter { $0.sequence > sequence }
    guard missed.count == state.last - sequence else { return gap(in: state.kept.first) }
    if let filter, !missed.isEmpty {
      guard let told = state.choices.told(filter, after: sequence) else {
        return gap(in: state.kept.last)
      }
      missed.removeAll { !told.contains($0.sequence) }
    }
    let bytes = missed.flatMap { event(of: $0) }
    return bytes.count <= limits.room / 2 ? bytes : gap(in: state.kept.last)
  }

  package var clientCount: Int { state.withLock(\.clients.count) }

  /// Whether the change of that number in this run was told.
  func hasDelivered(_ sequence: Int) -> Bool { state.withLock { $0.last >= sequence } }
}
