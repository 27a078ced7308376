import Foundation
import Health
import History
import HistorySQLite
import Monitor
import TestSupport
import Testing

@testable import Screens

/// The events of former runs.
@Suite struct RememberedEventsTests {
  /// A run that began a minute after the one of the mock-ups.
  private static func nextRun(
    _ store: any HistoryQueries,
    _ fleet: Fleet,
    _ commands: Command...
  ) async throws -> Stage {
    let now = Moment.sample + .seconds(60)
    var stage = Stage(ScreenState(now: now))
    stage.now = now
    let snapshot = MonitorSnapshot(
      fleet: fleet,
      causes: CauseIndex(),
      journal: EventJournal(startedAt: now),
      answers: RawAnswers()
    )
    stage.state.adopt(snapshot, at: now)
    _ = stage.state.perform(.showEvents)
    for command in commands { _ = stage.state.perform(command) }
    try await lookUp(store, in: &stage)
    return stage
  }

  /// Answers until nothing is wanted any more.
  private static func lookUp(_ store: any HistoryQueries, in stage: inout Stage) async throws {
    while let question = stage.state.wantedEvents {
      stage.state.expect(question)
      let reader = EventsReader(store, of: stage.state.fleet, at: stage.now)
      let page = await reader.page(question)
      let isAdded = stage.state.add(page, to: question)
      try #require(isAdded)
    }
    if let question = stage.state.wantedBars {
      stage.state.bars.expect(question)
      let shares = try await store.density(in: question.window, shares: BarsQuestion.shareCount)
      let isAdopted = stage.state.bars.adopt(shares, to: question)
      try #require(isAdopted)
    }
  }

  @Test func `a replay has the events that were seen live`() async throws {
    let incident = try await RememberedIncident()
    let live = incident.seen[incident.seen.count - 1].snapshot
    let stage = try await Self.nextRun(incident.store, live.fleet)
    let timeline = stage.state.timeline
    let known = (0..<timeline.count).map { timeline[$0] }.filter { !$0.kind.isOfProgram }
    let seen = live.journal.events.filter { !$0.kind.isOfProgram }
    #expect(known.map(\.cause) == seen.map(\.cause))
    #expect(
      known.map { Set(timeline.numbers(of: $0)) } == seen.map { Set(live.journal.numbers(of: $0)) }
    )
    #expect(known.map(\.moment.date) == seen.map(\.moment.date))
    #expect(known.map(Self.kinds) == seen.map(Self.kinds))
  }

  private static func kinds(of event: JournalEvent) -> [EventKind] {
    EventKind.allCases.filter { $0.includes(event) }
  }

  @Test func `times without polls, and the ends of runs, have rows of their own`() async throws {
    let gap = Moment.sample(ago: .seconds(5000)).date..<Moment.sample(ago: .seconds(4000)).date
    let incident = try await RememberedIncident(gap: gap)
    var batch = Batch()
    batch.transitions = [
      Transition(
        date: Moment.sample.date,
        subject: .program,
        names: Names("wabatop"),
        event: .stopped
      )
    ]
    try await incident.store.write(batch)
    let fleet = incident.seen[incident.seen.count - 1].snapshot.fleet
    let screen = try await Self.nextRun(incident.store, fleet).screen()
    #expect(screen.shows(under: "start  wabatop", "gap    not polled", "stop   wabatop"))
    #expect(screen.shows("14:32Z to 14:33Z · 1m00s"))
    // The other accounts were polled, so it is a gap of this one's numbers only.
    #expect(screen.doesNotShow("13:08Z to 13:25Z"))
    let number = try #require(fleet.records.first { $0.number.account == "direct" }?.id)
    var ofNumber = try await Self.nextRun(incident.store, fleet)
    ofNumber.state.showEvents(of: .number(number))
    try await Self.lookUp(incident.store, in: &ofNumber)
    #expect(ofNumber.screen().shows("13:08Z to 13:25Z · 16m"))
  }

  @Test func `pages are looked up as somebody scrolls to them`() async throws {
    let store = try SQLiteHistory.inMemory()
    var batch = Batch()
    let start = Moment.sample.date.addingTimeInterval(-500_000)
    for index in 0..<2500 {
      batch.transitions.append(
        Transition(
          date: start.addingTimeInterval(Double(index) * 180),
          subject: .number(PhoneNumber.sample(numbered: index % 7).id),
          names: Names("+1 555 010\(index % 7)"),
          event: .state(
            from: index / 7 % 2 == 0 ? .available : .limited,
            to: index / 7 % 2 == 0 ? .limited : .available
          )
        )
      )
    }
    try await store.write(batch)
    let now = Moment.sample + .seconds(60)
    let fleet = Fleet.sample(numbers: 7, at: now)
    var stage = try await Self.nextRun(store, fleet)
    #expect(stage.state.remembered.journals.count == 1)
    #expect(stage.state.timeline.count == 1000)
    _ = stage.state.perform(.move(.bottom))
    try await Self.lookUp(store, in: &stage)
    _ = stage.state.perform(.move(.bottom))
    try await Self.lookUp(store, in: &stage)
    #expect(stage.state.remembered.isWhole)
    let timeline = stage.state.timeline
    #expect(timeline.count == 2501)
    let events = (0..<timeline.count).map { timeline[$0] }
    #expect(events.map(\.id) == events.map(\.id).sorted())
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.moment < $1.moment })
    #expect(events.indices.allSatisfy { timeline.index(of: events[$0].id) == $0 })
  }

  @Test func `a page that comes too late changes nothing`() async throws {
    let incident = try await RememberedIncident()
    let fleet = incident.seen[incident.seen.count - 1].snapshot.fleet
    var stage = Stage(ScreenState(now: .sample))
    _ = stage.state.perform(.showEvents)
    let question = try #require(stage.state.wantedEvents)
    stage.state.expect(question)
    #expect(stage.state.wantedEvents == nil)
    let page = await EventsReader(incident.store, of: fleet, at: .sample).page(question)
    stage.state.showEvents(of: .account("direct"))
    let isAdded = stage.state.add(page, to: question)
    #expect(!isAdded)
    #expect(stage.state.remembered.journals.isEmpty)
    #expect(stage.state.wantedEvents?.scope == .account("direct"))
  }

  @Test(arguments: EventKind.allCases)
  func `one kind is shown alone`(kind: EventKind) async throws {
    let incident = try await RememberedIncident()
    let fleet = incident.seen[incident.seen.count - 1].snapshot.fleet
    var stage = try await Self.nextRun(incident.store, fleet, .showKind(kind))
    let shown = (0..<stage.state.eventRowCount).compactMap { stage.state.eventRow($0)?.event }
    #expect(shown.allSatisfy(kind.includes))
    #expect(stage.screen().shows("only \(kind.rawValue)"))
    _ = stage.state.perform(.showKind(nil))
    #expect(stage.state.eventRowCount > shown.count)
  }

  @Test func `what is typed names a kind`() {
    let state = Stage.incident.after(.showEvents).state
    #expect(CommandWords.meaning(of: "kind faults", in: state) == .command(.showKind(.faults)))
    #expect(CommandWords.meaning(of: "kind all", in: state) == .command(.showKind(nil)))
    #expect(
      CommandWords.meaning(of: "kind fault", in: state)
        == .mistake("There is no kind fault: did you mean faults?")
    )
  }

  @Test func `the past has the events until then`() async throws {
    let incident = try await RememberedIncident()
    let date = Moment.sample(ago: .seconds(2000)).date
    let stage = try await incident.after(.travel(.to(date)), .showEvents)
    let screen = stage.screen()
    #expect(screen.header.contains("PAST"))
    #expect(screen.events.begin(with: "business unverified", "payment failed", "quality yellow"))
    #expect(screen.events.hasRows(3))
    let tiles = try await incident.after(.travel(.to(date)), .show(.tiles)).screen(160, 60)
    #expect(tiles.shows("JUST NOW"))
  }

  @Test(arguments: [
    ("events-remembered-80x24", 80, 24, Marks.unicode),
    ("events-remembered-160x50", 160, 50, .unicode),
    ("events-remembered-ascii-80x24", 80, 24, .ascii),
  ])
  func `is as recorded`(_ name: String, _ width: Int, _ height: Int, _ marks: Marks) async throws {
    let incident = try await RememberedIncident()
    let fleet = incident.seen[incident.seen.count - 1].snapshot.fleet
    let stage = try await Self.nextRun(incident.store, fleet)
    expectScreen(
      stage.draw(width, height, marks),
      name,
      callerPath: #filePath.replacing("/Past/", with: "/")
    )
  }
}
