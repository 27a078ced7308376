package import Health
package import History
package import Monitor

/// Tells receivers what monitoring finds out, once for each cause and receiver, whichever process does it.
///
/// What was told is in the store, and what lasts is with the monitor: what differs is told. So nothing
/// is told twice after a restart, and what nobody could be told meanwhile is told later.
package actor Teller {
  package typealias Store = AlertRecords & HistoryQueries

  /// What it needs of the rest of the program.
  package struct Surroundings: Sendable {
    package let monitor: FleetMonitor
    package let inbox: AlertInbox
    /// Nil while nothing can be remembered for now.
    package let store: @Sendable () async -> (any Store)?
    /// Where it is noted what was told while it can't be written; nil where nothing outlives the process.
    package let reserve: (any NoteReserve)?
    /// The polled accounts of which it is for this process to tell; nil means all.
    package let polled: @Sendable (_ isBehind: Bool) -> Set<String>?
    /// What this process is known by.
    package let holder: String
    package let time: any TimeSource
    /// From 0 to 1, evenly.
    package let random: @Sendable () -> Double

    package init(
      monitor: FleetMonitor,
      inbox: AlertInbox,
      store: @escaping @Sendable () async -> (any Store)?,
      reserve: (any NoteReserve)? = nil,
      polled: @escaping @Sendable (_ isBehind: Bool) -> Set<String>?,
      holder: String,
      time: any TimeSource,
      random: @escaping @Sendable () -> Double
    ) {
      self.monitor = monitor
      self.inbox = inbox
      self.store = store
      self.reserve = reserve
      self.polled = polled
      self.holder = holder
      self.time = time
      self.random = random
    }
  }

  private static let interval = Duration.seconds(1)

  private let surroundings: Surroundings
  private let fates: Fates
  private var records: BufferedRecords?
  private var filters: [String: Filter] = [:]
  private var tellers: [NoticeTeller] = []
  private var channels: [LiveChannel] = []
  /// Counts how often the receivers were replaced.
  private var generation = 0
  /// The channels that are told something at the moment.
  private var busy: Set<String> = []
  /// What all channels look at within the same half second.
  private var latest: AlertBoard?
  private let replacements: AsyncStream<Void>
  private let replacement: AsyncStream<Void>.Continuation

  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    fates = Fates(surroundings.monitor)
    (replacements, replacement) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Tells these receivers from now on.
  package func use(_ receivers: [Receiver]) {
    generation += 1
    defer { replacement.yield() }
    latest = nil
    filters = Dictionary(receivers.map { ($0.name, $0.filter) }, uniquingKeysWith: { $1 })
    tellers = []
    channels = []
    let (time, random) = (surroundings.time, surroundings.random)
    for receiver in receivers {
      switch receiver.kind {
      case .notices(let target, let place):
        let outbox = Outbox(
          receiver,
          target,
          place: place,
          holder: surroundings.holder,
          time: time,
          random: random
        )
        tellers.append(NoticeTeller(outbox, fates))
      case .alerts(let targets):
        channels += targets.map { target, place in
          LiveChannel(receiver, target, place: place, fates: fates, time: time, random: random)
        }
      }
    }
  }

  /// How each receiver does, in the order of the configuration; an Alertmanager for each address.
  package var conditions: [ReceiverCondition] {
    get async {
      var conditions: [ReceiverCondition] = []
      for teller in tellers { conditions.append(await teller.outbox.condition) }
      for channel in channels { conditions.append(await channel.condition) }
      return conditions
    }
  }

  /// Whether something that was told is not in the store.
  package var isBehind: Bool { get async { await records?.isBehind ?? false } }

  /// Whether it is told what can be noted nowhere, so that a later run may tell it again.
  package var mayRepeat: Bool { get async { await records?.mayRepeat ?? false } }

  /// Tells until it is cancelled.
  ///
  /// A receiver that is slow holds up nobody else, not even when the receivers are replaced.
  package func run() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        guard hasReceivers else {
          for await _ in replacements { break }
          continue
        }
        let generation = generation
        group.addTask { await self.repeatedly(generation) { await self.fillOutboxes() } }
        for teller in tellers {
          group.addTask { await self.repeatedly(generation) { await self.deliver(teller.outbox) } }
        }
        for channel in channels {
          group.addTask { await self.repeatedly(generation) { await self.tell(channel) } }
        }
        // Until the receivers are others.
        await repeatedly(generation) {}
      }
    }
  }

  private var hasReceivers: Bool { !tellers.isEmpty || !channels.isEmpty }

  private func repeatedly(_ generation: Int, _ step: @Sendable () async -> Void) async {
    let time = surroundings.time
    while !Task.isCancelled, generation == self.generation {
      await step()
      try? await time.sleep(untilNext: Self.interval)
    }
  }

  /// Does once all that is due.
  package func step() async {
    await fillOutboxes()
    for channel in channels { await tell(channel) }
    for teller in tellers { await deliver(teller.outbox) }
  }

  // MARK: Steps

  /// Puts what is to be told into the outboxes.
  package func fillOutboxes() async {
    guard !tellers.isEmpty, let store = await store() else { return }
    guard await isTelling else {
      for teller in tellers { _ = try? await teller.outbox.look(in: store.records) }
      return
    }
    let board = await board()
    let (remarks, lost) = surroundings.inbox.takeRemarks()
    for teller in tellers {
      // What is not told now is told as it is the next time; the store's condition is shown elsewhere.
      try? await teller.tell(board, remarks, in: store)
      await teller.outbox.note(dropped: lost)
    }
  }

  private func tell(_ channel: LiveChannel) async {
    guard let store = await store() else { return }
    guard await isTelling else {
      try? await channel.look(in: store.records)
      return
    }
    await alone(channel.channel) { try? await channel.tell(await self.recentBoard(), in: store) }
  }

  private func deliver(_ outbox: Outbox) async {
    guard await isTelling, let store = await store() else { return }
    await alone(outbox.channel) {
      while !Task.isCancelled, (try? await outbox.deliver(from: store.records)) == true {}
    }
  }

  /// The receiver that was replaced may still be told something under the same name: both at once might
  /// tell the same.
  private func alone(_ channel: String, _ step: @Sendable () async -> Void) async {
    guard busy.insert(channel).inserted else { return }
    await step()
    busy.remove(channel)
  }

  /// Nil while nothing can be remembered for now.
  private func store() async -> AlertStore? {
    guard let store = await surroundings.store() else { return nil }
    let records =
      self.records
      ?? BufferedRecords(store, reserve: surroundings.reserve, time: surroundings.time)
    self.records = records
    await records.use(store)
    if await isTelling { await records.adoptLeft() }
    return AlertStore(records: records, incidents: store)
  }

  /// A process that only follows others tells nothing.
  private var isTelling: Bool { get async { await polled.map { !$0.isEmpty } ?? true } }

  private var polled: Set<String>? { get async { surroundings.polled(await isBehind) } }

  private func recentBoard() async -> AlertBoard {
    if let latest, surroundings.time.now - latest.now < Self.interval / 2 { return latest }
    return await board()
  }

  private func board() async -> AlertBoard {
    let contents = surroundings.inbox.contents
    let (filters, polled, now) = (filters, await polled, surroundings.time.now)
    let board = await surroundings.monitor.read { fleet, notes in
      AlertBoard(contents, in: fleet, notes, filters: filters, polled: polled, at: now)
    }
    latest = board
    return board
  }
}
