import Foundation
import Health
import HistorySQLite
import TestSupport
import Testing

@testable import Alerts
@testable import History
@testable import Monitor

/// What is told of templates that can't be sent.
@Suite struct TemplateAlertTests {
  private let scene: Scene
  private let hook = RecordingReceiver()
  private let alertmanager = RecordingAlertmanager()

  init() throws { scene = try Scene() }

  private var receivers: [Receiver] { Scene.receivers(hook, alertmanager) }

  /// Reads the lists of both business accounts: names with the statuses of the templates.
  private func read(_ process: Scene.Process, _ words: [String: [String: String]]) async {
    let lists = words.sorted { $0.key < $1.key }.map { waba, words in
      TemplateList(
        waba: waba,
        templates: .success(words.sorted { $0.key < $1.key }.map { .sample($0, $1) })
      )
    }
    await process.recorded.receive(FleetUpdate(templates: lists))
  }

  private func begin(_ process: Scene.Process) async {
    await scene.poll(process, [0: "AVAILABLE", 1: "AVAILABLE", 2: "AVAILABLE"])
    await read(process, ["70": ["promo": "PAUSED", "otp": "APPROVED"], "71": ["news": "PAUSED"]])
  }

  @Test func `paused templates are told once with their names, and their end once`() async throws {
    let process = try await scene.process(receivers)
    await begin(process)
    #expect(hook.told == [])
    for _ in 0..<3 { await scene.pass(60, process) }
    #expect(hook.told == ["incident_started templates PAUSED"])
    let alert = try #require(hook.accepted.first.flatMap { ReadMessage($0).alert })
    #expect(alert.summary == "templates PAUSED, 2 templates")
    #expect(alert.severity == "warning")
    #expect(alert.state == "WARNING")
    // As before, the count is that of the numbers.
    #expect(alert.count == 0)
    #expect(alert.templateCount == 2)
    #expect(
      alert.templates == [
        .init(waba: "70", id: "promo-en_GB", name: "promo", language: "en_GB", status: "PAUSED"),
        .init(waba: "71", id: "news-en_GB", name: "news", language: "en_GB", status: "PAUSED"),
      ]
    )
    await read(process, ["70": ["promo": "APPROVED"], "71": ["news": "APPROVED"]])
    for _ in 0..<3 { await scene.pass(60, process) }
    #expect(
      hook.told == ["incident_started templates PAUSED", "incident_resolved templates PAUSED"]
    )
  }

  @Test func `an Alertmanager gets the status, the code and the templates`() async throws {
    let process = try await scene.process(receivers)
    await begin(process)
    await scene.pass(60, process)
    let alert = try #require(alertmanager.posts.last?.firing.first)
    let posted = PostedAlert(alert, at: scene.clock.now.date)
    #expect(posted.labels["alertname"] == "WabaTemplatePaused")
    #expect(posted.labels["severity"] == "warning")
    #expect(posted.labels["cause_type"] == "TEMPLATE")
    #expect(posted.labels["cause_id"] == "PAUSED")
    #expect(posted.labels["code"] == "132015")
    #expect(posted.annotations["templates"] == "2")
    #expect(posted.annotations["victims"] == "promo en_GB: PAUSED\nnews en_GB: PAUSED")
  }

  @Test func `only the process that polls the numbers tells of their templates`() async throws {
    let poller = try await scene.process(receivers, polling: ["acme"])
    let follower = try await scene.process(receivers, polling: [], name: "b")
    for process in [poller, follower] { await begin(process) }
    await scene.pass(60, poller, follower)
    await scene.pass(60, poller, follower)
    #expect(hook.told == ["incident_started templates PAUSED"])
  }

  @Test(arguments: [("account:acme", true), ("account:direct", false)])
  func `a filter looks at the numbers that may send them`(
    _ filter: String,
    _ isTold: Bool
  ) async throws {
    let receiver = Receiver(
      name: "hook",
      filter: try Filter(filter),
      kind: .notices(hook, place: "hook.example.com")
    )
    let process = try await scene.process([receiver])
    await scene.poll(process, [0: "AVAILABLE", 2: "AVAILABLE"])
    await read(process, ["70": ["promo": "PAUSED"]])
    await scene.pass(60, process)
    #expect(hook.told.isEmpty != isTold)
  }

  @Test func `what is muted waits, and what is acknowledged says so`() async throws {
    let process = try await scene.process(receivers)
    let now = scene.clock.now.date
    let end = now.addingTimeInterval(100)
    let mute = Mute(
      id: "m",
      filter: "account:acme OR account:direct",
      author: "ops",
      date: now,
      until: end
    )
    let cause = Subject.cause(CauseID.templates(.paused).key)
    let note = Acknowledgement(id: "a", subject: cause, author: "ops", date: now, state: .warning)
    await begin(process)
    await process.monitor.adopt(OperatorNotes(acknowledgements: [note], mutes: [mute]))
    await scene.pass(60, process)
    #expect(hook.told == [])
    for _ in 0..<3 { await scene.pass(60, process) }
    #expect(hook.told == ["incident_started templates PAUSED"])
    #expect(hook.accepted.first.flatMap { ReadMessage($0).alert }?.acknowledged == true)
  }

  @Test func `a next run goes on: nothing is told twice, and the end is told`() async throws {
    let first = try await scene.process(receivers)
    await begin(first)
    await scene.pass(60, first)
    let second = try await scene.process(receivers, name: "b")
    await scene.wait(5, second)
    try await second.recorded.resumeIncidents(in: scene.store)
    await begin(second)
    await scene.pass(60, second)
    #expect(hook.told == ["incident_started templates PAUSED"])
    await read(second, ["70": ["promo": "PAUSED"], "71": [:]])
    await scene.pass(60, second)
    let alert = try #require(alertmanager.posts.last?.firing.first)
    #expect(alert.templates?.first.map(\.waba) == ["70"])
    #expect(
      alert.link == "https://business.facebook.com/wa/manage/message-templates/?waba_id=70"
    )
    await read(second, ["70": ["promo": "APPROVED"]])
    await scene.pass(60, second)
    #expect(
      hook.told == ["incident_started templates PAUSED", "incident_resolved templates PAUSED"]
    )
    let always = Date.distantPast..<Date.distantFuture
    #expect(try await scene.store.incidents(in: always).map { $0.end != nil } == [true])
  }

  @Test func `what an older version told of numbers can still be read`() throws {
    var object = try #require(
      JSONSerialization.jsonObject(with: Data(Alert.sample.body.utf8)) as? [String: Any]
    )
    object["templates"] = nil
    let body = try JSONSerialization.data(withJSONObject: object)
    #expect(Alert(body: String(decoding: body, as: UTF8.self)) == Alert.sample)
  }
}
