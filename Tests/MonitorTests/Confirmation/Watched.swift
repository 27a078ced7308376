import Health
import TestSupport

@testable import Monitor

/// One number, polled in a given order, and what is told of it.
struct Watched {
  private(set) var monitor: MonitorState
  private(set) var now = Moment.sample
  /// Such as `AVA>LIM 60`: the states, and the second at which the new one was seen first.
  private(set) var told: [String] = []
  private(set) var changes: [Change] = []

  static let number = PhoneNumber.sample("1")

  init(_ rules: ConfirmationRules) {
    monitor = MonitorState(startedAt: now, confirming: rules)
    receive(FleetUpdate(accounts: [.sample(.samples[0])]))
  }

  /// Polls the number a number of seconds after the start.
  mutating func poll(at second: Int, _ word: String) {
    pass(to: second)
    let result: Result<HealthReport, ProviderError> =
      word == "fail" ? .failure(.sampleTimeout) : .success(Self.report(word))
    receive(FleetUpdate(readings: [.sample(Self.number, result, at: now)]))
  }

  mutating func confirm(by rules: ConfirmationRules) { monitor.confirm(by: rules) }

  mutating func pass(to second: Int) {
    now = .sample + .seconds(second)
    note(monitor.advance(to: now))
  }

  private static func report(_ word: String) -> HealthReport {
    switch word {
    case "wrn": .sample("1", waba: .sample("WABA", "7"), quality: "RED")
    case "crt": .sample("1", waba: .sample("WABA", "7"), status: "BANNED")
    case "lim": .sample("1", waba: .sample("WABA", "7", "LIMITED"))
    case "blk": .sample("1", waba: .sample("WABA", "7", "BLOCKED", errors: [.samplePayment]))
    default: .sample("1", waba: .sample("WABA", "7"))
    }
  }

  private mutating func receive(_ update: FleetUpdate) { note(monitor.receive(update, at: now)) }

  private mutating func note(_ changes: [Change]) {
    self.changes += changes
    for change in changes {
      guard case .number(_, let from?, let to) = change.event else { continue }
      let second = Int((change.uptime - Moment.sample.uptime) / .seconds(1))
      told.append("\(from.word.prefix(3))>\(to.word.prefix(3)) \(second)")
    }
  }

  /// The state that is shown, and how far it is confirmed.
  var shown: String {
    let state = monitor.fleet[Self.number.id]?.state.word.prefix(3) ?? ""
    let progress = monitor.confirmation.progress(of: Self.number.id)
    return "\(state)\(progress.map { " \($0.polls)/\($0.needed)" } ?? "")"
  }
}
