import Foundation
import Health
import HistorySQLite
import Providers
import Synchronization
import TestSupport

@testable import Alerts
@testable import History
@testable import Monitor

/// Processes that poll numbers and tell receivers, over one store.
final class Scene: Sendable {
  let clock: ManualClock
  /// What the WABA of each number is.
  private let words = Mutex<[Int: String]>([:])
  let store: SQLiteHistory
  /// The numbers are of these accounts in turn, each WABA with two numbers.
  static let accounts = [Account.sample("acme", provider: "kapso"), Account.sample("direct")]

  init(_ clock: ManualClock = ManualClock()) throws {
    self.clock = clock
    store = try SQLiteHistory.inMemory()
  }

  /// A webhook and an Alertmanager that are told everything.
  static func receivers(
    _ hook: RecordingReceiver,
    _ alertmanager: RecordingAlertmanager
  ) -> [Receiver] {
    [
      Receiver(name: "hook", kind: .notices(hook, place: "hook.example.com")),
      Receiver(name: "ops", kind: .alerts([(alertmanager, "http://am1:9093")])),
    ]
  }

  /// A process from its start to its end.
  struct Process {
    let monitor: FleetMonitor
    let recorder: HistoryRecorder
    let inbox: AlertInbox
    let teller: Teller
    let recorded: RecordedMonitor

    /// Writes and tells what is due.
    func step() async {
      await recorder.step()
      await teller.step()
    }
  }

  func process(
    _ receivers: [Receiver],
    polling accounts: Set<String>? = nil,
    name: String = "a",
    over other: SQLiteHistory? = nil,
    reserve: (any NoteReserve)? = nil
  ) async throws -> Process {
    let store = other ?? store
    let recorder = HistoryRecorder(time: clock) { _ async throws(HistoryError) in
      OpenedHistory(store)
    }
    let inbox = AlertInbox()
    let monitor = FleetMonitor(time: clock, consumers: [recorder, inbox])
    let teller = Teller(
      Teller.Surroundings(
        monitor: monitor,
        inbox: inbox,
        store: { store },
        reserve: reserve,
        polled: { _ in accounts },
        holder: name,
        time: clock,
        random: { 0.5 }
      )
    )
    await teller.use(receivers)
    let recorded = RecordedMonitor(monitor, recorder, time: clock)
    await monitor.receive(FleetUpdate(accounts: Self.accounts.map { .sample($0) }))
    return Process(
      monitor: monitor,
      recorder: recorder,
      inbox: inbox,
      teller: teller,
      recorded: recorded
    )
  }

  static func number(_ index: Int) -> PhoneNumber {
    .sample("\(index)", on: accounts[index / 2 % 2])
  }

  func reading(_ index: Int, _ word: String) -> Reading {
    let waba = HealthEntity.sample(
      "WABA",
      "7\(index / 2)",
      word,
      errors: word == "AVAILABLE" ? [] : [.samplePayment]
    )
    let report = HealthReport.sample("\(index)", number: "+44 7700 900\(100 + index)", waba: waba)
    return .sample(Self.number(index), .success(report), at: clock.now)
  }

  /// Polls numbers: an index and what its WABA is.
  func poll(_ process: Process, _ words: [Int: String]) async {
    self.words.withLock { $0.merge(words) { $1 } }
    let readings = words.sorted { $0.key < $1.key }.map { reading($0.key, $0.value) }
    await process.recorded.receive(FleetUpdate(readings: readings))
  }

  /// Lets time pass while everything is polled, and tells what is due.
  func pass(_ seconds: Int, _ processes: Process...) async {
    for start in stride(from: 0, to: seconds, by: 30) {
      clock.advance(by: .seconds(min(30, seconds - start)))
      for process in processes {
        await poll(process, words.withLock(\.self))
        await process.monitor.advance(to: clock.now)
        await process.step()
      }
    }
  }

  /// Lets time pass while nothing is polled.
  func wait(_ seconds: Int, _ process: Process) async {
    clock.advance(by: .seconds(seconds))
    await process.monitor.advance(to: clock.now)
    await process.step()
  }
}

/// Answers notices as a script says, and keeps those that it accepted.
final class RecordingReceiver: NoticeReceiver {
  private struct State {
    var accepted: [Notice] = []
    var tries = 0
    var answer: @Sendable (Notice) -> Reception = { _ in .accepted }
  }

  private let state = Mutex(State())
  let timeout = Duration.seconds(10)

  func answer(_ answer: @escaping @Sendable (Notice) -> Reception) {
    state.withLock { $0.answer = answer }
  }

  var accepted: [Notice] { state.withLock(\.accepted) }
  var tries: Int { state.withLock(\.tries) }

  func receive(_ notice: Notice, at now: Date) async -> Reception {
    state.withLock { state in
      state.tries += 1
      let reception = state.answer(notice)
      if reception == .accepted { state.accepted.append(notice) }
      return reception
    }
  }

  /// What was told, such as `incident_started WABA 70`.
  var told: [String] {
    accepted.map { notice in
      let message = ReadMessage(notice)
      let subject = message.alert.map { $0.summary.prefix { $0 != ":" && $0 != "," } }
      return [message.event, subject.map(String.init)].compactMap(\.self).joined(separator: " ")
    }
  }
}

/// Answers as a script says, and keeps what it was told.
final class RecordingAlertmanager: AlertReceiver {
  struct Post: Sendable {
    let firing: [Alert]
    let resolved: [Alert]
    let date: Date
  }

  private struct State {
    var posts: [Post] = []
    var tries = 0
    var answer: @Sendable () -> Reception = { .accepted }
  }

  private let state = Mutex(State())

  func answer(_ answer: @escaping @Sendable () -> Reception) {
    state.withLock { $0.answer = answer }
  }

  var posts: [Post] { state.withLock(\.posts) }
  var tries: Int { state.withLock(\.tries) }

  func receive(firing: [Alert], resolved: [Alert], at now: Date) async -> Reception {
    state.withLock { state in
      state.tries += 1
      let reception = state.answer()
      if reception == .accepted {
        state.posts.append(Post(firing: firing, resolved: resolved, date: now))
      }
      return reception
    }
  }

  /// What it was told, a line for each alert of each request.
  var told: [String] {
    posts.flatMap { post in
      post.resolved.map { "resolved \($0.cause.id ?? "")" }
        + post.firing.map { "firing \($0.cause.id ?? "")" }
    }
  }
}

/// A notice as a receiver reads it.
struct ReadMessage: Decodable {
  struct Alert: Decodable {
    let id: String
    let fingerprint: String
    let severity: String
    let state: String
    let summary: String
    let count: Int
    let templates: [Template]
    let templateCount: Int
    let acknowledged: Bool
    let start: String
    let end: String?

    private enum CodingKeys: String, CodingKey {
      case id, fingerprint, severity, state, summary, count, templates
      case templateCount = "template_count"
      case acknowledged, start, end
    }
  }

  struct Template: Decodable, Equatable {
    let waba: String
    let id: String
    let name: String?
    let language: String?
    let status: String
  }

  struct Acknowledgement: Decodable {
    let author: String
    let comment: String
  }

  let version: Int
  let id: String
  let event: String
  let receiver: String
  let alert: Alert?
  let acknowledgement: Acknowledgement?

  init(_ notice: Notice) {
    // Swift Testing shows the text where it can't be read.
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(notice.body.utf8)) else {
      fatalError("not the JSON of a notice: \(notice.body)")
    }
    self = read
  }
}
