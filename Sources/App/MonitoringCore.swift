import Alerts
import Configuration
import Health
import History
import Monitor
import Screens
import ServiceLifecycle

/// What finds out how the numbers are, remembers it and tells others: the same with a screen and without.
///
/// A run makes it first, then what says what happens, and then the services, each from the one before.
struct MonitoringCore {
  typealias Tell = PollingService.Tell

  let wiring: Wiring
  let monitor: FleetMonitor
  let recorder: HistoryRecorder
  /// Nil where nothing is remembered beyond this run.
  private let recording: HistoryRecording?
  private let sharing: SharedPolling?
  private let ledger: OperatorLedger
  private let inbox = AlertInbox()
  /// Given after the first frame.
  private let start = StartSignal()

  /// - Parameters:
  ///   - wiring: Makes the parts.
  ///   - directory: Where everything is remembered; nil means only in memory.
  ///   - rules: When a change of state is told.
  ///   - consumers: Who else is told of changes.
  init(
    _ wiring: Wiring,
    rememberingIn directory: String?,
    confirming rules: ConfirmationRules,
    consumers: [any ChangeConsumer]
  ) async {
    self.wiring = wiring
    recording = directory.map { wiring.recording(in: $0) }
    recorder = recording?.recorder ?? RunMemory.recorder(time: wiring.time)
    ledger = wiring.ledger()
    let monitor = FleetMonitor(
      time: wiring.time,
      confirming: rules,
      consumers: [recorder, ledger, inbox] + consumers
    )
    self.monitor = monitor
    sharing = recording.map { SharedPolling($0, of: monitor, time: wiring.time) }
    if let sharing { monitor.tell(onlyOf: sharing.allowsRequest) }
    await ledger.tell(monitor)
  }

  /// Whether other processes see what is noted here.
  var sharesNotes: Bool { recording != nil }

  /// Whether nothing has still to be read before it is known what was remembered.
  var isOpen: Bool { recorder.condition.state != .opening }

  // MARK: Services

  /// Remembers what is polled, and shows which process polls.
  func remembering(
    tell: @escaping Tell,
    show: @escaping @Sendable (_ pollingNote: String?) async -> Void = { _ in }
  ) -> any FleetObserver & Service {
    guard let sharing else { return RunMemory(recorder, of: monitor, time: wiring.time) }
    return HistoryService(
      sharing,
      of: monitor,
      start: start,
      time: wiring.time,
      logger: wiring.logger("history"),
      display: HistoryService.Display(
        tell: { await tell($0, $1 ? .error : .notice) },
        show: { note, sentences in
          await show(note)
          for sentence in sentences { await tell(sentence, .notice) }
        }
      )
    )
  }

  /// Notes the start and the end of the run.
  var record: RunRecord { RunRecord(recorder: recorder, time: wiring.time) }

  /// Acknowledges and mutes; what is acknowledged ends where it is polled.
  func operators(tell: @escaping Tell) -> OperatorService {
    OperatorService(
      ledger,
      recording,
      time: wiring.time,
      logger: wiring.logger("operators"),
      tell: { await tell($0, .error) }
    )
  }

  func polling(
    into observer: any FleetObserver,
    tell: @escaping Tell,
    accounts: @escaping PollingService.Accounts
  ) -> PollingService {
    PollingService(
      wiring: wiring,
      observer: observer,
      sharing: sharing,
      start: start,
      tell: tell,
      accounts: accounts
    )
  }

  /// Tells receivers, as soon as polling has begun.
  func alerts(
    to receivers: [ConfiguredReceiver],
    in environment: ProcessEnvironment,
    once polling: PollingService,
    tell: @escaping Tell,
    show: @escaping @Sendable ([ReceiverCondition]) async -> Void = { _ in }
  ) -> AlertService {
    AlertService(
      wiring.teller(of: monitor, inbox, recorder: recorder, recording, sharing: sharing),
      receivers,
      wiring,
      in: environment,
      once: { await polling.hasBegun },
      display: AlertService.Display(tell: { await tell($0, $1 ? .error : .notice) }, show: show)
    )
  }
}
