import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

@Suite struct FleetTests {
  private let account = Account(
    name: "acme",
    provider: "meta",
    refresh: .seconds(30),
    requestsPerMinute: 60,
    concurrency: 4
  )
  private let number = PhoneNumber(account: "acme", provider: "meta", target: "1")

  private func moment(_ seconds: Double) -> Moment {
    Moment(date: Date(timeIntervalSince1970: 7_200 + seconds), uptime: .seconds(seconds))
  }

  private func report(_ state: String, waba: String = "9") -> HealthReport {
    HealthReport(
      root: AsSent(state),
      entities: [
        HealthEntity(type: AsSent("PHONE_NUMBER"), id: "1", canSendMessage: AsSent("AVAILABLE")),
        HealthEntity(type: AsSent("WABA"), id: waba, canSendMessage: AsSent(state)),
      ],
      facts: PhoneNumberFacts(displayNumber: "+44 7700 900-131")
    )
  }

  private func fleet() -> Fleet {
    var fleet = Fleet()
    let condition = AccountCondition(account: account, effectiveRefresh: .seconds(30))
    _ = fleet.receive(FleetUpdate(appeared: [number], accounts: [condition]), at: moment(0))
    return fleet
  }

  private func read(
    _ fleet: inout Fleet,
    _ result: Result<HealthReport, ProviderError>,
    at seconds: Double,
    number other: PhoneNumber? = nil
  ) {
    let reading = Reading(number: other ?? number, moment: moment(seconds), result: result)
    _ = fleet.receive(FleetUpdate(readings: [reading]), at: moment(seconds))
  }

  @Test func `a number is unknown before its first answer`() throws {
    let fleet = fleet()
    #expect(fleet.records.map(\.state) == [.unknown])
    #expect(fleet.counts[.unknown] == 1 && fleet.counts.polled == 0)
    #expect(fleet.records.first?.displayNumber == "1")
  }

  @Test func `accounts follow the order that they are given, and the others are gone`() {
    var fleet = fleet()
    let others = ["beta", "alpha"].map { name in
      Account(name: name, provider: "meta", requestsPerMinute: 60, concurrency: 4)
    }
    let conditions = others.map { AccountCondition(account: $0, effectiveRefresh: .seconds(60)) }
    let update = FleetUpdate(accounts: conditions, accountOrder: ["alpha", "beta"])
    #expect(fleet.receive(update, at: moment(1)).touchesSurroundings)
    #expect(fleet.accounts.map(\.account.name) == ["alpha", "beta"])
  }

  @Test func `only readings that show something else alter a number`() {
    var fleet = fleet()
    func change(_ word: String, at second: Double) -> FleetChange {
      let reading = Reading(number: number, moment: moment(second), result: .success(report(word)))
      return fleet.receive(FleetUpdate(readings: [reading]), at: moment(second))
    }
    #expect(change("AVAILABLE", at: 1).altered == [0])
    let repeated = change("AVAILABLE", at: 2)
    #expect(repeated.places == [0] && repeated.altered.isEmpty)
    #expect(change("BLOCKED", at: 3).altered == [0])
    #expect(fleet.advance(to: moment(1000)).altered == [0])
  }

  @Test func `a number that appears again under another label keeps what is known of it`() {
    var fleet = fleet()
    read(&fleet, .success(report("BLOCKED")), at: 1)
    let labelled = PhoneNumber(account: "acme", provider: "meta", target: "1", label: "Support")
    let change = fleet.receive(FleetUpdate(appeared: [labelled]), at: moment(2))
    #expect(change.places == [0])
    #expect(fleet[number.id]?.number.label == "Support")
    #expect(fleet[number.id]?.state == .blocked)
  }

  @Test func `a failed poll leaves the last good state, which ages into what the failure is`()
    throws
  {
    var fleet = fleet()
    read(&fleet, .success(report("BLOCKED")), at: 1)
    read(&fleet, .failure(ProviderError(.unreachable, "Nobody answers.")), at: 31)
    #expect(fleet[number.id]?.state == .blocked)
    #expect(fleet[number.id]?.failure?.kind == .unreachable)
    _ = fleet.advance(to: moment(91))
    #expect(fleet[number.id]?.state == .blocked)
    let change = fleet.advance(to: moment(91.1))
    #expect(change.places == [0])
    #expect(fleet[number.id]?.state == .stale)
    #expect(fleet.counts[.stale] == 1 && fleet.counts[.blocked] == 0)
    #expect(fleet[number.id]?.lastGood?.report == report("BLOCKED"))
  }

  @Test func `an account that is refused and asked more rarely for it stays unknown`() {
    var fleet = fleet()
    read(&fleet, .success(report("AVAILABLE")), at: 0)
    let refused = ProviderError(.credentialRejected, "Key.")
    let account = Account(
      name: number.account,
      provider: number.provider,
      requestsPerMinute: nil,
      concurrency: 1
    )
    let condition = AccountCondition(
      account: account,
      effectiveRefresh: .seconds(30),
      failure: refused,
      failingSince: moment(80)
    )
    _ = fleet.receive(FleetUpdate(accounts: [condition]), at: moment(80))
    read(&fleet, .failure(refused), at: 80)
    for seconds in [95, 171, 400] {
      _ = fleet.advance(to: moment(Double(seconds)))
      #expect(fleet[number.id]?.state == .unknown, "\(seconds)")
    }
  }

  @Test func `a failed poll leaves the names that an answer without health brought`() {
    var fleet = fleet()
    let bare = HealthReport(facts: PhoneNumberFacts(verifiedName: "Acme"))
    read(&fleet, .success(bare), at: 0)
    read(&fleet, .failure(ProviderError(.providerError, "503.")), at: 30)
    #expect(fleet[number.id]?.name == "Acme")
  }

  @Test func `answers without health turn it unknown, silence turns it stale`() {
    var fleet = fleet()
    read(&fleet, .success(report("AVAILABLE")), at: 0)
    read(&fleet, .failure(ProviderError(.credentialRejected, "Key.")), at: 80)
    _ = fleet.advance(to: moment(95))
    #expect(fleet[number.id]?.state == .unknown)
    _ = fleet.advance(to: moment(171))
    #expect(fleet[number.id]?.state == .stale)
    read(&fleet, .success(report("AVAILABLE")), at: 172)
    #expect(fleet[number.id]?.state == .available)
  }

  @Test func `a number that never answered is unknown, not stale`() {
    var fleet = fleet()
    read(&fleet, .failure(ProviderError(.timedOut, "Too slow.")), at: 1)
    _ = fleet.advance(to: moment(500))
    #expect(fleet[number.id]?.state == .unknown)
    #expect(fleet.counts.polled == 1)
  }

  @Test func `a state is since its change, and a first one since at least its reading`() {
    var fleet = fleet()
    read(&fleet, .success(report("AVAILABLE")), at: 5)
    #expect(fleet[number.id]?.stateSince == moment(5))
    #expect(fleet[number.id]?.sinceIsLowerBound == true)
    read(&fleet, .success(report("AVAILABLE")), at: 35)
    #expect(fleet[number.id]?.stateSince == moment(5))
    read(&fleet, .success(report("BLOCKED")), at: 65)
    #expect(fleet[number.id]?.stateSince == moment(65))
    #expect(fleet[number.id]?.sinceIsLowerBound == false)
    #expect(fleet[number.id]?.previousState == .available)
  }

  @Test func `numbers that share a cause are one line`() throws {
    var fleet = fleet()
    let second = PhoneNumber(account: "acme", provider: "meta", target: "2")
    read(&fleet, .success(report("BLOCKED")), at: 1)
    read(&fleet, .success(report("BLOCKED")), at: 2, number: second)
    read(&fleet, .success(report("BLOCKED")), at: 31)
    let cause = try #require(fleet.causes.first)
    #expect(fleet.causes.count == 1)
    #expect(cause.id == .entity(EntityReference(type: .waba, id: "9")))
    #expect(cause.hit == 2)
    read(&fleet, .success(report("AVAILABLE")), at: 61)
    #expect(fleet.causes.map(\.hit) == [1])
    read(&fleet, .success(report("AVAILABLE")), at: 62, number: second)
    #expect(fleet.causes.isEmpty)
  }

  @Test func `failures of an account are one cause of ours`() throws {
    var fleet = fleet()
    read(&fleet, .failure(ProviderError(.credentialRejected, "Key.")), at: 1)
    let cause = try #require(fleet.causes.first)
    #expect(cause.id == .account("acme", .keyRejected))
    #expect(cause.id.isPolling)
  }

  @Test func `an entity knows its numbers while they move`() {
    var fleet = fleet()
    let nine = EntityReference(type: .waba, id: "9")
    let eight = EntityReference(type: .waba, id: "8")
    read(&fleet, .success(report("AVAILABLE")), at: 1)
    #expect(fleet.numbers(sharing: nine) == [0])
    read(&fleet, .success(report("AVAILABLE", waba: "8")), at: 2)
    #expect(fleet.numbers(sharing: nine).isEmpty)
    #expect(fleet.numbers(sharing: eight) == [0])
  }

  @Test func `a number that vanished is counted no more`() {
    var fleet = fleet()
    let second = PhoneNumber(account: "acme", provider: "meta", target: "2")
    read(&fleet, .success(report("BLOCKED")), at: 1)
    read(&fleet, .success(report("BLOCKED")), at: 2, number: second)
    let change = fleet.receive(FleetUpdate(vanished: [number.id]), at: moment(3))
    #expect(change.removed == [number.id])
    #expect(change.replaced == [0])
    #expect(fleet.records.map(\.id) == [second.id])
    #expect(fleet.index(of: second.id) == 0)
    #expect(fleet.counts[.blocked] == 1 && fleet.counts.total == 1)
    #expect(fleet.causes.map(\.hit) == [1])
    _ = fleet.advance(to: moment(93))
    #expect(fleet[second.id]?.state == .stale)
  }

  @Test func `templates that could not be read leave the last good list`() throws {
    var fleet = fleet()
    let good = TemplateList(waba: "9", templates: .success([]))
    let bad = TemplateList(waba: "9", templates: .failure(ProviderError(.timedOut, "Slow.")))
    _ = fleet.receive(FleetUpdate(templates: [bad]), at: moment(1))
    #expect(fleet.templates(of: "9") == bad)
    _ = fleet.receive(FleetUpdate(templates: [good]), at: moment(2))
    _ = fleet.receive(FleetUpdate(templates: [bad]), at: moment(3))
    #expect(fleet.templates(of: "9") == good)
  }

  @Test func `the effective interval decides how long a reading counts`() {
    var fleet = fleet()
    let slow = AccountCondition(account: account, effectiveRefresh: .seconds(300))
    _ = fleet.receive(FleetUpdate(accounts: [slow]), at: moment(0))
    read(&fleet, .success(report("AVAILABLE")), at: 1)
    _ = fleet.advance(to: moment(900))
    #expect(fleet[number.id]?.state == .available)
    _ = fleet.advance(to: moment(902))
    #expect(fleet[number.id]?.state == .stale)
  }

  @Test(arguments: [
    ("+44 7700 900131", "+447700900131"), ("15550100101", "+15550100101"),
    ("+1 (555) 010-0101", "+15550100101"), ("+91 4X XXXX X139", "+914XXXXXX139"),
  ])
  func `lists show a number without its blanks`(sent: String, shown: String) {
    var fleet = fleet()
    var report = report("AVAILABLE")
    report.facts.displayNumber = sent
    read(&fleet, .success(report), at: 1)
    #expect(fleet[number.id]?.displayNumber == shown)
  }

  @Test func `the strip shows the worst state of each hour that was seen`() {
    var fleet = fleet()
    read(&fleet, .success(report("AVAILABLE")), at: 0)
    read(&fleet, .success(report("BLOCKED")), at: 10)
    read(&fleet, .success(report("AVAILABLE")), at: 20)
    let hours = 3_600.0
    read(&fleet, .success(report("AVAILABLE")), at: 2 * hours)
    let strip = fleet[number.id]?.hours.states(in: 24, at: moment(3 * hours).date)
    #expect(strip?.suffix(5) == [nil, .blocked, .available, .available, .available])
    #expect(fleet[number.id]?.hours.states(in: 8, at: moment(2 * hours).date).last == .blocked)
  }
}
