import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// Incidents as they are told: by whom, from when to when.
@Suite struct IncidentTests {
  /// Two accounts that are polled every thirty seconds.
  private struct Fleet {
    var monitor = MonitorState(startedAt: .sample)
    private(set) var now = Moment.sample
    /// What was told, a line each.
    private(set) var told: [String] = []
    private(set) var latest: [TrackedIncident] = []
    static let accounts = [Account.samples[0], Account.samples[1]]

    init(numbers: ClosedRange<Int> = 1...4) {
      let conditions = Self.accounts.map { AccountCondition.sample($0) }
      receive(FleetUpdate(readings: numbers.map { reading($0, "ok") }, accounts: conditions))
    }

    static func number(_ index: Int) -> PhoneNumber {
      .sample("\(index)", on: accounts[index % 2])
    }

    func reading(_ index: Int, _ word: String) -> Reading {
      let waba = HealthEntity.sample(
        "WABA",
        "7",
        word.contains("blk") ? "BLOCKED" : word.contains("lim") ? "LIMITED" : "AVAILABLE",
        errors: word.contains("blk") ? [.samplePayment] : []
      )
      let report = HealthReport.sample(
        "\(index)",
        waba: waba,
        quality: word.contains("red") ? "RED" : "GREEN"
      )
      let lost = ProviderError(.unreachable, "No route.")
      return .sample(
        Self.number(index),
        word == "lost" ? .failure(lost) : .success(report),
        at: now
      )
    }

    mutating func poll(at second: Int, _ words: [Int: String]) {
      pass(to: second)
      let readings = words.sorted { $0.key < $1.key }.map { reading($0.key, $0.value) }
      receive(FleetUpdate(readings: readings))
    }

    mutating func fail(at second: Int, _ accounts: [Account], isOver: Bool = false) {
      pass(to: second)
      let conditions = accounts.map { account in
        AccountCondition.sample(
          account,
          failure: isOver ? nil : ProviderError(.unreachable, "No route."),
          failingSince: isOver ? nil : now
        )
      }
      receive(FleetUpdate(accounts: conditions))
    }

    mutating func receive(_ update: FleetUpdate) {
      _ = monitor.receive(update, at: now)
      note()
    }

    mutating func pass(to second: Int) {
      now = .sample + .seconds(second)
      _ = monitor.advance(to: now)
      note()
    }

    mutating func note() {
      for incident in monitor.takeIncidents() {
        latest.append(incident)
        let from = Self.second(incident.start)
        let to = incident.end.map { Self.second($0) }
        let victims = incident.victims.map { victim in
          (victim.subject.number?.target ?? victim.subject.template?.id ?? "")
            + (victim.left == nil ? "" : "-")
        }
        told.append(
          "\(incident.reason.summary.replacing(" (141006)", with: "")) \(incident.worst.word) \(from)…\(to ?? "") "
            + victims.joined(separator: ",")
        )
      }
    }

    private static func second(_ date: Date) -> String {
      "\(Int(date.timeIntervalSince(Moment.sample.date).rounded()))"
    }
  }

  @Test func `an incident is told after a cycle, with all its victims`() {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk"])
    fleet.poll(at: 40, [2: "lim"])
    fleet.poll(at: 50, [3: "blk"])
    #expect(fleet.told == [])
    #expect(fleet.monitor.nextDue == .sample + .seconds(60))
    fleet.pass(to: 60)
    #expect(fleet.told == ["WABA 7 BLOCKED 30… 1,2,3"])
    fleet.poll(at: 70, [4: "blk"])
    fleet.poll(at: 71, [4: "blk"])
    #expect(fleet.told.dropFirst() == ["WABA 7 BLOCKED 30… 1,2,3,4"])
    #expect(Set(fleet.latest.map(\.id)).count == 1)
  }

  @Test func `it ends with its last victim`() {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk", 2: "blk"])
    fleet.pass(to: 60)
    fleet.poll(at: 70, [1: "ok"])
    fleet.poll(at: 80, [2: "ok"])
    #expect(
      fleet.told == [
        "WABA 7 BLOCKED 30… 1,2", "WABA 7 BLOCKED 30… 1-,2", "WABA 7 BLOCKED 30…80 1-,2-",
      ]
    )
    fleet.poll(at: 90, [1: "blk"])
    fleet.pass(to: 130)
    #expect(fleet.told.last == "WABA 7 BLOCKED 90… 1")
    #expect(Set(fleet.latest.map(\.id)).count == 2)
  }

  @Test func `what is over within a cycle is told at its end`() {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk", 2: "blk"])
    fleet.poll(at: 40, [1: "ok", 2: "ok"])
    #expect(fleet.told == ["WABA 7 BLOCKED 30…40 1-,2-"])
    #expect(fleet.latest.first?.announced == fleet.latest.first?.end)
  }

  @Test func `a number that is bad in two ways is a victim of both`() {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk red", 2: "red"])
    fleet.pass(to: 60)
    #expect(
      fleet.told == ["WABA 7 BLOCKED 30… 1", "QUALITY: Quality is RED. WARNING 30… 1,2"]
    )
    // It is still red when the account has paid.
    fleet.poll(at: 70, [1: "red"])
    #expect(fleet.told.last == "WABA 7 BLOCKED 30…70 1-")
  }

  @Test func `a number of which nothing is known stays a victim of what was wrong with it`() {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk"])
    for second in stride(from: 30, through: 150, by: 30) {
      fleet.poll(at: second, [2: "ok", 3: "ok", 4: "ok"])
    }
    #expect(fleet.told == ["WABA 7 BLOCKED 30… 1"])
    #expect(fleet.monitor.fleet[Fleet.number(1).id]?.state == .stale)
    fleet.poll(at: 160, [1: "ok"])
    #expect(fleet.told.filter { $0.hasPrefix("WABA") }.last == "WABA 7 BLOCKED 30…160 1-")
  }

  @Test func `a network that is down is one incident, however the accounts notice`() {
    var fleet = Fleet()
    fleet.fail(at: 20, [Fleet.accounts[0]])
    fleet.fail(at: 25, [Fleet.accounts[1]])
    for second in [30, 60, 90] {
      fleet.poll(at: second, [1: "lost", 2: "lost", 3: "lost", 4: "lost"])
    }
    fleet.pass(to: 92)
    fleet.pass(to: 140)
    // As of when the first account failed, as in the events; its numbers were lost later.
    #expect(fleet.told.first?.hasPrefix("all accounts STALE 20…") == true)
    let joined = fleet.latest.first?.victims.map(\.joined) ?? []
    #expect(joined.allSatisfy { $0 >= (Moment.sample + .seconds(90)).date })
    #expect(fleet.latest.first?.victims.count == 4)
    // The accounts answer again one after the other.
    fleet.fail(at: 150, [Fleet.accounts[0]], isOver: true)
    fleet.poll(at: 150, [2: "ok", 4: "ok"])
    fleet.fail(at: 155, [Fleet.accounts[1]], isOver: true)
    fleet.poll(at: 155, [1: "ok", 3: "ok"])
    #expect(Set(fleet.latest.map(\.id)).count == 1)
    #expect(fleet.latest.last?.reason.key == "offline")
    #expect(fleet.latest.last?.end == (Moment.sample + .seconds(155)).date)
  }

  @Test func `a laptop that slept is one incident`() {
    var fleet = Fleet()
    fleet.pass(to: 8000)
    fleet.poll(at: 8003, [1: "ok", 2: "ok"])
    fleet.poll(at: 8010, [3: "ok", 4: "ok"])
    #expect(fleet.told == ["all accounts STALE 8000…8010 1-,2-,3-,4-"])
  }

  @Test
  func `a process that was stopped is one incident, but not where another one polls meanwhile`() {
    var fleet = Fleet()
    for account in Fleet.accounts { fleet.monitor.leave(account.name) }
    fleet.pass(to: 8000)
    fleet.poll(at: 8003, [1: "ok", 2: "ok", 3: "ok", 4: "ok"])
    #expect(fleet.told == ["all accounts STALE 8000…8003 1-,2-,3-,4-"])

    var follower = Fleet()
    for account in Fleet.accounts { follower.monitor.leave(account.name) }
    let conditions = Fleet.accounts.map { AccountCondition.sample($0) }
    _ = follower.monitor.follow(FollowedUpdate(FleetUpdate(accounts: conditions)), at: follower.now)
    follower.pass(to: 8000)
    #expect(follower.monitor.fleet.counts[.stale] == 4)
    follower.pass(to: 8100)
    follower.poll(at: 8103, [1: "ok", 2: "ok", 3: "ok", 4: "ok"])
    #expect(follower.told == [])
  }

  @Test func `a restart goes on with the same incident`() throws {
    var before = Fleet()
    before.poll(at: 30, [1: "blk", 2: "blk"])
    before.pass(to: 60)
    let known = try #require(before.latest.last)
    var after = Fleet(numbers: 3...3)
    after.poll(at: 100, [1: "blk", 2: "blk"])
    after.monitor.resume([known], at: after.now)
    after.note()
    #expect(after.told == ["WABA 7 BLOCKED 30… 1,2"])
    let waba = CauseID.entity(EntityReference(type: .waba, id: "7"))
    let cause = try #require(after.monitor.causes.cause(waba, in: after.monitor.fleet))
    #expect(cause.since == .sample + .seconds(30))
    #expect(!cause.sinceIsLowerBound)
    after.poll(at: 110, [1: "ok", 2: "ok"])
    #expect(after.told.last == "WABA 7 BLOCKED 30…110 1-,2-")
    #expect(after.latest.allSatisfy { $0.id == known.id })
  }

  @Test func `a cause that began anew has its own start, whatever is restored after that`() throws {
    var before = Fleet()
    before.poll(at: 30, [1: "blk"])
    before.pass(to: 60)
    let known = try #require(before.latest.last)
    var after = Fleet()
    after.poll(at: 100, [1: "blk"])
    after.monitor.resume([known], at: after.now)
    after.poll(at: 110, [1: "ok"])
    after.poll(at: 200, [1: "blk"])
    after.monitor.resumeCauses()
    let waba = CauseID.entity(EntityReference(type: .waba, id: "7"))
    let cause = try #require(after.monitor.causes.cause(waba, in: after.monitor.fleet))
    #expect(cause.since == .sample + .seconds(200))
  }

  @Test func `after a take-over what this process found out goes on, and the other's ends`() throws
  {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk", 2: "blk"])
    fleet.pass(to: 60)
    let own = try #require(fleet.latest.last)
    var former = Fleet()
    former.poll(at: 20, [1: "blk", 2: "blk"])
    former.pass(to: 60)
    let other = try #require(former.latest.last)
    fleet.monitor.resume([own, other], at: fleet.now)
    fleet.note()
    #expect(fleet.latest.last { $0.id == own.id }?.end == nil)
    #expect(fleet.latest.last { $0.id == other.id }?.end == own.start)
  }

  @Test func `after a take-over the incident that was told goes on`()
    throws
  {
    var former = Fleet()
    former.poll(at: 20, [1: "blk", 2: "blk"])
    former.pass(to: 60)
    let told = try #require(former.latest.last)
    // It followed the other process, so nobody heard of its own one.
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk", 2: "blk"])
    fleet.pass(to: 60)
    let own = try #require(fleet.latest.last)
    fleet.monitor.resume([told], at: fleet.now)
    fleet.note()
    #expect(fleet.latest.last { $0.id == told.id }?.end == nil)
    fleet.poll(at: 110, [1: "ok", 2: "ok"])
    #expect(fleet.latest.last?.id == told.id)
    #expect(fleet.latest.last?.end == (Moment.sample + .seconds(110)).date)
    #expect(fleet.latest.last { $0.id == own.id }?.end == nil)
  }

  @Test func `after a take-over an incident that was found while following is told`() {
    var fleet = Fleet()
    fleet.poll(at: 30, [1: "blk", 2: "blk"])
    fleet.pass(to: 60)
    fleet.monitor.resume([], at: fleet.now)
    fleet.note()
    #expect(fleet.told == ["WABA 7 BLOCKED 30… 1,2", "WABA 7 BLOCKED 30… 1,2"])
  }

  @Test
  func `an incident that was over before the restart was noticed ends when its victims are read`()
    throws
  {
    var before = Fleet()
    before.poll(at: 30, [1: "blk", 2: "blk"])
    before.pass(to: 60)
    let known = try #require(before.latest.last)
    var after = Fleet(numbers: 3...3)
    after.monitor.resume([known], at: after.now)
    after.poll(at: 100, [1: "ok"])
    #expect(after.latest.last?.id == known.id)
    #expect(after.latest.last?.end == nil)
    // The other number is not configured any more.
    after.pass(to: 601)
    let last = after.latest.last { $0.id == known.id }
    #expect(last?.end == (Moment.sample + .seconds(601)).date)
  }

  @Test func `only what was confirmed is an incident, as of when it was seen`() {
    var fleet = Fleet()
    fleet.monitor.confirm(by: ConfirmationRules(downTime: .seconds(3600)))
    fleet.poll(at: 30, [1: "lim", 2: "lim"])
    fleet.poll(at: 60, [1: "lim", 2: "ok"])
    fleet.pass(to: 90)
    #expect(fleet.told == ["WABA 7 LIMITED 30… 1"])
    fleet.poll(at: 91, [1: "ok"])
    #expect(fleet.latest.last?.end == nil)
    fleet.poll(at: 121, [1: "ok"])
    #expect(fleet.told.last == "WABA 7 LIMITED 30…91 1-")
  }
}
