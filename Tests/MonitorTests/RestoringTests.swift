import Health
import TestSupport
import Testing

@testable import Monitor

/// What was known before this run is shown as it was, and told by nobody.
@Suite struct RestoringTests {
  private static let account = Account.samples[0]
  private static let number = PhoneNumber(
    account: account.name,
    provider: account.provider,
    target: "106540352242922"
  )
  private static let waba = EntityReference(type: .waba, id: "102290129340398")

  private static func reading(_ word: String, at moment: Moment) -> Reading {
    let waba = HealthEntity(
      type: AsSent("WABA"),
      id: waba.id,
      canSendMessage: AsSent(word)
    )
    return Reading(
      number: number,
      moment: moment,
      result: .success(HealthReport(root: AsSent(word), entities: [waba]))
    )
  }

  private static func failure(at moment: Moment) -> Reading {
    Reading(number: number, moment: moment, result: .failure(.sampleTimeout))
  }

  /// A run that has just begun, with an account that was not polled yet.
  private static func run() -> MonitorState {
    var monitor = MonitorState(startedAt: .sample)
    _ = monitor.receive(
      FleetUpdate(accounts: [AccountCondition(account: account, effectiveRefresh: .seconds(60))]),
      at: .sample
    )
    return monitor
  }

  private static func known(
    _ latest: Reading,
    told: ToldState?,
    failure: ProviderError? = nil
  ) -> RememberedFleet {
    var known = RememberedFleet()
    known.numbers = [
      RememberedNumber(
        number: number,
        latest: latest,
        lastGood: latest.report == nil ? nil : latest,
        told: told
      )
    ]
    var condition = AccountCondition(account: account, effectiveRefresh: .seconds(60))
    condition.failure = failure
    condition.failingSince = failure.map { _ in .sample(ago: .seconds(7200)) }
    known.accounts = [condition]
    return known
  }

  private static func states(_ changes: [Change]) -> [HealthState?] {
    changes.flatMap { change -> [HealthState?] in
      if case .number(_, let from, let to) = change.event { [from, to] } else { [] }
    }
  }

  @Test func `a number that flapped goes on flapping, without another event`() throws {
    var monitor = Self.run()
    var polls = PollStates()
    for state in [HealthState.available, .blocked, .available, .blocked, .available, .blocked] {
      polls.note(state)
    }
    polls.note(.available)
    try #require(polls.worst == .blocked)
    let latest = Self.reading("AVAILABLE", at: .sample(ago: .seconds(20)))
    var known = Self.known(
      latest,
      told: ToldState(state: .available, since: .sample(ago: .seconds(20)))
    )
    known.numbers = known.numbers.map {
      RememberedNumber(
        number: $0.number,
        latest: $0.latest,
        lastGood: $0.lastGood,
        told: $0.told,
        polls: polls
      )
    }
    monitor.restore(known, at: .sample)
    #expect(monitor.fleet[Self.number.id]?.polls == polls)
    let now = Moment.sample + .seconds(10)
    let again = monitor.receive(
      FleetUpdate(readings: [Self.reading("AVAILABLE", at: now)]),
      at: now
    )
    #expect(monitor.fleet[Self.number.id]?.polls.isFlapping == true)
    #expect(again.isEmpty)
    // Its end is told.
    var ends: [Change] = []
    for poll in 1...20 {
      let now = Moment.sample + .seconds(10 + 30 * poll)
      ends += monitor.receive(
        FleetUpdate(readings: [Self.reading("AVAILABLE", at: now)]),
        at: now
      )
    }
    #expect(ends.count == 1)
    #expect(ends.first.map { if case .steady = $0.event { true } else { false } } == true)
  }

  @Test func `a number goes on as it was, since when it was so, and without a word`() throws {
    var monitor = Self.run()
    let since = Moment.sample(ago: .seconds(7200))
    let blocked = ToldState(state: .blocked, since: since, former: .available)
    let latest = Self.reading("BLOCKED", at: .sample(ago: .seconds(20)))
    monitor.restore(Self.known(latest, told: blocked), at: .sample)

    let record = try #require(monitor.fleet[Self.number.id])
    #expect(record.state == .blocked)
    #expect(record.stateSince == since && !record.sinceIsLowerBound)
    #expect(record.previousState == .available)
    #expect(record.latest?.moment == .sample(ago: .seconds(20)))
    let cause = try #require(monitor.causes.cause(.entity(Self.waba), in: monitor.fleet))
    #expect(cause.since == since && !cause.sinceIsLowerBound)
    #expect(monitor.journal.count == 1)
    #expect(record.hours.isEmpty)

    let again = Self.reading("BLOCKED", at: .sample + .seconds(1))
    #expect(monitor.receive(FleetUpdate(readings: [again]), at: .sample + .seconds(1)) == [])
    #expect(monitor.fleet[Self.number.id]?.stateSince == since)
    #expect(monitor.journal.count == 1)
    #expect(monitor.causes.cause(.entity(Self.waba), in: monitor.fleet)?.since == since)
  }

  @Test func `what changed while nobody looked is told as a change from then`() throws {
    var monitor = Self.run()
    let since = Moment.sample(ago: .seconds(7200))
    let latest = Self.reading("BLOCKED", at: .sample(ago: .seconds(3600)))
    monitor.restore(
      Self.known(latest, told: ToldState(state: .blocked, since: since)),
      at: .sample
    )
    // An hour old: it says nothing of now.
    #expect(monitor.fleet[Self.number.id]?.state == .stale)
    #expect(monitor.advance(to: .sample + .seconds(600)) == [])

    let now = Moment.sample + .seconds(601)
    let fine = FleetUpdate(readings: [Self.reading("AVAILABLE", at: now)])
    let changes = monitor.receive(fine, at: now)
    #expect(Self.states(changes) == [.blocked, .available])
    let event = try #require(monitor.journal.events.last)
    #expect(event.lasted == .seconds(7200 + 601) && !event.lastedIsLowerBound)
  }

  @Test func `a first answer that fails ages the number, and an old one is no news`() {
    var monitor = Self.run()
    let available = ToldState(state: .available, since: .sample(ago: .seconds(9000)))
    let latest = Self.reading("AVAILABLE", at: .sample(ago: .seconds(30)))
    monitor.restore(Self.known(latest, told: available), at: .sample)
    let now = Moment.sample + .seconds(1)
    #expect(monitor.receive(FleetUpdate(readings: [Self.failure(at: now)]), at: now) == [])
    #expect(monitor.fleet[Self.number.id]?.state == .available)
    let later = Moment.sample + .seconds(200)
    #expect(Self.states(monitor.advance(to: later)) == [.available, .stale])
  }

  @Test func `what was polled in this run already wins`() {
    var monitor = Self.run()
    let now = Moment.sample + .seconds(1)
    let fine = FleetUpdate(readings: [Self.reading("AVAILABLE", at: now)])
    _ = monitor.receive(fine, at: now)
    let latest = Self.reading("BLOCKED", at: .sample(ago: .seconds(20)))
    monitor.restore(Self.known(latest, told: nil), at: now)
    #expect(monitor.fleet[Self.number.id]?.state == .available)
    #expect(monitor.fleet[Self.number.id]?.latest?.moment == now)
  }

  @Test func `of an account of another provider, and of one that is gone, nothing is shown`() {
    var monitor = MonitorState(startedAt: .sample)
    let other = Account(
      name: Self.account.name,
      provider: "another",
      requestsPerMinute: nil,
      concurrency: 1
    )
    _ = monitor.receive(
      FleetUpdate(accounts: [AccountCondition(account: other, effectiveRefresh: .seconds(60))]),
      at: .sample
    )
    let latest = Self.reading("BLOCKED", at: .sample(ago: .seconds(20)))
    monitor.restore(Self.known(latest, told: nil, failure: .sampleTimeout), at: .sample)
    #expect(monitor.fleet.records.isEmpty)
    #expect(monitor.fleet.accounts[0].failure == nil)
  }

  @Test func `an account that failed is still failing, since when it was, until it answers`() {
    var monitor = Self.run()
    let latest = Self.failure(at: .sample(ago: .seconds(30)))
    monitor.restore(Self.known(latest, told: nil, failure: .sampleTimeout), at: .sample)
    #expect(monitor.fleet.accounts[0].failingSince == .sample(ago: .seconds(7200)))
    #expect(monitor.journal.count == 1)

    var condition = monitor.fleet.accounts[0]
    condition.lastError = PollError(.sampleTimeout, at: .sample, of: nil)
    #expect(monitor.receive(FleetUpdate(accounts: [condition]), at: .sample) == [])
    (condition.failure, condition.failingSince) = (nil, nil)
    let changes = monitor.receive(FleetUpdate(accounts: [condition]), at: .sample)
    #expect(changes.count == 1)
    if case .answering = changes.first?.event {} else { Issue.record("\(changes)") }
  }

  @Test func `templates that can't be sent go on since it was told`() throws {
    var monitor = Self.run()
    let latest = Self.reading("AVAILABLE", at: .sample(ago: .seconds(20)))
    var known = Self.known(latest, told: nil)
    let template = MessageTemplate.sample("welcome", "PAUSED")
    let list = TemplateList(waba: Self.waba.id, templates: .success([template]))
    let told = Moment.sample(ago: .seconds(5000))
    known.templates = [(list, .sample(ago: .seconds(100)))]
    known.templateChanges = [.init(waba: Self.waba.id, id: template.id): told]
    monitor.restore(known, at: .sample)
    let cause = try #require(monitor.causes.cause(.templates(.paused), in: monitor.fleet))
    #expect(cause.since == told && !cause.sinceIsLowerBound)
    #expect(monitor.receive(FleetUpdate(templates: [list]), at: .sample) == [])
  }

  @Test func `numbers of accounts that are not configured any more vanish`() {
    var monitor = Self.run()
    let latest = Self.reading("AVAILABLE", at: .sample(ago: .seconds(20)))
    monitor.restore(Self.known(latest, told: nil), at: .sample)
    let changes = monitor.receive(FleetUpdate(accountOrder: []), at: .sample)
    #expect(monitor.fleet.records.isEmpty)
    #expect(changes.count == 1)
  }
}
