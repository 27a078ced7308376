import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// What an answer leaves out is not told any more: kept with its age for three intervals, then unknown,
/// never a recovery.
@Suite struct NotToldTests {
  private let number = PhoneNumber(account: "acme", provider: "meta", target: "1")
  private let account = Account(
    name: "acme",
    provider: "meta",
    refresh: .seconds(30),
    requestsPerMinute: nil,
    concurrency: 1,
    callingExpected: true
  )

  private func moment(_ seconds: Int) -> Moment {
    Moment(date: Date(timeIntervalSince1970: Double(7_200 + seconds)), uptime: .seconds(seconds))
  }

  private func fleet() -> Fleet {
    var fleet = Fleet()
    let condition = AccountCondition(account: account, effectiveRefresh: .seconds(30))
    _ = fleet.receive(FleetUpdate(appeared: [number], accounts: [condition]), at: moment(0))
    return fleet
  }

  private func read(_ fleet: inout Fleet, _ report: HealthReport, at seconds: Int) {
    _ = fleet.advance(to: moment(seconds))
    let reading = Reading(number: number, moment: moment(seconds), result: .success(report))
    _ = fleet.receive(FleetUpdate(readings: [reading]), at: moment(seconds))
  }

  /// Parts of an answer, each of which can be left out.
  enum Part: String, CaseIterable, Sendable {
    case health, entity, calling, status, quality, name, check

    /// As it is when it is bad.
    var severity: Severity {
      switch self {
      case .health, .status: .critical
      case .entity, .calling, .quality, .name, .check: .warning
      }
    }
  }

  /// `nil` leaves a part out, `true` is bad.
  private func report(_ parts: [Part: Bool]) -> HealthReport {
    var entities: [HealthEntity] = []
    let calling = parts[.calling].map { AsSent<Availability>($0 ? "BLOCKED" : "AVAILABLE") }
    if let isBad = parts[.health] {
      entities.append(
        HealthEntity(
          type: AsSent("PHONE_NUMBER"),
          id: "1",
          canSendMessage: AsSent(isBad ? "BLOCKED" : "AVAILABLE"),
          canReceiveCallSIP: calling
        )
      )
    }
    if let isBad = parts[.entity], parts[.health] != nil {
      entities.append(
        HealthEntity(
          type: AsSent("WABA"),
          id: "9",
          canSendMessage: AsSent(isBad ? "LIMITED" : "AVAILABLE")
        )
      )
    }
    let check = parts[.check].map { ProviderCheck(name: "hook", kind: .webhook, passed: !$0) }
    return HealthReport(
      entities: entities,
      facts: PhoneNumberFacts(
        displayNumber: "+44 7700 900131",
        status: parts[.status].map { AsSent($0 ? "BANNED" : "CONNECTED") },
        quality: parts[.quality].map { AsSent($0 ? "RED" : "GREEN") },
        nameStatus: parts[.name].map { AsSent($0 ? "DECLINED" : "APPROVED") }
      ),
      checks: check.map { [$0] } ?? []
    )
  }

  private static let fine = Dictionary(uniqueKeysWithValues: Part.allCases.map { ($0, false) })

  private func parts(bad: Part, told: Bool) -> [Part: Bool] {
    var parts = Self.fine
    parts[bad] = told ? true : nil
    if bad == .health, !told { parts[.entity] = nil }
    return parts
  }

  @Test(arguments: Part.allCases)
  func `a fault that is left out stays for three intervals, then is unknown`(part: Part) throws {
    var fleet = fleet()
    read(&fleet, report(parts(bad: part, told: true)), at: 0)
    let bad = try #require(fleet[number.id]).state
    #expect(bad.isProblem)
    var seen: [HealthState] = []
    for seconds in stride(from: 30, through: 300, by: 30) {
      read(&fleet, report(parts(bad: part, told: false)), at: seconds)
      seen.append(try #require(fleet[number.id]).state)
    }
    #expect(Array(seen.prefix(3)) == [bad, bad, bad])
    #expect(seen.dropFirst(3).allSatisfy { $0 == .unknown })
    read(&fleet, report(Self.fine), at: 330)
    #expect(fleet[number.id]?.state == .available)
    #expect(fleet.causes.isEmpty)
  }

  @Test(arguments: [Part.quality, .status, .check, .entity])
  func `what is left out has an age, and what is told has none`(part: Part) throws {
    var fleet = fleet()
    read(&fleet, report(parts(bad: part, told: true)), at: 0)
    read(&fleet, report(parts(bad: part, told: false)), at: 30)
    read(&fleet, report(parts(bad: part, told: false)), at: 60)
    let record = try #require(fleet[number.id])
    let key: ReportPart =
      switch part {
      case .quality: .quality
      case .status: .status
      case .check: .check("hook")
      default: .entity(.waba, id: "9")
      }
    #expect(record.lastReported(key) == moment(0))
    #expect(record.lastReported(.nameStatus) == nil)
    #expect(!record.isOld)
    // Nothing comes: it becomes unknown by time alone.
    let change = fleet.advance(to: moment(91))
    #expect(change.places == [0])
    #expect(fleet[number.id]?.state == .unknown)
    #expect(fleet[number.id]?.lastReported(key) == nil)
    #expect(fleet[number.id]?.assessment.causes.contains { $0.severity == .unknown } == true)
  }

  @Test func `a fact that was fine is kept, then gone, and the number stays fine`() throws {
    var fleet = fleet()
    read(&fleet, report(Self.fine), at: 0)
    for seconds in stride(from: 30, through: 180, by: 30) {
      read(&fleet, report(parts(bad: .quality, told: false)), at: seconds)
      let record = try #require(fleet[number.id])
      #expect(record.state == .available)
      #expect(record.report?.facts.quality?.text == (seconds <= 90 ? "GREEN" : nil))
    }
  }

  @Test func `a summary that says better is told, whatever is listed`() throws {
    var fleet = fleet()
    let waba = HealthEntity(type: AsSent("WABA"), id: "9", canSendMessage: AsSent("BLOCKED"))
    let own = HealthEntity(
      type: AsSent("PHONE_NUMBER"),
      id: "1",
      canSendMessage: AsSent("AVAILABLE")
    )
    read(&fleet, HealthReport(root: AsSent("BLOCKED"), entities: [own, waba]), at: 0)
    read(&fleet, HealthReport(root: AsSent("BLOCKED"), entities: [own]), at: 30)
    #expect(fleet[number.id]?.assessment.causes.map(\.kind) == [.entity(.waba)])
    read(&fleet, HealthReport(root: AsSent("AVAILABLE"), entities: [own]), at: 60)
    #expect(fleet[number.id]?.state == .available)
  }

  @Test(arguments: [nil, "CHECKING"])
  func `an entity that is listed and says nothing is not well by the summary`(word: String?) throws
  {
    var fleet = fleet()
    let own = HealthEntity(
      type: AsSent("PHONE_NUMBER"),
      id: "1",
      canSendMessage: AsSent("AVAILABLE")
    )
    let waba = { (word: String?) in
      HealthEntity(type: AsSent("WABA"), id: "9", canSendMessage: word.map { AsSent($0) })
    }
    read(&fleet, HealthReport(root: AsSent("BLOCKED"), entities: [own, waba("BLOCKED")]), at: 0)
    for seconds in stride(from: 30, through: 150, by: 30) {
      read(
        &fleet,
        HealthReport(root: AsSent("AVAILABLE"), entities: [own, waba(word)]),
        at: seconds
      )
      #expect(fleet[number.id]?.state == (seconds <= 90 ? .blocked : .unknown))
    }
  }

  @Test func `not rated takes no rating back, and is an answer in the end`() throws {
    var fleet = fleet()
    read(&fleet, report(parts(bad: .quality, told: true)), at: 0)
    var unrated = report(parts(bad: .quality, told: false))
    unrated.facts.quality = AsSent("UNKNOWN")
    for seconds in stride(from: 30, through: 150, by: 30) {
      read(&fleet, unrated, at: seconds)
      #expect(fleet[number.id]?.state == (seconds <= 90 ? .warning : .available))
      #expect(fleet[number.id]?.report?.facts.quality?.text == (seconds <= 90 ? "RED" : "UNKNOWN"))
    }
  }

  @Test func `a condition of an entity that is left out stays, then is unknown`() throws {
    var fleet = fleet()
    let waba = EntityReference(type: .waba, id: "9")
    read(&fleet, report(Self.fine), at: 0)
    func tell(_ conditions: [EntityCondition], at seconds: Int) {
      let facts = EntityFacts(reference: waba, name: nil, conditions: conditions)
      _ = fleet.receive(FleetUpdate(entities: [facts]), at: moment(seconds))
    }
    let active = EntityCondition(.status, "ACTIVE")
    tell([EntityCondition(.review, "REJECTED"), active], at: 0)
    #expect(fleet[number.id]?.state == .warning)
    for seconds in stride(from: 30, through: 1_800, by: 30) {
      if seconds.isMultiple(of: 600) { tell([active], at: seconds) }
      read(&fleet, report(Self.fine), at: seconds)
      #expect(fleet[number.id]?.state == .warning, "\(seconds)")
    }
    #expect(fleet.lastReported(.review, of: waba) == moment(0))
    read(&fleet, report(Self.fine), at: 1_830)
    #expect(fleet[number.id]?.state == .unknown)
    #expect(fleet[number.id]?.assessment.causes.map(\.kind) == [.entity(.waba)])
    tell([EntityCondition(.review, "APPROVED")], at: 1_840)
    #expect(fleet[number.id]?.state == .available)
  }

  @Test func `what is told of the token leaves out nothing of the node, nor the other way round`() {
    var fleet = fleet()
    let waba = EntityReference(type: .waba, id: "9")
    let disabled = EntityCondition(.status, "RESTRICTED")
    let token = EntityCondition(.token, sentence: "The token expires in 2 d.", severity: .warning)
    read(&fleet, report(Self.fine), at: 0)
    for (seconds, condition) in [(0, disabled), (10, token), (7_200, disabled), (7_210, token)] {
      let facts = EntityFacts(reference: waba, name: nil, conditions: [condition])
      _ = fleet.receive(FleetUpdate(entities: [facts]), at: moment(seconds))
      #expect(fleet.lastReported(.status, of: waba) == nil)
      #expect(fleet.lastReported(.token, of: waba) == nil)
    }
    #expect(fleet.facts(of: waba)?.conditions.count == 2)
  }

  /// Answers of any shape in any order, against a slow account of what was told when.
  @Test(arguments: 0..<40)
  func `any sequence of answers is read as it was told`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var fleet = fleet()
    var told: [Part: (isBad: Bool, at: Int)] = [:]
    var now = 0
    for step in 0..<60 {
      now += Int.random(in: 5...45, using: &random)
      var parts: [Part: Bool] = [:]
      for part in Part.allCases where Int.random(in: 0..<3, using: &random) > 0 {
        parts[part] = Int.random(in: 0..<4, using: &random) == 0
      }
      // They stand in the number's own entity, or beside it.
      if parts[.health] == nil { (parts[.entity], parts[.calling]) = (nil, nil) }
      for (part, isBad) in parts { told[part] = (isBad, now) }
      read(&fleet, report(parts), at: now)
      let expected = Self.expected(told, at: now)
      #expect(fleet[number.id]?.state == expected, "seed \(seed), step \(step), at \(now)")
      let later = now + Int.random(in: 0..<5, using: &random)
      _ = fleet.advance(to: moment(later))
      #expect(fleet[number.id]?.state == Self.expected(told, at: later), "after step \(step)")
    }
  }

  private static func expected(
    _ told: [Part: (isBad: Bool, at: Int)],
    at now: Int
  ) -> HealthState {
    var severity = Severity.ok
    for (part, last) in told where last.isBad {
      severity = max(severity, now - last.at <= 90 ? part.severity : .unknown)
    }
    func isKnown(_ part: Part) -> Bool { told[part].map { now - $0.at <= 90 } ?? false }
    var verdict = Verdict.Word.unknown
    if isKnown(.health) || isKnown(.entity) {
      verdict = .available
      if isKnown(.entity), told[.entity]?.isBad == true { verdict = .limited }
      if isKnown(.health), told[.health]?.isBad == true { verdict = .blocked }
    }
    return HealthState(verdict: verdict, severity: max(severity, Verdict(verdict).severity))
  }
}
