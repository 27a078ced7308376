import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// What WABAs, businesses and apps say of themselves counts for every number under them.
@Suite struct SurroundingsTests {
  private let waba = EntityReference(type: .waba, id: "9")
  private let business = EntityReference(type: .business, id: "8")

  private func moment(_ seconds: Double) -> Moment {
    Moment(date: Date(timeIntervalSince1970: 7_200 + seconds), uptime: .seconds(seconds))
  }

  private func number(_ id: String) -> PhoneNumber {
    PhoneNumber(account: "acme", provider: "meta", target: id)
  }

  private func reading(
    _ id: String,
    waba: String? = "9",
    state: String = "AVAILABLE",
    status: String = "CONNECTED",
    at seconds: Double = 0
  ) -> Reading {
    let entities = [
      HealthEntity(type: AsSent("PHONE_NUMBER"), id: id, canSendMessage: AsSent("AVAILABLE")),
      waba.map { HealthEntity(type: AsSent("WABA"), id: $0, canSendMessage: AsSent(state)) },
    ]
    let report = HealthReport(
      root: AsSent(state),
      entities: entities.compactMap(\.self),
      facts: PhoneNumberFacts(status: AsSent(status))
    )
    return Reading(number: number(id), moment: moment(seconds), result: .success(report))
  }

  private func facts(
    _ reference: EntityReference,
    _ conditions: [EntityCondition],
    parent: EntityReference? = nil
  ) -> FleetUpdate {
    FleetUpdate(
      entities: [
        EntityFacts(reference: reference, name: nil, conditions: conditions, parent: parent)
      ]
    )
  }

  @Test(arguments: [
    (EntityCondition(.status, "DISABLED"), Severity.critical),
    (.init(.status, "banned"), .critical),
    (.init(.status, "RESTRICTED"), .warning), (.init(.status, "ACTIVE"), .ok),
    (.init(.review, "REJECTED"), .warning), (.init(.review, "PENDING"), .ok),
    (.init(.ban, "DISABLE"), .critical), (.init(.ban, "SCHEDULE_FOR_DISABLE"), .warning),
    (.init(.ban, "REINSTATE"), .ok), (.init(.verification, "Failed"), .warning),
    (.init(.verification, "rejected"), .warning), (.init(.verification, "verified"), .ok),
    (.init(.verification, "not_verified"), .ok), (.init(.status, "TOMORROW"), .ok),
    (.init(.restriction, sentence: "Restricted: ALL.", severity: .warning), .warning),
  ])
  func `a word weighs as promised, whichever comes first`(
    condition: EntityCondition,
    severity: Severity
  ) throws {
    for order in [[true, false], [false, true]] {
      var fleet = Fleet()
      for isReading in order {
        let update =
          isReading ? FleetUpdate(readings: [reading("1")]) : facts(waba, [condition])
        _ = fleet.receive(update, at: moment(0))
      }
      let record = try #require(fleet[number("1").id])
      #expect(record.assessment.severity == severity)
      #expect(record.assessment.verdict.word == .available)
      #expect(record.assessment.causes.map(\.kind) == (severity == .ok ? [] : [.entity(.waba)]))
      #expect(record.assessment.causes.allSatisfy { $0.id == "9" && $0.whoActs == .you })
      #expect(record.assessment.causes.allSatisfy { Knowledge.entry(for: $0) != nil })
      #expect(fleet.causes.map(\.severity) == (severity == .ok ? [] : [severity]))
    }
  }

  @Test func `every number under it is looked at, and no other`() {
    var fleet = Fleet()
    let readings = [reading("1"), reading("2"), reading("3", waba: "7")]
    _ = fleet.receive(FleetUpdate(readings: readings), at: moment(0))
    let change = fleet.receive(facts(waba, [.init(.status, "DISABLED")]), at: moment(1))
    #expect(change.places == [0, 1])
    #expect(fleet.records.map(\.state) == [.critical, .critical, .available])
    #expect(fleet.causes.map(\.hit) == [2])
    let back = fleet.receive(facts(waba, [.init(.status, "ACTIVE")]), at: moment(2))
    #expect(back.places == [0, 1])
    #expect(fleet.records.map(\.state) == [.available, .available, .available])
    #expect(fleet.causes.isEmpty)
  }

  @Test func `a business counts for the numbers of its WABAs, listed or not`() {
    var fleet = Fleet()
    _ = fleet.receive(FleetUpdate(readings: [reading("1")]), at: moment(0))
    _ = fleet.receive(facts(business, [.init(.verification, "FAILED")]), at: moment(1))
    #expect(fleet.records[0].state == .available)
    _ = fleet.receive(facts(waba, [.init(.status, "ACTIVE")], parent: business), at: moment(2))
    #expect(fleet.records[0].state == .warning)
    #expect(fleet.records[0].assessment.causes.map(\.kind) == [.entity(.business)])
    _ = fleet.receive(facts(business, [.init(.verification, "VERIFIED")]), at: moment(3))
    #expect(fleet.records[0].state == .available)
  }

  @Test func `a number in a WABA's list hangs on it though its answer names none`() {
    var fleet = Fleet()
    guard var report = reading("1", waba: nil).report else { return }
    report.businessAccount = "9"
    let reading = Reading(number: number("1"), moment: moment(0), result: .success(report))
    _ = fleet.receive(FleetUpdate(readings: [reading]), at: moment(0))
    _ = fleet.receive(facts(waba, [.init(.review, "REJECTED")]), at: moment(1))
    #expect(fleet.records[0].state == .warning)
    #expect(fleet.count(sharing: waba) == 1)
  }

  @Test func `a failed poll stays unknown, whatever its account says of itself`() {
    var fleet = Fleet()
    _ = fleet.receive(facts(waba, [.init(.status, "DISABLED")]), at: moment(0))
    let failure = ProviderError(.timedOut, "Too slow.")
    let reading = Reading(number: number("1"), moment: moment(1), result: .failure(failure))
    _ = fleet.receive(FleetUpdate(readings: [reading]), at: moment(1))
    #expect(fleet.records[0].assessment.severity == .unknown)
  }

  @Test func `an entity that is worse for some numbers counts by the worst`() {
    var fleet = Fleet()
    _ = fleet.receive(FleetUpdate(readings: [reading("1", state: "LIMITED")]), at: moment(0))
    #expect(fleet.causes.map(\.severity) == [.warning])
    _ = fleet.receive(FleetUpdate(readings: [reading("2", state: "BLOCKED")]), at: moment(1))
    #expect(fleet.causes.map(\.severity) == [.critical])
    #expect(fleet.causes.count { $0.severity == .critical } == 1)
    _ = fleet.receive(FleetUpdate(readings: [reading("2", state: "AVAILABLE")]), at: moment(2))
    #expect(fleet.causes.map(\.severity) == [.warning])
  }

  @Test func `a restriction does not end by itself where the account is restricted as well`() {
    var fleet = Fleet()
    let restricted = reading("1", status: "RESTRICTED")
    _ = fleet.receive(FleetUpdate(readings: [restricted]), at: moment(0))
    #expect(fleet.records[0].assessment.causes.map(\.topic) == [.restricted])
    _ = fleet.receive(facts(waba, [.init(.status, "RESTRICTED")]), at: moment(1))
    #expect(fleet.records[0].assessment.causes.map(\.whoActs) == [.you, .you])
    #expect(fleet.records[0].assessment.causes.first?.topic == .policyRestriction)
    #expect(
      fleet.records[0].assessment.causes.first?.text
        == "Restricted by policy: status is RESTRICTED."
    )
  }

  @Test func `that no app is subscribed is one signal, with the number's id`() {
    var fleet = Fleet()
    let webhook = EntityCondition(
      .webhook,
      sentence: "No app is subscribed to WABA 9.",
      severity: .warning
    )
    _ = fleet.receive(FleetUpdate(readings: [reading("1")]), at: moment(0))
    _ = fleet.receive(facts(waba, [webhook]), at: moment(0))
    #expect(fleet.records[0].assessment.causes.map(\.kind) == [.webhook])
    #expect(fleet.records[0].assessment.causes.map(\.id) == ["1"])
    #expect(fleet.records[0].assessment.causes.map(\.whoActs) == [.you])
  }

  @Test func `what Meta says to the number itself is kept where no app is subscribed`() {
    var fleet = Fleet()
    let words = "Your app is not subscribed to the message webhook."
    let app = HealthEntity(
      type: AsSent("APP"),
      id: "7",
      canSendMessage: AsSent("AVAILABLE"),
      additionalInfo: [words]
    )
    guard var report = reading("1").report else { return }
    report.entities.append(app)
    let told = Reading(number: number("1"), moment: moment(0), result: .success(report))
    _ = fleet.receive(FleetUpdate(readings: [told, reading("2")]), at: moment(0))
    let sentence = "No app is subscribed to this business account."
    let webhook = EntityCondition(.webhook, sentence: sentence, severity: .warning)
    _ = fleet.receive(facts(waba, [webhook]), at: moment(1))
    #expect(fleet.records[0].assessment.causes.map(\.text) == [words])
    #expect(fleet.records[1].assessment.causes.map(\.text) == [sentence])
  }

  @Test func `a WABA's own health is one cause with what the number's answer says of it`() throws {
    let error = EntityError(code: .number(141_006), description: "No payment.", solution: nil)
    let blocked = HealthEntity(
      type: AsSent("WABA"),
      id: "9",
      canSendMessage: AsSent("BLOCKED"),
      errors: [error]
    )
    let health = try #require(EntityCondition(health: blocked))
    for isListed in [true, false] {
      var fleet = Fleet()
      guard var report = reading("1", waba: nil).report else { return }
      report.businessAccount = "9"
      if isListed { report.entities.append(blocked) }
      let told = Reading(number: number("1"), moment: moment(0), result: .success(report))
      _ = fleet.receive(FleetUpdate(readings: [told]), at: moment(0))
      _ = fleet.receive(facts(waba, [health]), at: moment(1))
      #expect(fleet.records[0].assessment.severity == .critical)
      #expect(fleet.records[0].assessment.causes.map(\.code) == [.number(141_006)])
    }
    let fine = HealthEntity(type: AsSent("WABA"), id: "9", canSendMessage: AsSent("AVAILABLE"))
    #expect(EntityCondition(health: fine)?.severity == .ok)
  }

  /// A node is read every ten minutes, and the numbers under it much more often.
  @Test func `a number's newer answer counts more than what its WABA said of itself`() throws {
    let blocked = HealthEntity(type: AsSent("WABA"), id: "9", canSendMessage: AsSent("BLOCKED"))
    let fine = HealthEntity(type: AsSent("WABA"), id: "9", canSendMessage: AsSent("AVAILABLE"))
    let health = try #require(EntityCondition(health: blocked))
    var report = try #require(reading("1", waba: nil).report)
    report.businessAccount = "9"
    var listing = report
    listing.entities.append(fine)
    func severities(_ listed: HealthReport, at seconds: Double, in fleet: inout Fleet) -> [Severity]
    {
      let readings = [("1", listed), ("2", report)].map { target, report in
        Reading(number: number(target), moment: moment(seconds), result: .success(report))
      }
      _ = fleet.receive(FleetUpdate(readings: readings), at: moment(seconds))
      return fleet.records.map(\.assessment.severity)
    }
    var fleet = Fleet()
    #expect(severities(listing, at: 0, in: &fleet) == [.ok, .ok])
    _ = fleet.receive(facts(waba, [health]), at: moment(1))
    // Read within a minute, both are of one time: the worst counts.
    #expect(severities(listing, at: 30, in: &fleet) == [.critical, .critical])
    // The other number's answer says nothing of the WABA.
    #expect(severities(listing, at: 90, in: &fleet) == [.ok, .critical])
    _ = fleet.receive(facts(waba, [health]), at: moment(100))
    #expect(fleet.records.map(\.assessment.severity) == [.critical, .critical])
  }

  @Test func `an entity without an id stays one cause when the number's name arrives`() {
    var fleet = Fleet()
    let bare = HealthEntity(type: nil, id: nil, canSendMessage: AsSent("BLOCKED"))
    for name in [nil, "+44 7700 900131"] {
      let report = HealthReport(
        entities: [bare],
        facts: PhoneNumberFacts(displayNumber: name)
      )
      let reading = Reading(number: number("1"), moment: moment(1), result: .success(report))
      _ = fleet.receive(FleetUpdate(readings: [reading]), at: moment(1))
    }
    _ = fleet.receive(FleetUpdate(readings: [reading("1", at: 2)]), at: moment(2))
    #expect(fleet.causes.isEmpty)
  }
}
