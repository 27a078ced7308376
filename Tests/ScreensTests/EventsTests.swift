import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct EventsTests {
  /// A line each, the latest first: what changed, of how many, and how long it lasted.
  static func lines(_ state: ScreenState) -> [String] {
    state.journal.events.reversed().map { event in
      let what =
        switch event.kind {
        case .states(let from, let to): "\(from.word.prefix(3))>\(to.word.prefix(3))"
        case .template(let template, _, let from): "\(from.text)>\(template.status.text)"
        case .failing: "failing"
        case .answering: "answering"
        case .appeared: "appeared"
        case .vanished: "vanished"
        case .flapping(let state, let percent): "flapping \(state.word.prefix(3)) \(percent)%"
        case .steady(let state): "steady \(state.word.prefix(3))"
        case .stopped: "stopped"
        case .gap: "gap"
        case .started: "started"
        case .reloaded(let text), .tookOver(let text): text
        case .acknowledged(let author, _): "acknowledged by \(author)"
        case .unacknowledged(let why): "unacknowledged: \(why)"
        case .muted(let filter, _, _): "muted \(filter)"
        case .unmuted(let filter, _): "unmuted \(filter)"
        }
      let who = event.cause.map { " " + state.fleet.title(of: $0) } ?? ""
      let lasted = event.lasted.map { " \(event.lastedIsLowerBound ? "≥" : "")\(Age($0).text)" }
      return "\(what)\(who) ×\(event.count)\(lasted ?? "")"
    }
  }

  /// Six numbers of one WABA at an account that answers every thirty seconds.
  static func calm() -> ScreenState {
    var state = ScreenState(now: .sample)
    let readings = (1...6).map { CausesTests.reading("\($0)") }
    state.receive(
      FleetUpdate(readings: readings, accounts: [.sample(.samples[0])]),
      at: .sample
    )
    return state
  }

  static func receive(
    _ numbers: ClosedRange<Int>,
    isUnpaid: Bool = false,
    quality: String = "GREEN",
    after seconds: Int,
    _ state: inout ScreenState
  ) {
    let moment = Moment.sample + .seconds(seconds)
    let readings = numbers.map {
      CausesTests.reading("\($0)", isUnpaid: isUnpaid, quality: quality, at: moment)
    }
    state.receive(FleetUpdate(readings: readings), at: moment)
  }

  @Test func `the start is an event, first readings are none`() {
    #expect(Self.lines(Self.calm()) == ["started ×0"])
    #expect(Self.lines(ScreenState(now: .sample)) == ["started ×0"])
  }

  @Test func `changes of one cause within a cycle are one event, wherever they came from`() {
    var state = Self.calm()
    Self.receive(1...1, quality: "RED", after: 10, &state)
    Self.receive(1...3, isUnpaid: true, after: 20, &state)
    Self.receive(4...4, isUnpaid: true, after: 45, &state)
    #expect(
      Self.lines(state) == [
        "WAR>BLO WABA 7 ×4",
        "AVA>WAR QUALITY: Quality is RED. ×1", "started ×0",
      ]
    )
    #expect(state.journal.events.last?.isFromSeveral == true)
    // The cycle is over: another line.
    Self.receive(5...6, isUnpaid: true, after: 60, &state)
    #expect(Self.lines(state)[0] == "AVA>BLO WABA 7 ×2")
  }

  @Test func `a recovery says how long it was down, or at least was`() {
    var state = Self.calm()
    Self.receive(1...2, isUnpaid: true, after: 30, &state)
    Self.receive(1...2, after: 430, &state)
    #expect(Self.lines(state)[0] == "BLO>AVA WABA 7 ×2 6m40s")
    var bad = CausesTests.state([CausesTests.reading("1", isUnpaid: true)])
    Self.receive(1...1, after: 90, &bad)
    #expect(Self.lines(bad)[0] == "BLO>AVA WABA 7 ×1 ≥1m30s")
  }

  static func fail(
    _ error: ProviderError?,
    _ accounts: [Account],
    after seconds: Int,
    _ state: inout ScreenState
  ) {
    let moment = Moment.sample + .seconds(seconds)
    let conditions = accounts.map { account in
      AccountCondition.sample(
        account,
        failure: error,
        failingSince: error == nil ? nil : .sample + .seconds(30)
      )
    }
    let readings = (1...6).map { index -> Reading in
      let number = PhoneNumber.sample("\(index)")
      guard let error else { return CausesTests.reading("\(index)", at: moment) }
      return .sample(number, .failure(error), at: moment)
    }
    state.receive(FleetUpdate(readings: readings, accounts: conditions), at: moment)
    state.letTimePass(to: moment)
  }

  @Test func `an account that fails is one event, which its numbers join, and one when it is back`()
  {
    var state = Self.calm()
    for seconds in [30, 60, 90, 120] {
      Self.fail(.sampleUnauthorized, [.samples[0]], after: seconds, &state)
    }
    #expect(Self.lines(state) == ["failing ACCOUNT direct ×6", "started ×0"])
    Self.fail(nil, [.samples[0]], after: 150, &state)
    #expect(state.fleet.counts[.available] == 6)
    #expect(
      Self.lines(state) == [
        "answering ACCOUNT direct ×6 2m00s", "failing ACCOUNT direct ×6", "started ×0",
      ]
    )
  }

  @Test func `all accounts that fail are one event and nothing per number`() {
    var state = Self.calm()
    let lost = ProviderError(.unreachable, "No route.")
    Self.fail(lost, [.samples[0]], after: 30, &state)
    Self.fail(lost, [.samples[1]], after: 31, &state)
    for seconds in [60, 90, 120] {
      Self.fail(lost, [.samples[0], .samples[1]], after: seconds, &state)
    }
    #expect(
      Self.lines(state) == [
        "failing nothing can be reached: probably this machine's network ×6", "started ×0",
      ]
    )
    Self.fail(nil, [.samples[0], .samples[1]], after: 150, &state)
    #expect(
      Self.lines(state)[0]
        == "answering nothing can be reached: probably this machine's network ×6 2m00s"
    )
  }

  @Test func `accounts of an outage that answer one after the other are one event`() {
    var state = Self.calm()
    let lost = ProviderError(.unreachable, "No route.")
    let accounts = [Account.samples[0], .samples[1], .samples[2]]
    Self.fail(lost, accounts, after: 30, &state)
    for seconds in [60, 90, 130] { Self.fail(lost, accounts, after: seconds, &state) }
    Self.fail(nil, [accounts[1]], after: 150, &state)
    Self.fail(nil, [accounts[0]], after: 170, &state)
    let nothing = "nothing can be reached: probably this machine's network"
    #expect(
      Self.lines(state) == [
        "answering \(nothing) ×6 2m00s", "failing \(nothing) ×6", "started ×0",
      ]
    )
    // One that takes longer is an event of its own, and so is its end.
    for seconds in [200, 230, 260, 281] { Self.fail(nil, [accounts[0]], after: seconds, &state) }
    #expect(Self.lines(state)[0] == "failing ACCOUNT shops ×0")
    Self.fail(nil, [accounts[2]], after: 290, &state)
    #expect(Self.lines(state)[0].hasPrefix("answering ACCOUNT shops"))
  }

  @Test func `one cause is one event, though it makes some numbers worse than others`() {
    var state = Self.calm()
    let now = Moment.sample + .seconds(30)
    let readings = ["LIMITED", "BLOCKED", "LIMITED"].enumerated().map { place, word in
      let waba = HealthEntity.sample("WABA", "7", word, errors: [.samplePayment])
      return Reading.sample(.sample("\(place + 1)"), .success(.sample(waba: waba)), at: now)
    }
    state.receive(FleetUpdate(readings: readings), at: now)
    #expect(Self.lines(state) == ["AVA>BLO WABA 7 ×3", "started ×0"])
  }

  @Test func `states with the same mark are told in words`() {
    var state = Self.calm()
    let limited = HealthEntity.sample("WABA", "7", "LIMITED", errors: [.sampleVerification])
    for (seconds, report) in [
      (30, HealthReport.sample("1", waba: .sample("WABA", "7"), quality: "RED")),
      (90, HealthReport.sample("1", waba: limited)),
    ] {
      let now = Moment.sample + .seconds(seconds)
      let reading = Reading.sample(.sample("1"), .success(report), at: now)
      state.receive(FleetUpdate(readings: [reading]), at: now)
    }
    var stage = Stage(state.after(.showEvents))
    stage.now = .sample + .seconds(100)
    #expect(stage.screen().shows("▲ → ▲", "worse: WRN → LIM · busi"))
    #expect(stage.screen(80, 24, .ascii).shows("WRN -> LIM"))
  }

  @Test func `what goes silent turns old in one event and comes back in one`() {
    var state = Self.calm()
    Self.receive(1...2, isUnpaid: true, after: 1, &state)
    state.letTimePass(to: .sample + .seconds(200))
    #expect(Self.lines(state)[0].hasSuffix(">STA ×6"))
    Self.receive(1...2, isUnpaid: true, after: 210, &state)
    Self.receive(3...6, after: 211, &state)
    #expect(Self.lines(state).count == 4)
    #expect(Self.lines(state)[0] == "answering ×6")
  }

  @Test func `templates, numbers that come and go, and reloads are events`() {
    var state = Self.calm()
    let list = { (status: String) in
      TemplateList(waba: "7", templates: .success([.sample("promo", status), .sample("otp")]))
    }
    state.receive(FleetUpdate(templates: [list("APPROVED")]), at: .sample)
    let later = Moment.sample + .seconds(300)
    state.receive(
      FleetUpdate(appeared: [.sample("7")], templates: [list("PAUSED")]),
      at: later
    )
    state.receive(FleetUpdate(vanished: [PhoneNumber.sample("2").id]), at: later)
    state.noteReload("+1 number", at: later)
    #expect(
      Self.lines(state) == [
        "+1 number ×0", "vanished ×1", "APPROVED>PAUSED TEMPLATE PAUSED ×0", "appeared ×1",
        "started ×0",
      ]
    )
  }

  @Test func `the journal is bounded, and the oldest go first`() {
    var limits = EventJournal.Limits()
    limits.events = 50
    var journal = EventJournal(startedAt: .sample, limits: limits)
    for index in 1...200 { journal.note(reload: "\(index)", at: .sample + .seconds(index)) }
    #expect(journal.count <= 50)
    #expect(journal.hasDropped)
    #expect(journal.events.last?.kind == .reloaded("200"))
    #expect(journal.index(of: 3) == nil)
    #expect(journal.index(of: 200) == journal.count - 1)
  }

  @Test func `the cursor follows the latest until it is moved, and again when asked to`() {
    var state = Self.calm().after(.showEvents)
    Self.receive(1...1, isUnpaid: true, after: 30, &state)
    #expect(state.selectedEvent?.event.kind == .states(from: .available, to: .blocked))
    state = state.after(.move(.down))
    #expect(state.selectedEvent?.event.kind == .started)
    Self.receive(2...2, quality: "RED", after: 90, &state)
    #expect(state.selectedEvent?.event.kind == .started)
    #expect(state.events.selectedRow == 2)
    state = state.after(.followTail)
    #expect(state.events.followsTail && state.events.selectedRow == 0)
  }

  @Test func `incidents are jumped to, events unfold, and a number's are shown alone`() {
    var state = Self.calm()
    Self.receive(1...3, isUnpaid: true, after: 30, &state)
    Self.receive(1...3, after: 90, &state)
    state = state.after(.showEvents, .olderIncident)
    #expect(state.events.selectedRow == 1)
    state = state.after(.open)
    #expect(state.eventRowCount == 6)
    #expect(state.after(.move(.down), .open, .open).treeNumber?.target == "1")
    #expect(state.after(.open).eventRowCount == 3)
    #expect(state.after(.newerIncident).shell.message?.text == "No later incident.")
    let ofNumber = Self.calm().after(.show(.list), .showEventsOfChosen)
    #expect(ofNumber.eventCount == 0)
    let own = state.after(.show(.list), .showEventsOfChosen)
    #expect(own.eventCount == 2)
    #expect(own.after(.back).route == .list)
  }

  @Test func `a pause stands still and misses nothing`() {
    var state = Self.calm().after(.showEvents, .togglePause)
    var monitor = state.monitor
    for (seconds, isUnpaid) in [(30, true), (60, false)] {
      let moment = Moment.sample + .seconds(seconds)
      let reading = CausesTests.reading("1", isUnpaid: isUnpaid, at: moment)
      _ = monitor.receive(FleetUpdate(readings: [reading]), at: moment)
      state.adopt(monitor.takeSnapshot(), at: moment)
    }
    #expect(Self.lines(state) == ["started ×0"])
    state = state.after(.togglePause)
    state.adopt(monitor.takeSnapshot(), at: state.now)
    #expect(
      Self.lines(state) == ["BLO>AVA WABA 7 ×1 30s", "AVA>BLO WABA 7 ×1", "started ×0"]
    )
  }

  @Test func `the bars of the run count every event once`() {
    var state = Self.calm()
    for index in 1...5 { state.noteReload("\(index)", at: .sample + .seconds(index * 100)) }
    let density = state.eventDensity(parts: 10)
    #expect(density?.counts.reduce(0, +) == 6)
    #expect(density?.counts.count == 10)
    #expect(density?.part == .seconds(50))
  }
}
