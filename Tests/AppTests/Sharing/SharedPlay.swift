import Foundation
import Health
import HistorySQLite
import Synchronization
import TestSupport

@testable import History
@testable import Monitor

/// A course of events over one file.
final class SharedPlay {
  private static let step = Duration.seconds(3)
  /// Longer than an outage of several accounts takes to end, and a number to be confirmed.
  private static let rest = Duration.seconds(240)

  private let folder: TemporaryFolder
  private let clock = ManualClock()
  private let world: SharedWorld
  private let rules: ConfirmationRules
  private let store: any HistoryStore
  private let names = Names()
  private var random: SeededGenerator
  private var processes: [SharedProcess] = []
  private var started = 0
  private var check: SharedCheck
  /// Since when all processes that were there then show the same.
  private var comparable: Moment?

  var hasFailed: Bool { check.hasFailed }

  init(_ seed: UInt64, _ rules: ConfirmationRules) async throws {
    folder = try TemporaryFolder()
    store = try await SQLiteHistory.open(directory: folder.path, at: clock.now.date).store
    world = SharedWorld(clock)
    random = SeededGenerator(seed: seed)
    check = SharedCheck(of: world)
    self.rules = rules
  }

  /// Something may happen, and time passes.
  func step() async throws {
    changeWorld()
    await changeProcesses()
    try await go()
  }

  /// All gets well, and for so long nothing happens that no event is open any more.
  func rest() async throws {
    note("rest")
    if processes.isEmpty { await start() }
    for process in processes {
      process.stoppedUntil = nil
      for account in process.apart { await process.set(account, apart: false) }
    }
    for number in world.numbers { world.set(number.id, .available) }
    for account in world.accounts {
      world.set(wabaOf: account.name, .available)
      world.set(account.name, nil)
    }
    for _ in 0..<Int(Self.rest / Self.step) where !hasFailed { try await go() }
    comparable = clock.now
  }

  /// In the end all is told as it is.
  func checkEnd() { check.end() }

  private func go() async throws {
    clock.advance(by: Self.step)
    for process in processes.shuffled(using: &random) { await process.step() }
    let running = processes.filter(isRunning)
    for process in running { await process.look() }
    try await check.rows(of: store)
    // Who polls for itself sees other moments.
    if processes.contains(where: { !$0.apart.isEmpty }) { comparable = nil }
    guard let comparable else { return }
    await check.screens(of: running.filter { $0.started < comparable }, since: comparable)
  }

  // MARK: What happens

  private func changeWorld() {
    for number in world.numbers where chance(2) {
      let word = [HealthState.available, .limited, .blocked].randomElement(using: &random)
      world.set(number.id, word ?? .available)
    }
    for account in world.accounts where chance(1) {
      let word = [HealthState.available, .blocked].randomElement(using: &random) ?? .available
      note("waba of \(account.name) \(word)")
      world.set(wabaOf: account.name, word)
    }
    for account in world.accounts where chance(3) {
      let faults: [SharedWorld.Fault?] = [nil, nil, .rejected, .unreachable]
      let fault = faults.randomElement(using: &random) ?? nil
      note("\(account.name) \(fault.map { "\($0)" } ?? "fine")")
      world.set(account.name, fault)
    }
  }

  private func changeProcesses() async {
    if processes.isEmpty || processes.count < 3 && chance(4) { await start() }
    guard let place = processes.indices.randomElement(using: &random) else { return }
    let process = processes[place]
    let account = world.accounts.randomElement(using: &random)?.name ?? ""
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<2:
      note("kill \(process.name)")
      remove(place)
    case 2..<4 where isRunning(process):
      note("end \(process.name)")
      await process.end()
      remove(place)
    case 4..<8 where isRunning(process):
      let length = Duration.seconds(Int.random(in: 5..<100, using: &random))
      note("stop \(process.name) for \(length)")
      process.stoppedUntil = clock.now + length
    case 8..<10 where isRunning(process):
      note("reload \(process.name) \(account)")
      await process.reload([account])
    case 10 where isRunning(process):
      let isApart = Bool.random(using: &random)
      note("\(process.name) \(account) \(isApart ? "apart" : "shared")")
      await process.set(account, apart: isApart)
    default: break
    }
  }

  private func start() async {
    started += 1
    let name = "p\(started)"
    note("start \(name)")
    names.insert(name)
    let process = await SharedProcess(
      name,
      in: folder.path,
      of: world,
      clock,
      confirming: rules,
      isAlive: { [names] in names.contains($0) }
    )
    processes.append(process)
    await process.step()
  }

  private func remove(_ place: Int) { names.remove(processes.remove(at: place).name) }

  private func isRunning(_ process: SharedProcess) -> Bool {
    process.stoppedUntil.map { $0 <= clock.now } ?? true
  }

  private func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private func note(_ text: String) { check.note(text, at: clock.now) }
}

/// The names of those who are there.
private final class Names: Sendable {
  private let names = Mutex<Set<String>>([])

  func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }

  func remove(_ name: String) { names.withLock { _ = $0.remove(name) } }

  func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
