import Foundation
import Health
import History
import HistorySQLite
import Logging
import Synchronization
import TestSupport

@testable import App
@testable import History
@testable import Monitor
@testable import Polling

/// A process that shares a file with others, played a step at a time; what it polls is asked of a world.
final class SharedProcess {
  let name: String
  let monitor: FleetMonitor
  let started: Moment
  /// It does nothing until then, as after SIGSTOP.
  var stoppedUntil: Moment?
  /// The accounts for which it has other settings than others.
  var apart: [String] { settings.filter { $0.value != "s" }.keys.sorted() }
  private let world: SharedWorld
  private let clock: ManualClock
  private let recorder: HistoryRecorder
  private let recorded: RecordedMonitor
  private let sharing: SharedPolling
  private let service: HistoryService
  private var settings: [String: String] = [:]
  /// How polling goes of each account that is polled here.
  private var conditions: [String: AccountCondition] = [:]
  private var next: [String: Moment] = [:]
  private var hasResumed = false

  /// It asks whether the processes of other names are there.
  init(
    _ name: String,
    in directory: String,
    of world: SharedWorld,
    _ clock: ManualClock,
    confirming rules: ConfirmationRules,
    isAlive: @escaping @Sendable (String) -> Bool
  ) async {
    self.name = name
    self.world = world
    self.clock = clock
    started = clock.now
    let leases = AccountLeases(holder: name) { isAlive($0) ? .running : .gone }
    recorder = HistoryRecorder(time: clock) { _ async throws(HistoryError) in
      let opened = try await SQLiteHistory.open(directory: directory, at: clock.now.date)
      try await leases.takeAll(in: opened.store, at: clock.now)
      _ = await leases.takeGained()
      return OpenedHistory(opened.store, leases: leases.leases)
    }
    monitor = FleetMonitor(time: clock, confirming: rules, consumers: [recorder])
    recorded = RecordedMonitor(monitor, recorder, time: clock)
    let recording = HistoryRecording(recorder: recorder, leases: leases)
    sharing = SharedPolling(recording, of: monitor, time: clock)
    monitor.tell(onlyOf: sharing.allowsRequest)
    service = HistoryService(
      sharing,
      of: monitor,
      start: StartSignal(),
      time: clock,
      logger: Logger(label: "shared", factory: { _ in SwiftLogNoOpLogHandler() }),
      display: HistoryService.Display(tell: { _, _ in }, show: { _, _ in })
    )
    await recorder.step()
    for account in world.accounts { settings[account.name] = "s" }
    await configure(Set(settings.keys))
  }

  // MARK: What may happen to it

  /// Ends in order.
  func end() async {
    await recorder.step()
    await sharing.end()
  }

  /// The same accounts, of which these are otherwise than before.
  func reload(_ changed: Set<String>) async { await configure(changed) }

  /// Other settings for an account, or those of all.
  func set(_ account: String, apart: Bool) async {
    settings[account] = apart ? name : "s"
    await configure([account])
  }

  private func configure(_ changed: Set<String>) async {
    await sharing.share(settings)
    for account in changed { (conditions[account], next[account]) = (nil, nil) }
    await service.receive(
      FleetUpdate(
        accounts: world.accounts.filter { changed.contains($0.name) }.map(
          AccountCondition.init(of:)
        ),
        accountOrder: world.accounts.map(\.name)
      )
    )
  }

  // MARK: A step

  func step() async {
    if let stoppedUntil, clock.now < stoppedUntil { return }
    // The loops go on in any order; the one that finds what is old may be the first.
    await monitor.advance(to: clock.now)
    await look()
    for account in world.accounts { await pollIfDue(account) }
    await recorder.step()
  }

  /// Follows what others wrote.
  func look() async {
    if await service.share() { hasResumed = false }
    if !hasResumed, let store = recorder.store {
      hasResumed = (try? await recorded.resumeIncidents(in: store)) != nil
    }
  }

  private func pollIfDue(_ account: Account) async {
    if conditions[account.name] == nil { await claim(account) }
    guard let due = next[account.name], due <= clock.now else { return }
    guard await sharing.note(asking: ["numbers"], of: account.name) else {
      (conditions[account.name], next[account.name]) = (nil, nil)
      return
    }
    let numbers = world.numbers.filter { $0.account == account.name }
    let fault = world.fault(of: account.name)
    await receive(fault, of: account, numbers)
    // Rejected keys are asked more rarely.
    next[account.name] = clock.now + SharedWorld.refresh * (fault == .rejected ? 6 : 1)
  }

  private func claim(_ account: Account) async {
    switch await sharing.leases.standing(of: account.name) {
    case .held, .apart: break
    case .followed, nil: return
    }
    guard let start = await sharing.claim(account) else { return }
    var condition = start.condition ?? .sample(account)
    condition.account = account
    conditions[account.name] = condition
    next[account.name] = clock.now
    await service.receive(FleetUpdate(accounts: [condition]))
  }

  private func receive(
    _ fault: SharedWorld.Fault?,
    of account: Account,
    _ numbers: [PhoneNumber]
  ) async {
    guard var condition = conditions[account.name] else { return }
    let now = clock.now
    condition.failure = fault.map { $0 == .rejected ? .sampleUnauthorized : .sampleTimeout }
    condition.failingSince = fault == nil ? nil : condition.failingSince ?? now
    condition.effectiveRefresh = account.refresh
    condition.isUnasked = false
    if let failure = condition.failure {
      condition.lastError = PollError(failure, at: now, of: nil)
    } else {
      condition.lastSuccess = now
    }
    conditions[account.name] = condition
    let readings = numbers.map { number in
      let result: Result<HealthReport, ProviderError> =
        condition.failure.map { .failure($0) } ?? .success(world.report(of: number.id))
      return Reading(number: number, moment: now, result: result)
    }
    await service.receive(
      FleetUpdate(appeared: numbers, readings: readings, accounts: [condition])
    )
  }

  // MARK: What it shows

  /// The events since a moment that all processes show alike.
  func events(since moment: Moment) async -> [String] {
    let journal = await monitor.look().journal
    return journal.events.filter { $0.moment > moment && $0.kind.isShared }.map { event in
      let numbers = journal.numbers(of: event).map { $0.target ?? $0.account }.sorted()
      let lasted = event.lasted.map { " \(event.lastedIsLowerBound ? "≥" : "")\($0)" } ?? ""
      let date = event.moment.date.roundedToMilliseconds.timeIntervalSinceReferenceDate
      return "\(date) \(event.kind) \(event.cause?.key ?? "-") \(numbers)\(lasted)"
    }
  }
}

extension JournalEvent.Kind {
  fileprivate var isShared: Bool {
    switch self {
    case .started, .stopped, .gap, .tookOver, .reloaded: false
    default: true
    }
  }
}
