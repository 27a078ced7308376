import Foundation
import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

/// The fleet of the mock-ups with a memory, and what was seen live at each step.
struct RememberedIncident {
  let store: SQLiteHistory
  /// After each step.
  private(set) var seen: [(moment: Moment, snapshot: MonitorSnapshot)] = []
  /// The screen at the end.
  private(set) var stage: Stage

  /// The end of what was polled.
  private static let end = Moment.sample

  /// - Parameter gap: When nobody polled the account `direct`.
  /// - Throws: `HistoryError` where the store breaks.
  init(gap: Range<Date>? = nil) async throws {
    store = try SQLiteHistory.inMemory()
    stage = Stage(ScreenState(now: SampleIncident.steps[0].moment))
    var monitor = MonitorState(startedAt: SampleIncident.steps[0].moment)
    for step in SampleIncident.steps {
      var batch = Batch()
      let changes = monitor.receive(step.update, at: step.moment)
      batch.transitions = changes.compactMap(Transition.init)
      try await store.write(batch)
      let snapshot = monitor.takeSnapshot()
      seen.append((step.moment, snapshot))
      stage.state.adopt(snapshot, at: step.moment)
    }
    try await cover(gap)
    stage.state.letTimePass(to: Self.end)
  }

  private func cover(_ gap: Range<Date>?) async throws {
    let start = SampleIncident.steps[0].moment.date.addingTimeInterval(-1)
    var batch = Batch()
    for account in Account.samples {
      let window = start..<Self.end.date
      guard account.name == "direct", let gap else {
        batch.coverage.append(
          Coverage(account: account.name, from: window.lowerBound, to: window.upperBound)
        )
        continue
      }
      for part in [window.lowerBound..<gap.lowerBound, gap.upperBound..<window.upperBound] {
        batch.coverage.append(
          Coverage(account: account.name, from: part.lowerBound, to: part.upperBound)
        )
      }
    }
    try await store.write(batch)
  }

  /// What the history answers to where the stage wants to go.
  func answer(in stage: Stage) async throws -> TravelAnswer {
    let question = try #require(stage.state.travel.asked)
    let reader = PastReader(store, beside: seen[seen.count - 1].snapshot.fleet, at: stage.now)
    return await reader.answer(question)
  }

  /// The screen after a journey.
  func after(_ commands: Command...) async throws -> Stage {
    var stage = stage
    for command in commands {
      _ = stage.state.perform(command)
      if let question = stage.state.travel.asked {
        _ = stage.state.arrive(try await answer(in: stage), to: question)
      }
      if stage.state.travel.isReturning {
        stage.state.showPresent(seen[seen.count - 1].snapshot)
        stage.state.letTimePass(to: Self.end)
      }
    }
    return stage
  }
}
