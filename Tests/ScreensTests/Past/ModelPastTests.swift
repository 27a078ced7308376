import Canvas
import Foundation
import Health
import History
import HistorySQLite
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import Screens

/// A clock that stands still until it is set.
private final class SetClock: TimeSource {
  private let moment: Mutex<Moment>

  init(_ moment: Moment) { self.moment = Mutex(moment) }

  var now: Moment { moment.withLock { $0 } }

  func set(_ moment: Moment) { self.moment.withLock { $0 = moment } }

  func sleep(until moment: Moment) async throws {}
}

/// What the model looks up while the screen is used.
@Suite @MainActor struct ModelPastTests {
  private let incident: RememberedIncident
  private let clock = SetClock(SampleIncident.steps[0].moment)
  private let model: ScreenModel

  init() async throws {
    // In the night nobody polled Meta.
    let gap = Moment.sample(ago: .seconds(43_200)).date..<Moment.sample(ago: .seconds(21_600)).date
    incident = try await RememberedIncident(gap: gap)
    model = ScreenModel(time: clock)
    for step in SampleIncident.steps {
      clock.set(step.moment)
      await model.monitor.receive(step.update)
    }
    clock.set(.sample)
    await model.pull()
    let store = incident.store
    model.history = { store }
  }

  /// Lays out frames until one is as described.
  private func screen(
    _ width: Int = 80,
    _ height: Int = 24,
    _ marks: Marks = .unicode,
    until isExpected: (DrawnScreen) -> Bool
  ) async throws -> DrawnScreen {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let screen = model.layOut(
        at: clock.now,
        size: ScreenSize(width: width, height: height),
        marks: marks,
        chrome: Chrome(title: "prod")
      )
      let drawn = DrawnScreen(screen.canvas, model.state)
      if isExpected(drawn) { return drawn }
      try #require(ContinuousClock.now < deadline, "\(drawn.testDescription)")
      await Task.yield()
    }
  }

  @Test func `keys go back in time and to the present again`() async throws {
    let present = try await screen { $0.shows("of 60") }.lines
    _ = model.perform(.travel(.changes(-1)))
    _ = model.perform(.travel(.changes(-1)))
    let past = try await screen { $0.header.contains("PAST") }
    #expect(past.header.contains("14:27:57 UTC · 4m10s ago"))
    // Polling goes on.
    clock.set(.sample + .seconds(5))
    await model.monitor.receive(SampleIncident.steps[7].update)
    await model.pull()
    #expect(try await screen { $0.header.contains("4m15s ago") }.header.contains("14:27:57"))
    clock.set(.sample)
    _ = model.perform(.returnToPresent)
    let returned = try await screen { !$0.header.contains("PAST") }
    #expect(returned.list.hasRows(present.count { $0.contains("+4477") }))
    #expect(returned.state.travel.past == nil && returned.state.isLive)
  }

  @Test func `without a history there is a sentence`() async throws {
    model.history = { nil }
    _ = model.perform(.travel(.changes(-1)))
    _ = try await screen { $0.shows("Nothing is remembered in this run.") }
  }

  @Test func `events are looked up when the view is opened`() async throws {
    clock.set(.sample + .seconds(600))
    _ = model.perform(.showEvents)
    let screen = try await screen { $0.shows("last 24h") && $0.state.remembered.isWhole }
    #expect(screen.shows("22 changes"))
  }

  @Test func `counts say what changed within the hour`() async throws {
    let screen = try await screen(100, 24) { $0.shows("↑") }
    // An hour ago nine were blocked, two at risk and 49 fine.
    #expect(screen.shows("✘ 10 ↑1  ▲ 4 ↑2  ● 39 ↓10  ? 6 ↑6  ◌ 1 ↑1   of 60"))
    #expect(screen.role(of: "↑2") == .trendWorse)
    #expect(screen.role(of: "↓10") == .trendWorse)
    _ = model.perform(.filter("acme"))
    #expect(try await self.screen(100, 24) { $0.shows("30 of 60") }.doesNotShow("↑", "↓"))
  }

  @Test func `strips have the hours before this run, and gaps`() async throws {
    let screen = try await screen(160, 60) { $0.shows("LAST 24H", "7 d") }
    #expect(screen.list.lines[0].contains("▁▁▁▁·▁▁█"))
    // Others were polled all night.
    #expect(screen.list.lines[12].contains("▁▄▄▄▄▄▄▄"))
    // Of 24 hours 18 are known: too few for a figure.
    #expect(screen.shows("available             – (75 % known)"))
    _ = model.perform(.filter("hooli"))
    let hooli = try await self.screen(160, 60) { $0.shows("+447700900177  Hooli 1", "100 % known") }
    #expect(hooli.shows("available             20.8 % of 100 % known", "73 % known"))
  }

  @Test(arguments: [
    ("history-list-80x24", 80, 24, Marks.unicode, [Command]()),
    ("history-list-160x50", 160, 50, .unicode, []),
    ("history-list-ascii-80x24", 80, 24, .ascii, []),
    ("history-detail-80x24", 80, 24, .unicode, [.open, .toggleZoom, .scrollDetail(.pageDown)]),
  ])
  func `is as recorded`(
    _ name: String,
    _ width: Int,
    _ height: Int,
    _ marks: Marks,
    _ commands: [Command]
  ) async throws {
    for command in commands {
      _ = model.perform(command)
      _ = try await screen(width, height, marks) { _ in true }
    }
    _ = try await screen(width, height, marks) { screen in
      let figures = screen.state.figures
      let isInList = screen.state.route == .list
      return figures.counts.answer != nil && figures.number.answer != nil
        && (!isInList || figures.strips.answer != nil)
    }
    // The frame after the last answer.
    let last = try await screen(width, height, marks) { $0.state.figures.number.asked == nil }
    expectScreen(last.canvas, name, callerPath: #filePath.replacing("/Past/", with: "/"))
  }
}
