import Health
import History
import Monitor
import Synchronization

/// Polls each account in one process of all that share a state directory.
///
/// The process that holds an account's lease polls it; the others show what it remembers. An account
/// that another process polls with other settings is polled here as well, and so is everything while
/// nothing can be remembered.
actor SharedPolling {
  /// Polls what another process asked for: numbers, or nil for all of an account.
  typealias Demanded = @Sendable (_ account: String, _ numbers: Set<PhoneNumber.ID>?) async -> Void

  /// Nothing is polled for so long while the store is being opened.
  private static let patience = Duration.seconds(5)

  let recorder: HistoryRecorder
  let leases: AccountLeases
  let follower: StoreFollower
  let monitor: FleetMonitor
  let time: any TimeSource
  private let started: Moment
  let notes = AskedNotes()
  /// Outside of the actor, since it decides what is told.
  private nonisolated let keeping = Mutex(Keeping())
  /// The accounts whose keys are known, each with its settings.
  var settings: [String: String] = [:]
  /// The settings by which an account was asked last.
  var askedWith: [String: String] = [:]
  /// The accounts that were polled here without being remembered.
  var unrecorded: Set<String> = []
  private var demanded: Demanded?
  private var demandsWatch = StoreWatch()
  var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
  var waitersMade = 0
  /// What is polled here, and whether by a lease; outside of the actor, since each request asks for it.
  nonisolated let polled = Mutex<[String: Right]>([:])

  enum Right: Equatable {
    /// Others may have polled it before this tenure of the lease.
    case byLease(tenure: Int)
    /// Another process does as well, with other settings.
    case apart
    /// Nobody can agree on anything.
    case alone

    var isByLease: Bool { if case .byLease = self { true } else { false } }
  }

  private struct Keeping {
    /// When it was last tried to keep the leases; nil before.
    var tried: Moment?
    /// When that last worked.
    var kept: Moment?
    /// Whether it did not work the last time.
    var isLost = false
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

  /// Polls what others ask for in this way.
  func onDemand(_ demanded: @escaping Demanded) { self.demanded = demanded }

  // MARK: Once in a while

  /// Keeps the leases of what is to be polled here.
  func keep() async {
    let now = time.now
    keeping.withLock { $0.tried = now }
    let isKept = await keepLeases()
    keeping.withLock { keeping in
      keeping.isLost = !isKept
      if isKept { keeping.kept = time.now }
    }
    for waiter in waiters.values { waiter.yield() }
  }

  private func keepLeases() async -> Bool {
    guard let store = recorder.store else { return false }
    do throws(HistoryError) {
      try await leases.keep(in: store, at: time.now)
      recorder.hold(leases.leases)
      return true
    } catch {
      // The recorder says by its condition what is wrong with the store.
      return false
    }
  }

  /// The accounts that this process polls from now on, and those of them that it polled before without
  /// remembering them.
  func takeGained() async -> (all: Set<String>, unrecorded: Set<String>) {
    let gained = await leases.takeGained()
    let former = gained.intersection(unrecorded)
    unrecorded.subtract(former)
    return (gained, former)
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
    guard let store = recorder.store, let demanded, demandsWatch.hasNews(in: store) else { return }
    for lease in leases.leases {
      guard let demands = try? await store.takeDemands(of: lease.account) else {
        demandsWatch.forget()
        continue
      }
      guard !demands.isEmpty else { continue }
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

  /// When the leases were last kept; nil before.
  nonisolated var kept: Moment? { keeping.withLock(\.kept) }

  nonisolated func holds(_ account: String, tenure: Int, at now: Moment) -> Bool {
    leases.tenure(of: account, at: now) == tenure
  }

  /// What is polled here now, by which right.
  ///
  /// Nothing is, when the process was stopped and has not looked since then whose accounts they are.
  nonisolated var rights: [String: Right] {
    let now = time.now
    guard let tried = keeping.withLock(\.tried), now - tried < AccountLeases.length else {
      return [:]
    }
    var rights = polled.withLock(\.self)
    for case (let account, .byLease(let tenure)) in rights
    where !holds(account, tenure: tenure, at: now) {
      rights[account] = isWithoutStore ? .alone : nil
    }
    return rights
  }

  /// Which accounts other processes poll.
  var share: PollingShare {
    get async {
      guard !isWithoutStore else { return .alone }
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
  nonisolated var isWithoutStore: Bool {
    // This process may have been stopped, and have lost nothing but time.
    let (kept, isLost) = keeping.withLock { ($0.kept, $0.isLost) }
    if let kept { return isLost && time.now - kept > AccountLeases.length }
    switch recorder.condition.state {
    case .waiting, .without: return true
    case .opening: return time.now - started > Self.patience
    case .remembering: return time.now - started > AccountLeases.length
    }
  }

  /// Asks other processes for the numbers that they poll; nil is all.
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
