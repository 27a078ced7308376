import Health
import History
import Monitor

/// Tells one Alertmanager what lasts, again and again, and what is over.
actor LiveChannel {
  static let interval = Duration.seconds(60)
  /// So many alerts are sent at once.
  private static let mostAtOnce = 200

  let receiver: Receiver
  private let target: any AlertReceiver
  let channel: String
  private let fates: Fates
  private let time: any TimeSource
  private let backoff: Backoff
  private var lastTold: Moment?
  private var nextTry: Moment?
  private var failures = 0
  private var heldBack: Set<String> = []
  /// What was told, by its body: reading a thousand of them each second is much work.
  private var read: [String: Alert] = [:]
  private(set) var condition: ReceiverCondition

  init(
    _ receiver: Receiver,
    _ target: any AlertReceiver,
    place: String,
    fates: Fates,
    time: any TimeSource,
    random: @escaping @Sendable () -> Double
  ) {
    self.receiver = receiver
    self.target = target
    channel = Receiver.channel(of: receiver.name, at: place)
    self.fates = fates
    self.time = time
    backoff = Backoff(first: .seconds(1), longest: Self.interval, random: random)
    condition = ReceiverCondition(receiver: receiver.name, place: place)
  }

  func tell(_ board: AlertBoard, in store: AlertStore) async throws(HistoryError) {
    let plan = try await plan(board, in: store)
    condition.firing = plan.firing.count { $0.telling == nil }
    let lasting = Set(board.candidates(for: receiver.name).map(\.alert.id))
    condition.dropped += heldBack.subtracting(lasting).count
    heldBack = plan.heldBack
    guard isDue(plan) else { return }
    try await send(plan, to: store)
  }

  private func plan(
    _ board: AlertBoard,
    in store: AlertStore
  ) async throws(HistoryError) -> LivePlan {
    let told = try await store.records.told(to: channel)
    var plan = LivePlan(channel: channel, at: board.now.date)
    for trouble in told where board.tells(of: trouble.account) {
      guard let alert = alert(of: trouble) else { continue }
      plan.follow(trouble, alert, try await fates.fate(of: trouble, on: board, in: store))
    }
    if read.count > told.count {
      let bodies = Set(told.map(\.body))
      read = read.filter { bodies.contains($0.key) }
    }
    plan.begin(board.candidates(for: receiver.name), told: Set(told.map(\.key)))
    return plan
  }

  private func alert(of trouble: ToldTrouble) -> Alert? {
    if let known = read[trouble.body] { return known }
    let alert = Alert(body: trouble.body)
    read[trouble.body] = alert
    return alert
  }

  private func isDue(_ plan: LivePlan) -> Bool {
    let now = time.now
    if let nextTry, now < nextTry { return false }
    guard !plan.firing.isEmpty || !plan.resolved.isEmpty else { return false }
    return plan.isNews || failures > 0 || lastTold.map { now - $0 >= Self.interval } ?? true
  }

  private func send(_ plan: LivePlan, to store: AlertStore) async throws(HistoryError) {
    // Resolved ones first: a worse alert takes the place of the former.
    let all = plan.resolved + plan.firing
    var rest = all[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.mostAtOnce)
      rest = rest.dropFirst(Self.mostAtOnce)
      let reception = await target.receive(
        firing: part.map(\.alert).filter { $0.end == nil },
        resolved: part.map(\.alert).filter { $0.end != nil },
        at: time.now.date
      )
      try await note(reception, in: store.records)
      guard reception == .accepted else { return fail(reception) }
      let tellings = part.compactMap(\.telling)
      if !tellings.isEmpty { try await store.records.tell(tellings) }
    }
    (failures, nextTry, lastTold) = (0, nil, time.now)
  }

  private func note(
    _ reception: Reception,
    in store: any AlertRecords
  ) async throws(HistoryError) {
    let now = time.now.date
    if reception == .accepted || reception.failure != condition.failure {
      try await store.note(reception.failure, of: channel, at: now)
    }
    condition.failure = reception.failure
    if reception == .accepted { condition.lastSent = now }
  }

  /// Looks how another process tells it.
  func look(in store: any AlertRecords) async throws(HistoryError) {
    condition.adopt(try await store.delivery(to: channel))
    condition.firing = try await store.told(to: channel).count
  }

  private func fail(_ reception: Reception) {
    failures += 1
    let asked: Duration? = if case .failed(_, let delay) = reception { delay } else { nil }
    nextTry = time.now + backoff.delay(after: failures, asked: asked)
  }
}
