import Foundation
import Health
import TestSupport

@testable import Monitor

/// A few numbers whose answers come one by one, and what operators say about them.
struct OperatorScene {
  enum Answer: Sendable {
    case fine
    case limited
    case blocked
    case banned
    /// The quality is YELLOW, or RED.
    case yellow
    case red
    /// Their WABA is limited, or blocked.
    case wabaLimited
    case wabaBlocked
    /// The WABA is blocked and the number itself too.
    case bothBlocked
    case timedOut
    case refused
  }

  private(set) var monitor: MonitorState
  private(set) var now: Moment = .sample
  private(set) var changes: [Change] = []
  private var notes = OperatorNotes()
  private var count = 0

  static let waba = CauseID.entity(EntityReference(type: .waba, id: "102938475610"))

  init(_ answers: [Answer]) {
    monitor = MonitorState(startedAt: .sample)
    let account = AccountCondition.sample(Account.samples[0])
    changes += monitor.receive(FleetUpdate(accounts: [account]), at: now)
    for (index, answer) in answers.enumerated() { read(answer, of: index) }
  }

  static func number(_ index: Int) -> PhoneNumber { .sample("10654035224292\(index)") }

  mutating func read(_ answer: Answer, of index: Int = 0) {
    pass(.seconds(1))
    let number = Self.number(index)
    let reading = Reading.sample(number, answer.result(of: number), at: now)
    changes += monitor.receive(FleetUpdate(readings: [reading]), at: now)
  }

  /// The account's own condition: whether it fails as a whole.
  mutating func note(failure: ProviderError?) {
    let account = AccountCondition.sample(Account.samples[0], failure: failure, failingSince: now)
    changes += monitor.receive(FleetUpdate(accounts: [account]), at: now)
  }

  mutating func remove(_ index: Int) {
    changes += monitor.receive(FleetUpdate(vanished: [Self.number(index).id]), at: now)
  }

  mutating func pass(_ duration: Duration) {
    now = now + duration
    changes += monitor.advance(to: now)
  }

  /// Says which accounts are polled here.
  mutating func poll(only accounts: Set<String>) { monitor.setAccountsPolledHere(accounts) }

  mutating func acknowledge(number index: Int, for length: Duration? = nil) {
    acknowledge(
      .number(Self.number(index).id),
      monitor.fleet[Self.number(index).id]?.state ?? .unknown,
      length
    )
  }

  mutating func acknowledge(_ cause: CauseID, for length: Duration? = nil) {
    let state = monitor.causes.cause(cause, in: monitor.fleet)?.state
    acknowledge(.cause(cause.key), state ?? .blocked, length)
  }

  private mutating func acknowledge(
    _ subject: Subject,
    _ state: HealthState,
    _ length: Duration?
  ) {
    let note = Acknowledgement(
      id: nextID(),
      subject: subject,
      author: "ops",
      comment: "ticket 8841",
      date: now.date,
      until: length.map { (now + $0).date },
      state: state
    )
    adopt(acknowledgements: monitor.notes.acknowledgements + [note], mutes: monitor.notes.mutes)
  }

  mutating func mute(_ filter: String, for length: Duration = .seconds(7200)) {
    let mute = Mute(
      id: nextID(),
      filter: filter,
      author: "ops",
      date: now.date,
      until: (now + length).date
    )
    adopt(acknowledgements: monitor.notes.acknowledgements, mutes: monitor.notes.mutes + [mute])
  }

  /// Takes everything back.
  mutating func takeBack() { adopt(acknowledgements: [], mutes: []) }

  private mutating func adopt(acknowledgements: [Acknowledgement], mutes: [Mute]) {
    let notes = OperatorNotes(acknowledgements: acknowledgements, mutes: mutes)
    changes += monitor.adopt(notes, at: now)
  }

  private mutating func nextID() -> String {
    count += 1
    return "\(count)"
  }

  /// The marks of a number: `a`, `m`, `am` or nothing.
  func marks(of index: Int = 0) -> String {
    let marks = monitor.fleet[Self.number(index).id]?.marks ?? []
    return (marks.contains(.acknowledged) ? "a" : "") + (marks.contains(.muted) ? "m" : "")
  }

  /// Why acknowledgements ended, in order.
  var ends: [String] {
    changes.compactMap { change in
      if case .unacknowledged(_, _, let why) = change.event { why } else { nil }
    }
  }
}

extension OperatorScene.Answer {
  fileprivate func result(of number: PhoneNumber) -> Result<HealthReport, ProviderError> {
    switch self {
    case .fine: .success(report(number))
    case .limited: .success(report(number, own: "LIMITED"))
    case .blocked: .success(report(number, own: "BLOCKED"))
    case .banned: .success(report(number, status: "BANNED"))
    case .yellow: .success(report(number, quality: "YELLOW"))
    case .red: .success(report(number, quality: "RED"))
    case .wabaLimited: .success(report(number, waba: "LIMITED"))
    case .wabaBlocked: .success(report(number, waba: "BLOCKED"))
    case .bothBlocked: .success(report(number, own: "BLOCKED", waba: "BLOCKED"))
    case .timedOut: .failure(.sampleTimeout)
    case .refused: .failure(.sampleUnauthorized)
    }
  }

  private func report(
    _ number: PhoneNumber,
    own: String = "AVAILABLE",
    waba: String = "AVAILABLE",
    status: String = "CONNECTED",
    quality: String = "GREEN"
  ) -> HealthReport {
    let id = number.target ?? ""
    return .sample(
      id,
      number: "+44 7700 90013\(id.suffix(1))",
      own: .sample("PHONE_NUMBER", id, own),
      waba: .sample(
        "WABA",
        "102938475610",
        waba,
        errors: waba == "AVAILABLE" ? [] : [.samplePayment]
      ),
      status: status,
      quality: quality
    )
  }
}
