import Foundation
import Health
import TestSupport

@testable import Monitor

/// Random things that happen to a fleet, told to a monitor and to a slow and obvious second one.
///
/// The second keeps no index: it knows the numbers by their names and looks at all of them each time.
struct ModelCheck {
  private var random: SeededGenerator
  private(set) var monitor: MonitorState
  private var oracle: Oracle
  /// Looks at what operators say; nil where nobody says anything.
  private var noteOracle: NoteOracle?
  private var noteCount = 0
  private var now = Moment(date: Date(timeIntervalSince1970: 1_767_225_600), uptime: .zero)
  private(set) var steps = 0
  /// What is wrong, if anything.
  private(set) var mistake: String?
  /// What was wrong within the step already.
  private var early: String?

  init(seed: UInt64, withOperators: Bool = false) {
    random = SeededGenerator(seed: seed)
    let rules = Self.rules[Int(seed % UInt64(Self.rules.count))]
    monitor = MonitorState(startedAt: now, confirming: rules)
    oracle = Oracle(rules)
    if withOperators { noteOracle = NoteOracle(startedAt: now) }
  }

  private static let rules = [
    ConfirmationRules(),
    .immediate,
    ConfirmationRules(downPolls: 3, downTime: .seconds(90), upPolls: 3, trustsBlocked: false),
  ]

  mutating func step() {
    steps += 1
    var changes = act()
    // So that both have let pass the same time.
    changes += monitor.advance(to: now)
    oracle.age(to: now)
    mistake =
      early ?? oracle.mistake(in: monitor, changes, at: now)
      ?? noteOracle?.mistake(in: monitor, at: now) ?? oracle.told(monitor.takeIncidents())
  }

  private mutating func act() -> [Change] {
    switch roll(noteOracle == nil ? 20 : 23) {
    case 0..<9: receive(FleetUpdate(readings: readings()))
    case 9..<12: pass(.seconds([1, 5, 20, 31, 61, 95][roll(6)]))
    case 12: receive(appearing())
    case 13: receive(FleetUpdate(vanished: some(3)))
    case 14: receive(FleetUpdate(entities: [facts()]))
    case 15: receive(FleetUpdate(templates: [templates()]))
    case 16, 17: receive(FleetUpdate(readings: readings(), accounts: [condition()]))
    case 18: rename()
    case 20, 21: say()
    case 22: takeBack()
    default: roll(4) == 0 ? removeAccount() : receive(FleetUpdate(readings: readings()))
    }
  }

  private mutating func receive(_ update: FleetUpdate) -> [Change] {
    // Both let pass the same time first, so that what is over before the update is seen to be over.
    let aged = monitor.advance(to: now)
    oracle.age(to: now)
    early = oracle.mistake(in: monitor, aged, at: now) ?? noteOracle?.mistake(in: monitor, at: now)
    oracle.receive(update, at: now)
    let changes = monitor.receive(update, at: now)
    early = early ?? noteOracle?.mistake(in: monitor, at: now)
    return changes
  }

  /// An operator acknowledges or mutes something.
  private mutating func say() -> [Change] {
    guard let notes = noteOracle?.notes else { return [] }
    // A few are enough, and are looked at soon.
    var (acknowledgements, mutes) = (
      Array(notes.acknowledgements.suffix(4)), Array(notes.mutes.suffix(2))
    )
    noteCount += 1
    let (id, end) = ("\(noteCount)", (now + .seconds(20 * (1 + roll(20)))).date)
    let record =
      monitor.fleet.records.isEmpty ? nil : monitor.fleet.records.randomElement(using: &random)
    switch roll(4) {
    case 0:
      let filter = Self.filters[roll(Self.filters.count)]
      mutes.append(Mute(id: id, filter: filter, author: "ops", date: now.date, until: end))
    case 1, 2:
      let causes = record?.causes.map(\.id).filter { !$0.isPolling } ?? []
      let cause = causes.randomElement(using: &random) ?? Self.absentCause
      let state = monitor.causes.cause(cause, in: monitor.fleet)?.state ?? .blocked
      acknowledgements.append(acknowledgement(id, .cause(cause.key), state, end))
    default:
      guard let record, record.state != .available else { return [] }
      acknowledgements.append(acknowledgement(id, .number(record.id), record.state, end))
    }
    return adopt(OperatorNotes(acknowledgements: acknowledgements, mutes: mutes))
  }

  private mutating func acknowledgement(
    _ id: String,
    _ subject: Subject,
    _ state: HealthState,
    _ end: Date
  ) -> Acknowledgement {
    Acknowledgement(
      id: id,
      subject: subject,
      author: "ops",
      date: now.date,
      until: roll(3) == 0 ? end : nil,
      state: state
    )
  }

  private static let filters = [
    "status:blocked", "provider:meta", "+1 555 01a1", "since<60s", "waba=1 !status:limited",
    "label:label", "name:WABA OR business:9", "planet:mars", "@stale",
  ]

  private static let absentCause = CauseID.entity(EntityReference(type: .waba, id: "9999"))

  private mutating func takeBack() -> [Change] {
    guard let notes = noteOracle?.notes else { return [] }
    return adopt(
      OperatorNotes(
        acknowledgements: notes.acknowledgements.filter { _ in roll(2) == 0 },
        mutes: notes.mutes.filter { _ in roll(2) == 0 }
      )
    )
  }

  private mutating func adopt(_ notes: OperatorNotes) -> [Change] {
    // What is over by now is over before something else is said.
    let aged = monitor.advance(to: now)
    oracle.age(to: now)
    early =
      oracle.mistake(in: monitor, aged, at: now) ?? noteOracle?.mistake(in: monitor, at: now)
    let left = noteOracle?.notes.ids ?? []
    let new = OperatorNotes(
      acknowledgements: notes.acknowledgements.filter {
        left.contains($0.id) || $0.id == "\(noteCount)"
      },
      mutes: notes.mutes.filter { left.contains($0.id) || $0.id == "\(noteCount)" }
    )
    noteOracle?.adopt(new)
    return monitor.adopt(new, at: now)
  }

  private mutating func pass(_ duration: Duration) -> [Change] {
    now = now + duration
    return monitor.advance(to: now)
  }

  private mutating func roll(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
}

// What can happen.
extension ModelCheck {
  private static let accounts = ["a", "b", "c"]

  private mutating func number() -> PhoneNumber {
    let account = Self.accounts[roll(3)]
    // Now and then what stands for the account as a whole.
    let target = roll(30) == 0 ? nil : "\(account)\(roll(8))"
    return PhoneNumber(
      account: account,
      provider: account == "c" ? "kapso" : "meta",
      target: target
    )
  }

  private mutating func some(_ most: Int) -> [PhoneNumber.ID] {
    (0...roll(most)).map { _ in number().id }
  }

  private mutating func readings() -> [Reading] {
    now = now + .milliseconds(roll(2000))
    return (0...roll(4)).map { _ in
      let number = number()
      return Reading(number: number, moment: now, result: result(of: number))
    }
  }

  private mutating func result(of number: PhoneNumber) -> Result<HealthReport, ProviderError> {
    switch roll(12) {
    case 0: return .failure(ProviderError(.unreachable, "No route."))
    case 1: return .failure(ProviderError(.credentialRejected, "Key.", httpStatus: 401))
    case 2: return .failure(ProviderError(.timedOut, "Slow."))
    default: return .success(report(of: number))
    }
  }

  private mutating func report(of number: PhoneNumber) -> HealthReport {
    let waba = ["1", "2", "3", "4"][roll(10) == 0 ? roll(4) : (number.target?.hashedDigit ?? 0)]
    let state = ["AVAILABLE", "AVAILABLE", "AVAILABLE", "LIMITED", "BLOCKED"][roll(5)]
    return HealthReport.sample(
      number.target ?? "x",
      number: "+1 555 01\(number.target ?? "")",
      own: .sample("PHONE_NUMBER", roll(8) == 0 ? nil : number.target, own),
      waba: .sample("WABA", waba, state, errors: state == "AVAILABLE" ? [] : [.samplePayment]),
      business: .sample("BUSINESS", "9", roll(9) == 0 ? "LIMITED" : "AVAILABLE"),
      status: roll(9) == 0 ? "BANNED" : "CONNECTED",
      quality: ["GREEN", "GREEN", "GREEN", "YELLOW", "RED"][roll(5)]
    )
  }

  private var own: String {
    mutating get { roll(7) == 0 ? "BLOCKED" : "AVAILABLE" }
  }

  private mutating func appearing() -> FleetUpdate {
    FleetUpdate(appeared: (0...roll(3)).map { _ in number() })
  }

  private mutating func facts() -> EntityFacts {
    let isBad = roll(3) == 0
    return EntityFacts(
      reference: EntityReference(type: .waba, id: "\(1 + roll(4))"),
      name: "WABA",
      conditions: [EntityCondition(.review, isBad ? "REJECTED" : "APPROVED")],
      parent: EntityReference(type: .business, id: "9")
    )
  }

  private mutating func templates() -> TemplateList {
    let words = ["APPROVED", "APPROVED", "PAUSED", "REJECTED"]
    let templates = (0..<roll(5)).map { MessageTemplate.sample("t\($0)", words[roll(4)]) }
    return TemplateList(waba: "\(1 + roll(4))", templates: .success(templates))
  }

  private mutating func condition() -> AccountCondition {
    let name = Self.accounts[roll(3)]
    let account = oracle.account(name)
    let isFailing = roll(2) == 0
    let kinds: [ProviderError.Kind] = [.unreachable, .credentialRejected, .timedOut]
    return AccountCondition(
      account: account,
      effectiveRefresh: .seconds([30, 30, 60][roll(3)]),
      failure: isFailing ? ProviderError(kinds[roll(3)], "Failed.") : nil,
      failingSince: isFailing ? now : nil
    )
  }

  /// The configuration gives a number another label.
  private mutating func rename() -> [Change] {
    let known = number()
    let renamed = PhoneNumber(
      account: known.account,
      provider: known.provider,
      target: known.target,
      label: "label \(roll(5))"
    )
    return receive(FleetUpdate(appeared: [renamed]))
  }

  private mutating func removeAccount() -> [Change] {
    let name = Self.accounts[roll(3)]
    let gone = oracle.numbers.keys.filter { $0.account == name }.sorted()
    let left = oracle.accounts.map(\.account.name).filter { $0 != name }
    return receive(FleetUpdate(vanished: gone, accountOrder: left))
  }
}

extension String {
  fileprivate var hashedDigit: Int { Int(utf8.last ?? 0) % 4 }
}
