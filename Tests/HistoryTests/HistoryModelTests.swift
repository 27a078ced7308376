import Foundation
import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import Monitor

/// Random histories in the file and in the obvious one: whatever is asked, both say the same.
///
///     WABATOP_MODEL_STEPS=100000 WABATOP_MODEL_SEED=7 swift test --filter HistoryModelTests
@Suite struct HistoryModelTests {
  private static let steps = variable("WABATOP_MODEL_STEPS") ?? 1200
  private static let seed = UInt64(variable("WABATOP_MODEL_SEED") ?? 1)
  private static let stepsOfRun = 300

  private static func variable(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test func `whatever happens, the file says what a look at everything says`() async throws {
    for run in 0..<max(Self.steps / Self.stepsOfRun, 1) {
      let seed = Self.seed &* 1_000_003 &+ UInt64(run)
      let folder = try TemporaryFolder()
      let file = try await SQLiteHistory.open(directory: folder.path, at: .start).store
      let world = RandomHistory(seed: seed, stores: (file, InMemoryHistory()))
      for step in 0..<Self.stepsOfRun {
        try await world.step()
        guard step % 5 == 4 else { continue }
        if let difference = try await world.difference() {
          Issue.record("seed \(seed), step \(step): \(difference)")
          return
        }
      }
    }
  }
}

/// Writes the same to two stores, and asks them the same.
private final class RandomHistory {
  private var random: SeededGenerator
  private let stores: (file: any HistoryStore, obvious: any HistoryStore)
  private var now = Date.start
  private let ids = (1...6).map {
    PhoneNumber.ID(account: $0 < 4 ? "acme" : "shops", target: $0 == 6 ? nil : "\($0)")
  }
  private let retention = Retention(days: 5, rollUpDays: 40)

  init(seed: UInt64, stores: (any HistoryStore, any HistoryStore)) {
    random = SeededGenerator(seed: seed)
    self.stores = stores
  }

  func step() async throws {
    let former = now
    moveClock()
    let wasCovered = former < now && chance(80)
    var batch = Batch()
    if wasCovered {
      let length = min(now.timeIntervalSince(former), 40_000)
      for account in ["acme", "shops"] where chance(90) {
        let from = now.addingTimeInterval(-length)
        batch.coverage.append(Coverage(account: account, from: from, to: now))
      }
    }
    batch.transitions = (0..<Int.random(in: 0...3, using: &random)).map { _ in transition() }
    if chance(20) { batch.incidents = [incident()] }
    try await stores.file.write(batch)
    try await stores.obvious.write(batch)
    if chance(20) {
      let more = try await stores.file.maintain(retention, at: now)
      let same = try await stores.obvious.maintain(retention, at: now)
      #expect(more == same)
    }
  }

  private func moveClock() {
    let seconds: Double =
      switch Int.random(in: 0..<100, using: &random) {
      case 0: -86_400 * 365
      case 1: 86_400 * 365
      case 2: -3600
      case 3..<6: 86_400
      case 6..<10: 0
      case 10..<40: .random(in: 0...20_000, using: &random)
      default: .random(in: 0...1000, using: &random)
      }
    now = now.addingTimeInterval(seconds).roundedToMilliseconds
  }

  private func transition() -> Transition {
    let id = ids.randomElement(using: &random) ?? .one
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return .event(.vanished, of: .number(id), at: now, names: names(of: id))
    case 1: return .event(.appeared, of: .number(id), at: now, names: names(of: id))
    case 2: return .event(.answering, of: .account(id.account), at: now)
    case 3:
      let template = Subject.template(waba: "102", id: id.target ?? "")
      return .event(.word(from: nil, to: "PAUSED"), of: template, at: now)
    case 4: return .event(.started, at: now)
    default:
      return Transition(
        date: now,
        subject: .number(id),
        names: names(of: id),
        event: .state(from: HealthState.allCases.randomElement(using: &random), to: state()),
        reason: chance(50) ? .payment : nil
      )
    }
  }

  private func names(of id: PhoneNumber.ID) -> Names { Names("+44 \(id.target ?? "-")") }

  private func state() -> HealthState {
    HealthState.allCases.randomElement(using: &random) ?? .unknown
  }

  private func incident() -> Incident {
    Incident(
      id: "\(Int.random(in: 0..<10, using: &random))",
      reason: .quality,
      start: now,
      end: chance(50) ? now.addingTimeInterval(500) : nil,
      worst: state(),
      victims: [Incident.Victim(.number(ids[0]), joined: now)]
    )
  }

  private func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  // MARK: Questions

  /// What the two say differently; nil where there is nothing.
  func difference() async throws -> String? {
    let window = window()
    let moment = window.upperBound
    let query = query(in: window)
    return try await [
      compare("transitions \(query)") { try await $0.transitions(query) },
      compare("density") { try await $0.density(in: window, shares: 7) },
      compare("past at \(moment)") { try await $0.past(at: moment) },
      compare("counts") { try await $0.counts(at: moment) },
      compare("next") { try await $0.changeDate(after: moment) },
      compare("previous") { try await $0.changeDate(before: moment) },
      compare("changed") { try await $0.numbersChanged(after: window.lowerBound) },
      compare("lines in \(window)") { [ids] in try await $0.lines(of: ids, in: window) },
      compare("times in \(window)") { [ids] in try await $0.times(of: ids, in: window) },
      compare("all times in \(window)") { try await $0.times(of: nil, in: window) },
      compare("coverage") { try await $0.coverage(in: window) },
      compare("incidents") { try await $0.incidents(in: window) },
    ]
    .compactMap(\.self).first
  }

  private func window() -> Range<Date> {
    let day = 86_400.0
    let end = now.addingTimeInterval(.random(in: -10 * day...day, using: &random))
    let length = Double.random(in: 1...12 * day, using: &random)
    guard chance(30) else { return end.addingTimeInterval(-length)..<end }
    // Whole days.
    let midnight = Date(timeIntervalSince1970: (end.timeIntervalSince1970 / day).rounded() * day)
    return midnight.addingTimeInterval(-3 * day)..<midnight
  }

  private func query(in window: Range<Date>) -> TransitionQuery {
    TransitionQuery(
      window: chance(50) ? window : nil,
      kinds: chance(30) ? [.state, .started] : nil,
      subjects: chance(20) ? [.number(ids[0]), .program] : nil,
      accounts: chance(20) ? ["shops"] : nil,
      before: chance(30) ? Int.random(in: 0..<300, using: &random) : nil,
      limit: 20
    )
  }

  private func compare<Answer: Equatable>(
    _ what: String,
    _ ask: (any HistoryStore) async throws -> Answer
  ) async throws -> String? {
    let (file, obvious) = (try await ask(stores.file), try await ask(stores.obvious))
    return file == obvious ? nil : "\(what):\n\(file)\ninstead of\n\(obvious)"
  }
}
