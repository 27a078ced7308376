import Testing

import struct Foundation.Date

@testable import Health
@testable import Monitor

/// What is kept once for many must not change what any of them says.
struct SharingTests {
  private let number = PhoneNumber(account: "acme", provider: "kapso", target: "1")

  @Test func `facts come out as they went in`() {
    let facts = [
      Fact("a", ""), Fact("", "b"), Fact("name \u{0}", "value \u{0}\n😀"),
      Fact("long", String(repeating: "é", count: 70_000)),
    ]
    #expect(PackedFacts(facts).facts == facts)
    #expect(PackedFacts([]).facts.isEmpty)
    #expect(PackedFacts(facts) != PackedFacts(facts.reversed()))
  }

  @Test func `an answer that says the same makes the number younger, and no more`() throws {
    var fleet = Fleet()
    _ = fleet.receive(FleetUpdate(readings: [reading("AVAILABLE", at: 0)]), at: moment(0))
    _ = fleet.receive(FleetUpdate(readings: [reading("AVAILABLE", at: 50)]), at: moment(50))
    let record = try #require(fleet[number.id])
    #expect(record.latest?.moment == moment(50))
    #expect(record.lastGood?.moment == moment(50))
    #expect(record.report?.providerTime == .date(moment(50).date))
    #expect(record.stateSince == moment(0))
  }

  @Test func `one word that changes is seen at once`() throws {
    var fleet = Fleet()
    for (second, state) in ["AVAILABLE", "AVAILABLE", "BLOCKED", "AVAILABLE"].enumerated() {
      _ = fleet.receive(FleetUpdate(readings: [reading(state, at: second)]), at: moment(second))
      let record = try #require(fleet[number.id])
      #expect(record.report?.entities[0].canSendMessage?.text == state)
      #expect(record.state == (state == "BLOCKED" ? .blocked : .available))
    }
  }

  @Test func `a remedy without the number's id is the same for all`() {
    let plain = HealthEntity(
      type: AsSent("APP"),
      id: "9",
      canSendMessage: AsSent("BLOCKED"),
      errors: [EntityError(code: .number(1), description: nil, solution: "See {HELP}.")]
    )
    #expect(plain.fillingIn(phoneNumberID: "1") == plain.fillingIn(phoneNumberID: "2"))
    #expect(plain.fillingIn(phoneNumberID: "1").errors[0].solution == "See {HELP}.")
  }

  @Test func `ids are the same by what they say, wherever they lie`() {
    let other = PhoneNumber(account: "acme", provider: "kapso", target: "1")
    #expect(number.id == other.id && number.id.hashValue == other.id.hashValue)
    #expect(number.id != PhoneNumber.ID(account: "acme", target: nil))
    #expect(PhoneNumber.ID(account: "acme", target: "0") < number.id)
  }

  private func moment(_ second: Int) -> Moment {
    Moment(date: Date(timeIntervalSince1970: Double(second)), uptime: .seconds(second))
  }

  private func reading(_ state: String, at second: Int) -> Reading {
    let entity = HealthEntity(type: AsSent("PHONE_NUMBER"), id: "1", canSendMessage: AsSent(state))
    let report = HealthReport(entities: [entity], providerTime: .date(moment(second).date))
    return Reading(number: number, moment: moment(second), result: .success(report))
  }
}
