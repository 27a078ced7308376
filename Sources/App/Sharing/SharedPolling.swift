import Health
import History
import Monitor
import Polling
import Synchronization

/// Polls each account in one process of all that share a state directory.
///
/// An account is polled by whoever holds its lease; the others show what that one remembers. An account
/// that another process polls with other settings is polled here as well, and so is everything while
/// nothing can be remembered.
actor SharedPolling {
  /// Polls what another process asked for: numbers, or nil for all of an account.
  typealias Demanded = @Sendable (_ account: String, _ numbers: Set<PhoneNumber.ID>?) async -> Void

  /// Nothing is polled for so long while the store is being opened.
  private static let patience = Duration.seconds(5)

  let recorder: HistoryRecorder
  let leases: AccountLeases
  private let follower: StoreFollower
  private let monitor: FleetMonitor
  private let time: any TimeSource
  private let started: Moment
  private let notes = AskedNotes()
  /// When the leases were last kept; nil before.
  private var kept: Moment?
  /// The accounts whose keys are known, each with its settings.
  private var settings: [String: String] = [:]
  /// The settings by which an account was asked last.
  private var askedWith: [String: String] = [:]
  /// The accounts that were polled here without being remembered.
  private var unrecorded: Set<String> = []
  private var demanded: Demanded?
  private var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
  private var waitersMade = 0
  /// What is polled here, and whether by a lease; outside of the actor, since each request asks for it.
  private nonisolated let polled = Mutex<[String: Right]>([:])

  private enum Right {
    case byLease
    /// Nobody else's poll counts for it.
    case alone
  }

  init(
    _ recording: HistoryRecording,
    of monitor: FleetMonitor,
    time: any TimeSource
  ) {
    recorder = recording.recorder
    leases = recording.leases
    follower = StoreFollower(of: monitor, time: time)
    self.monitor = monitor
    self.time = time
    started = time.now
  }

  /// Shares these accounts from now on, each with its settings.
  func share(_ settings: [String: String]) async {
    self.settings = settings
    await leases.want(settings)
    await keep()
  }

  /// Whoever polls what others ask for.
  func onDemand(_ demanded: @escaping Demanded) { self.demanded = demanded }

  // MARK: Once in a while

  /// Keeps the leases of what is to be polled here.
  func keep() async {
    if let store = recorder.store {
      do throws(HistoryError) {
        try await leases.keep(in: store, at: time.now)
        kept = time.now
        recorder.hold(leases.leases)
      } catch {
        // The recorder says by its condition what is wrong with the store.
      }
    }
    for waiter in waiters.values { waiter.yield() }
  }

  /// The accounts that are remembered from now on, though they were polled here before.
  func takeUnrecorded() async -> Set<String> {
    let taken = await leases.takeGained().intersection(unrecorded)
    unrecorded.subtract(taken)
    return taken
  }

  /// Shows what other processes found out.
  func follow() async {
    guard let store = recorder.store else { return }
    var followed: Set<String> = []
    for account in settings.keys where await isFollowed(account) { followed.insert(account) }
    try? await follower.follow(followed, in: store)
  }

  /// Polls what other processes ask for.
  func serveDemands() async {
    guard let store = recorder.store, let demanded else { return }
    for lease in leases.leases {
      guard let demands = try? await store.takeDemands(of: lease.account), !demands.isEmpty
      else { continue }
      let targets = demands.map(\.target)
      let numbers = targets.compactMap(\.self)
        .map { PhoneNumber.ID(account: lease.account, target: $0) }
      await demanded(lease.account, targets.contains(nil) ? nil : Set(numbers))
    }
  }

  /// Gives the leases back, so that another process goes on at once.
  func end() async {
    polled.withLock { $0 = [:] }
    if let store = recorder.store { try? await leases.release(in: store) }
  }

  // MARK: Who polls

  /// Which accounts other processes poll.
  var share: PollingShare {
    get async {
      guard !isWithoutStore else { return PollingShare() }
      var standings: [String: AccountLeases.Standing] = [:]
      for account in settings.keys { standings[account] = await leases.standing(of: account) }
      return PollingShare(standings, of: settings.count)
    }
  }

  private func isFollowed(_ account: String) async -> Bool {
    guard !isWithoutStore else { return false }
    if case .followed = await leases.standing(of: account) { return true }
    return false
  }

  /// Nothing can be remembered, so nobody can agree on anything.
  private var isWithoutStore: Bool {
    if let kept { return time.now - kept > AccountLeases.length }
    switch recorder.condition.state {
    case .waiting, .without: return true
    case .opening: return time.now - started > Self.patience
    case .remembering: return time.now - started > AccountLeases.length
    }
  }

  /// Asks whoever polls them for numbers that are polled elsewhere; nil is all.
  func demand(_ numbers: Set<PhoneNumber.ID>?) async {
    guard let store = recorder.store else { return }
    let author = ProcessIdentity.current.text
    for account in settings.keys.sorted() where await isFollowed(account) {
      let targets: [String?] =
        numbers.map { numbers in
          numbers.filter { $0.account == account }.map(\.target)
        } ?? [nil]
      for target in targets {
        let demand = Demand(account: account, target: target, author: author, date: time.now.date)
        try? await store.add(demand)
      }
    }
  }
}

extension SharedPolling: PollClaims {
  func claim(_ account: Account) async -> PollStart? {
    let (changes, source) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    waitersMade += 1
    let waiter = waitersMade
    waiters[waiter] = source
    defer { waiters[waiter] = nil }
    source.yield()
    for await _ in changes {
      if let right = await right(to: account.name) {
        polled.withLock { $0[account.name] = right }
        if right == .alone { unrecorded.insert(account.name) }
        return await start(account.name, right)
      }
    }
    return nil
  }

  /// By which right an account is polled here; nil where it isn't, or nobody knows yet.
  private func right(to account: String) async -> Right? {
    guard settings[account] != nil, !isWithoutStore else {
      // Another process may know more, but not of what this one does.
      await follower.skip(account)
      return .alone
    }
    guard let store = recorder.store, kept != nil else { return nil }
    try? await follower.restore(account, from: store)
    return switch await leases.standing(of: account) {
    case .held: .byLease
    case .apart: .alone
    case .followed, nil: nil
    }
  }

  private func start(_ account: String, _ right: Right) async -> PollStart {
    var start = PollStart()
    (start.numbers, start.condition) = await monitor.read { fleet in
      (
        Set(fleet.records.lazy.map(\.id).filter { $0.account == account }),
        fleet.condition(of: account)
      )
    }
    guard right == .byLease, let store = recorder.store else { return start }
    let former = askedWith.updateValue(settings[account] ?? "", forKey: account)
    // With another key, or after one that was refused, all is asked anew.
    guard former == nil || former == settings[account],
      start.condition?.failure?.kind != .credentialRejected,
      let asked = try? await store.asked(of: account)
    else { return start }
    let now = time.now
    for one in asked { start.asked[one.target] = Moment(remembered: one.date, now: now) }
    return start
  }

  func note(asking targets: [String], of account: String) async -> Bool {
    guard polled.withLock({ $0[account] }) != .alone else { return await isStillAlone(account) }
    if !leases.holds(account, at: time.now) { await keep() }
    guard let store = recorder.store, let lease = leases.lease(of: account),
      leases.holds(account, at: time.now)
    else { return await giveUp(account) }
    let date = time.now.date
    let asked = targets.map { Asked(account: account, target: $0, date: date) }
    // What can't be noted is asked all the same: the grid goes on without a store.
    let isHeld = (try? await notes.note(asked, under: lease, in: store)) ?? true
    if !isHeld { await leases.lose(account) }
    // The process may have been stopped meanwhile.
    return isHeld && leases.holds(account, at: time.now) ? true : await giveUp(account)
  }

  nonisolated func allowsRequest(of account: String) -> Bool {
    switch polled.withLock({ $0[account] }) {
    case .byLease: leases.holds(account, at: time.now)
    case .alone: true
    case nil: false
    }
  }

  /// Whether polling goes on: without a store it does.
  private func giveUp(_ account: String) async -> Bool {
    let isAlone = isWithoutStore
    polled.withLock { $0[account] = isAlone ? .alone : nil }
    return isAlone
  }

  /// Whether an account that was polled beside another process, or without a store, still is.
  private func isStillAlone(_ account: String) async -> Bool {
    guard settings[account] != nil, !isWithoutStore else { return true }
    switch await leases.standing(of: account) {
    case .apart, nil: return true
    case .held, .followed:
      // Polling begins anew, by the lease.
      polled.withLock { $0[account] = nil }
      return false
    }
  }
}
