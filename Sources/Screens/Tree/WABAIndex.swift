import Health
import Monitor

/// The states of each WABA's numbers, and the WABAs of each business.
///
/// It is updated with each reading, so that an open tree costs only its lines.
struct WABAIndex: Equatable, Sendable {
  /// One number's contribution.
  private struct Share: Equatable, Sendable {
    let waba: String?
    let business: String?
    let state: HealthState
    /// The state of its WABA, from the number's answer and the WABA itself.
    let wabaState: HealthState
  }

  private var shares: [Share?] = []
  private var numbers: [String: Tally] = [:]
  private var wabas: [String: [String: Tally]] = [:]

  init() {}

  init(of fleet: Fleet) {
    update(fleet.records.indices, of: fleet)
  }

  /// The states of a WABA's numbers.
  func numbers(of waba: String) -> Tally { numbers[waba] ?? Tally() }

  /// The states of each WABA of a business, from its numbers' answers.
  func wabas(of business: String) -> [String: Tally] { wabas[business] ?? [:] }

  mutating func update(_ places: some Collection<Int>, of fleet: Fleet) {
    for place in places where place < fleet.records.count {
      while shares.count <= place { shares.append(nil) }
      let share = fleet.records.withElement(at: place) { Self.share(of: $0.pointee, in: fleet) }
      guard shares[place] != share else { continue }
      if let former = shares[place] { count(former, -1) }
      if let share { count(share, 1) }
      shares[place] = share
    }
  }

  /// Shrinks after numbers were removed.
  mutating func follow(to length: Int) {
    while shares.count > length {
      if let former = shares.removeLast() { count(former, -1) }
    }
  }

  private static func share(of record: NumberRecord, in fleet: Fleet) -> Share? {
    guard let report = record.report else { return nil }
    let waba = report.entities.first { $0.type?.value == .waba && $0.id != nil }
    let own = waba?.reference.flatMap(fleet.facts)?.state
    let said = min(HealthState(waba?.canSendMessage?.value), own ?? .available)
    return Share(
      waba: waba?.id,
      business: report.id(of: .business),
      state: record.state,
      wabaState: record.isOld ? record.state : said
    )
  }

  private mutating func count(_ share: Share, _ change: Int) {
    guard let waba = share.waba else { return }
    numbers[waba, default: Tally()][share.state] += change
    if numbers[waba]?.total == 0 { numbers[waba] = nil }
    guard let business = share.business else { return }
    wabas[business, default: [:]][waba, default: Tally()][share.wabaState] += change
    if wabas[business]?[waba]?.total == 0 { wabas[business]?[waba] = nil }
  }
}
