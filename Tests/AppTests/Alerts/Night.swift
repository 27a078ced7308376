import Configuration
import Foundation
import Health
import Logging
import Polling
import Providers
import Simulator
import Synchronization
import TestSupport
import Transport

@testable import Alerts
@testable import App
@testable import History
@testable import Monitor

/// Real time that can be made to leap.
final class LeapingTime: TimeSource {
  private let real = SystemTime()
  private let leapt = Mutex(Duration.zero)
  private let start = ContinuousClock.now

  var now: Moment { real.now + leapt.withLock(\.self) }

  /// The same as the simulator has it.
  var instant: ContinuousClock.Instant { .now + leapt.withLock(\.self) }

  func leap(by duration: Duration) { leapt.withLock { $0 += duration } }

  func sleep(until moment: Moment) async throws {
    try await ContinuousClock().sleep(for: moment - now)
  }
}

/// A simulator, by default the demo's, and what is found out about it, for as long as a test plays.
struct Night: Sendable {
  private let history: any HistoryStore
  private let time: LeapingTime
  private let accounts: [ConfiguredAccount]

  static func play(
    _ scenario: Scenario = .demo(),
    over history: any HistoryStore,
    _ time: LeapingTime,
    _ body: (Self) async throws -> Void
  ) async throws {
    let server = SimulatorServer(scenario: scenario.hundredfold) { time.instant }
    let environment = ProcessEnvironment(variables: [:], homeDirectory: "/nowhere")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      defer { group.cancelAll() }
      let yaml = server.simulation.configurationYAML(port: try await server.boundPort)
      let accounts = try ConfigurationFile.parse(
        yaml,
        file: scenario.name,
        environment: environment
      )
      .accounts
      try await body(Self(history: history, time: time, accounts: accounts))
    }
  }

  /// wabatop from a start to its end, which may come at any time between two polls.
  struct Run: Sendable {
    fileprivate let night: Night
    fileprivate let monitor: FleetMonitor
    fileprivate let recorder: HistoryRecorder
    fileprivate let observer: RecordedMonitor
    fileprivate let teller: Teller

    /// Polls everything once, remembers it, and tells what is due.
    func step() async throws {
      let transport = Wiring.transport()
      defer { transport.shutdown() }
      let sweep = Sweep(
        providers: Wiring.providers(of: night.accounts, over: transport),
        observer: observer,
        includesTemplates: true,
        timeout: .seconds(10),
        time: night.time,
        logger: Logger(label: "night", factory: { _ in SwiftLogNoOpLogHandler() })
      )
      await sweep.run()
      await monitor.advance(to: night.time.now)
      await recorder.step()
      await teller.step()
    }
  }

  func run(telling receivers: [Receiver]) async throws -> Run {
    let (history, time) = (history, time)
    let recorder = HistoryRecorder(time: time) { _ async throws(HistoryError) in
      OpenedHistory(history)
    }
    let inbox = AlertInbox()
    let monitor = FleetMonitor(time: time, consumers: [recorder, inbox])
    let teller = Teller(
      Teller.Surroundings(
        monitor: monitor,
        inbox: inbox,
        store: { history },
        polled: { _ in nil },
        holder: "night",
        time: time,
        random: { 0.5 }
      )
    )
    await teller.use(receivers)
    await recorder.step()
    let observer = RecordedMonitor(monitor, recorder, time: time)
    let follower = StoreFollower(of: monitor, time: time)
    for account in accounts {
      try await follower.restore(account.settings.name, from: history)
    }
    try await observer.resumeIncidents(in: history)
    return Run(
      night: self,
      monitor: monitor,
      recorder: recorder,
      observer: observer,
      teller: teller
    )
  }
}

extension Scenario {
  /// With answers that take a hundredth of the time.
  fileprivate var hundredfold: Self {
    var scenario = self
    for place in scenario.accounts.indices { scenario.accounts[place].latency /= 100 }
    for place in scenario.events.indices {
      if case .latency(let delay)? = scenario.events[place].fault {
        scenario.events[place].fault = .latency(delay / 100)
      }
    }
    return scenario
  }
}

/// Fails at random, from a seed, until it works.
final class RandomReceiver: NoticeReceiver {
  struct Message: Decodable {
    struct Alert: Decodable {
      let id: String
      let summary: String
    }

    let id: String
    let event: String
    let alert: Alert
  }

  private struct State {
    var random: SeededGenerator
    var accepted: [Message] = []
    var works = false
  }

  private let state: Mutex<State>
  let timeout = Duration.seconds(10)

  init(seed: UInt64) { state = Mutex(State(random: SeededGenerator(seed: seed))) }

  var accepted: [Message] { state.withLock(\.accepted) }

  func works() { state.withLock { $0.works = true } }

  func receive(_ notice: Notice, at now: Date) async -> Reception {
    state.withLock { state in
      guard state.works || Int.random(in: 0..<3, using: &state.random) > 0 else {
        return .failed("answered 500")
      }
      guard
        let message = try? JSONDecoder().decode(Message.self, from: Data(notice.body.utf8))
      else { return .refused("not the JSON of a notice") }
      state.accepted.append(message)
      return .accepted
    }
  }
}

/// The same for what an Alertmanager is told.
final class RandomAlertmanager: AlertReceiver {
  private struct State {
    var random: SeededGenerator
    var fired: [String] = []
    var resolved: [String] = []
    var works = false
  }

  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(random: SeededGenerator(seed: seed))) }

  /// The incidents that it was told of, and of whose ends.
  var told: (fired: [String], resolved: [String]) {
    state.withLock { ($0.fired, $0.resolved) }
  }

  func works() { state.withLock { $0.works = true } }

  func receive(firing: [Alert], resolved: [Alert], at now: Date) async -> Reception {
    state.withLock { state in
      guard state.works || Int.random(in: 0..<3, using: &state.random) > 0 else {
        return .failed("refused the connection")
      }
      state.fired += firing.filter(\.isOfIncident).map(\.id)
      state.resolved += resolved.filter(\.isOfIncident).map(\.id)
      return .accepted
    }
  }
}

extension Alert {
  /// A number that flaps is none.
  fileprivate var isOfIncident: Bool { name != "WabaNumberFlapping" }
}
