import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// Incidents of templates: a status that somebody has to do something about, with all templates that have it.
@Suite struct TemplateIncidentTests {
  /// Two accounts with a business account each, polled every thirty seconds.
  private struct Scene {
    var monitor = MonitorState(startedAt: .sample)
    private(set) var now = Moment.sample
    /// What was told, a line each.
    private(set) var told: [String] = []
    private(set) var latest: [TrackedIncident] = []
    static let accounts = [Account.samples[0], Account.samples[1]]

    init() {
      let accounts = Self.accounts.map { AccountCondition.sample($0) }
      receive(FleetUpdate(readings: [reading(0), reading(1)], accounts: accounts))
    }

    static func number(_ index: Int) -> PhoneNumber { .sample("\(index)", on: accounts[index]) }

    func reading(_ index: Int) -> Reading {
      let report = HealthReport.sample("\(index)", waba: .sample("WABA", "\(index)", "AVAILABLE"))
      return .sample(Self.number(index), .success(report), at: now)
    }

    /// Reads the list of a business account: ids with the statuses of the templates.
    static func list(_ waba: Int, _ words: [String: String]) -> TemplateList {
      let templates = words.sorted { $0.key < $1.key }.map { MessageTemplate.sample($0, $1) }
      return TemplateList(waba: "\(waba)", templates: .success(templates))
    }

    mutating func read(at second: Int, _ waba: Int, _ words: [String: String]) {
      pass(to: second)
      receive(FleetUpdate(templates: [Self.list(waba, words)]))
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
      for incident in monitor.takeIncidents() where incident.reason.key.hasPrefix("templates/") {
        latest.append(incident)
        let to = incident.end.map { Self.second($0) }
        let victims = incident.victims.map { victim in
          (victim.subject.template?.id.prefix(1) ?? "") + (victim.left == nil ? "" : "-")
        }
        told.append(
          "\(incident.reason.summary) \(incident.worst.word) \(Self.second(incident.start))…\(to ?? "") "
            + victims.joined(separator: ",")
        )
      }
    }

    private static func second(_ date: Date) -> String {
      "\(Int(date.timeIntervalSince(Moment.sample.date).rounded()))"
    }
  }

  @Test func `paused templates are an incident after a cycle, which grows and ends with the last`()
  {
    var scene = Scene()
    scene.read(at: 5, 0, ["a": "APPROVED", "b": "APPROVED"])
    scene.read(at: 10, 0, ["a": "PAUSED", "b": "APPROVED"])
    scene.pass(to: 39)
    #expect(scene.told == [])
    #expect(scene.monitor.nextDue == .sample + .seconds(40))
    scene.pass(to: 40)
    #expect(scene.told == ["templates PAUSED WARNING 10… a"])
    scene.read(at: 50, 0, ["a": "PAUSED", "b": "APPROVED"])
    #expect(scene.told.count == 1)
    scene.read(at: 60, 1, ["c": "PAUSED"])
    scene.read(at: 70, 0, ["a": "APPROVED", "b": "APPROVED"])
    scene.read(at: 80, 1, ["c": "APPROVED"])
    #expect(
      scene.told.dropFirst() == [
        "templates PAUSED WARNING 10… a,c", "templates PAUSED WARNING 10… a-,c",
        "templates PAUSED WARNING 10…80 a-,c-",
      ]
    )
    #expect(Set(scene.latest.map(\.id)).count == 1)
    #expect(scene.latest.last?.accounts == Set(Scene.accounts.map(\.name)))
    #expect(scene.latest.last?.reason.code == "132015")
  }

  @Test func `each status is a cause of its own, and those that only wait are none`() {
    var scene = Scene()
    scene.read(at: 5, 0, ["a": "PENDING", "b": "PAUSED", "c": "REJECTED", "d": "IN_APPEAL"])
    scene.pass(to: 35)
    #expect(scene.told == ["templates PAUSED WARNING 5… b", "templates REJECTED WARNING 5… c"])
    scene.read(at: 40, 0, ["a": "PENDING", "b": "DISABLED", "c": "REJECTED", "d": "IN_APPEAL"])
    #expect(scene.told.last == "templates PAUSED WARNING 5…40 b-")
    scene.pass(to: 70)
    #expect(scene.told.last == "templates DISABLED WARNING 40… b")
  }

  @Test func `a list that can't be read changes nothing`() {
    var scene = Scene()
    scene.read(at: 5, 0, ["a": "PAUSED"])
    scene.pass(to: 35)
    let failure = ProviderError(.timedOut, "Slow.")
    scene.pass(to: 40)
    scene.receive(FleetUpdate(templates: [TemplateList(waba: "0", templates: .failure(failure))]))
    scene.receive(FleetUpdate(readings: [scene.reading(0)]))
    scene.pass(to: 7200)
    #expect(scene.told == ["templates PAUSED WARNING 5… a"])
  }

  @Test(arguments: ["from the list", "with its account"])
  func `a template that is removed is no victim any more`(_ how: String) {
    var scene = Scene()
    scene.read(at: 5, 0, ["a": "PAUSED"])
    scene.pass(to: 35)
    if how == "from the list" {
      scene.read(at: 40, 0, [:])
    } else {
      scene.pass(to: 40)
      scene.receive(FleetUpdate(accountOrder: [Scene.accounts[1].name]))
    }
    #expect(scene.told.last == "templates PAUSED WARNING 5…40 a-")
  }

  @Test func `what is over within a cycle is told at its end`() {
    var scene = Scene()
    scene.read(at: 5, 0, ["a": "PAUSED"])
    scene.read(at: 10, 0, ["a": "APPROVED"])
    #expect(scene.told == ["templates PAUSED WARNING 5…10 a-"])
  }

  @Test func `a restart goes on with the same incident`() throws {
    var before = Scene()
    before.read(at: 5, 0, ["a": "PAUSED", "b": "PAUSED"])
    before.pass(to: 35)
    let known = try #require(before.latest.last)
    var after = Scene()
    after.pass(to: 50)
    after.monitor.resume([known.remembered], at: after.now)
    after.note()
    // Until its list is read nothing is known of it.
    #expect(after.told == ["templates PAUSED WARNING 5… a,b"])
    #expect(after.latest.last?.accounts == [])
    after.read(at: 60, 0, ["a": "PAUSED", "b": "APPROVED"])
    #expect(after.told.last == "templates PAUSED WARNING 5… a,b-")
    #expect(after.latest.last?.accounts == [Scene.accounts[0].name])
    after.read(at: 70, 0, ["a": "APPROVED", "b": "APPROVED"])
    #expect(after.told.last == "templates PAUSED WARNING 5…70 a-,b-")
    #expect(after.latest.allSatisfy { $0.id == known.id && $0.announced == known.announced })
  }

  @Test func `what was over before the restart was noticed ends when its list is read`() throws {
    var before = Scene()
    before.read(at: 5, 0, ["a": "PAUSED"])
    before.pass(to: 35)
    var after = Scene()
    after.monitor.resume([try #require(before.latest.last).remembered], at: after.now)
    after.read(at: 60, 0, ["a": "APPROVED"])
    #expect(after.told.last == "templates PAUSED WARNING 5…60 a-")
  }

  @Test func `a template that nobody knows any more is dropped after a while`() throws {
    var before = Scene()
    before.read(at: 5, 1, ["a": "PAUSED"])
    before.pass(to: 35)
    var after = Scene()
    after.monitor.resume([try #require(before.latest.last).remembered], at: after.now)
    after.pass(to: 599)
    after.note()
    #expect(after.latest.last?.end == nil)
    after.pass(to: 600)
    #expect(after.told.last == "templates PAUSED WARNING 5…600 a-")
  }

  @Test func `who follows a first list finds the same incident`() {
    var poller = Scene()
    poller.read(at: 5, 0, ["a": "PAUSED"])
    poller.pass(to: 35)
    var follower = Scene()
    follower.pass(to: 7)
    let update = FleetUpdate(templates: [Scene.list(0, ["a": "PAUSED"])])
    var moments = EntityMoments()
    moments.templates["0"] = .sample + .seconds(5)
    _ = follower.monitor.follow(
      FollowedUpdate(update, entityMoments: moments),
      at: follower.now
    )
    follower.pass(to: 37)
    #expect(follower.told == poller.told)
    #expect(follower.latest.last?.id == poller.latest.last?.id)
  }

  @Test func `who follows finds the same incident`() throws {
    var poller = Scene()
    poller.read(at: 5, 0, ["a": "APPROVED"])
    poller.read(at: 10, 0, ["a": "PAUSED"])
    poller.pass(to: 40)
    var follower = Scene()
    follower.read(at: 6, 0, ["a": "APPROVED"])
    follower.pass(to: 12)
    let template = Change.Template(waba: "0", id: "a-en_GB", name: "a")
    let told = FollowedUpdate.Told(
      .template(template, from: "APPROVED", to: "PAUSED"),
      Change.Reason(.templates(.paused)),
      at: .sample + .seconds(10)
    )
    let update = FleetUpdate(templates: [Scene.list(0, ["a": "PAUSED"])])
    _ = follower.monitor.follow(FollowedUpdate(update, told: [told]), at: follower.now)
    follower.pass(to: 42)
    #expect(follower.told == poller.told)
    #expect(follower.latest.last?.id == poller.latest.last?.id)
  }
}

extension TrackedIncident {
  /// As another run reads it: of a template only the business account is known.
  fileprivate var remembered: Self {
    TrackedIncident(
      reason: reason,
      start: start,
      worst: worst,
      announced: announced,
      victims: victims
    )
  }
}
