import Alerts
import Configuration
import Foundation
import Health
import History
import HistorySQLite
import Monitor
import Providers

// The only place that names the concrete receivers.
extension Wiring {
  /// A receiver as it is configured, with all its secrets.
  static func receiver(
    _ configured: ConfiguredReceiver,
    over transport: any HTTPTransport,
    in environment: ProcessEnvironment
  ) -> Receiver {
    Receiver(
      name: configured.name,
      filter: configured.filter,
      events: configured.events.map { Set($0.compactMap(AlertEvent.init)) } ?? AlertEvent.standard,
      kind: kind(of: configured, over: transport, in: environment)
    )
  }

  private static func kind(
    of configured: ConfiguredReceiver,
    over transport: any HTTPTransport,
    in environment: ProcessEnvironment
  ) -> Receiver.Kind {
    switch configured.target {
    case .alertmanager(let urls):
      .alerts(
        urls.map { url in
          let target = configured.target(url)
          return (receiver: AlertmanagerReceiver(target, over: transport), place: url)
        }
      )
    case .webhook(let url):
      .notices(
        WebhookReceiver(configured.target(url), secret: configured.signingSecret, over: transport),
        place: configured.places[0]
      )
    case .program(let arguments):
      .notices(
        ProgramReceiver(
          arguments,
          variables: environment.variables,
          timeout: configured.timeout
        ),
        place: configured.places[0]
      )
    }
  }

  /// What tells receivers, of what a monitor finds out; by default of all accounts.
  func teller(
    of monitor: FleetMonitor,
    _ inbox: AlertInbox,
    recorder: HistoryRecorder,
    _ recording: HistoryRecording?,
    sharing: SharedPolling?
  ) -> Teller {
    let spare = SpareStore()
    let (time, right) = (time, recording?.locks.map { TellingRight($0) })
    return Teller(
      Teller.Surroundings(
        monitor: monitor,
        inbox: inbox,
        store: {
          if let store = recorder.store { return store }
          return switch recorder.condition.state {
          case .opening, .remembering: nil
          case .waiting: await spare.empty
          case .without: await spare.store
          }
        },
        reserve: recording?.reserve,
        polled: { isBehind in
          guard let sharing, let right else { return nil }
          return right.accounts(of: sharing.rights, isBehind: isBehind, at: time.now)
        },
        holder: ProcessIdentity.current.text,
        time: time,
        random: { Double.random(in: 0..<1) }
      )
    )
  }
}

/// Takes the place of the store where nothing can be remembered.
private actor SpareStore {
  /// For as long as that lasts: what is told waits to be written.
  private(set) lazy var empty = try? SQLiteHistory.inMemory(isReadOnly: true)
  /// In this run: what was told is noted in memory.
  private(set) lazy var store = try? SQLiteHistory.inMemory()
}

extension ConfiguredReceiver {
  fileprivate func target(_ url: String) -> HTTPTarget {
    HTTPTarget(
      url: url,
      headers: authorizationHeader + headers.map { HTTPHeader($0.name, $0.value.revealed) },
      caFile: caFile,
      timeout: timeout
    )
  }

  private var authorizationHeader: [HTTPHeader] {
    switch authorization {
    case .bearer(let token): return [HTTPHeader("Authorization", "Bearer \(token.revealed)")]
    case .basic(let name, let password):
      let pair = Data("\(name):\(password.revealed)".utf8).base64EncodedString()
      return [HTTPHeader("Authorization", "Basic \(pair)")]
    case nil: return []
    }
  }

  /// Where it is, as it may be shown: the address of a webhook may contain a secret.
  var places: [String] {
    switch target {
    case .alertmanager(let urls): urls
    case .webhook(let url):
      [url.split(separator: "/", maxSplits: 3).prefix(2).joined(separator: "//")]
    case .program(let arguments): [arguments[0]]
    }
  }
}
