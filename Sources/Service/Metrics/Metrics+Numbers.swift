import Health
import Monitor

// Each number: as many series as numbers, times about fourteen.
extension Metrics {
  /// What is written of a number, so that each family reads a few bytes instead of the record.
  fileprivate struct Figures {
    let state: HealthState
    let severity: Int
    let since: Int
    /// 0 where it never had a usable answer.
    let answer: Int
    let quality: QualityRating?
    let limit: MessagingLimit?
  }

  func writeNumbers(to writer: inout MetricsWriter) {
    let places = placesInOrder
    let labels = labels(of: places)
    let figures = places.map { place in
      fleet.records.withElement(at: place) { Figures($0.pointee) }
    }
    writeStates(figures, labels, to: &writer)
    writeTimes(figures, labels, to: &writer)
    writeFacts(figures, labels, to: &writer)
    writeTexts(of: places, labels, to: &writer)
  }

  /// Those that are a number, not an account whose numbers could not be listed.
  private var placesInOrder: [Int] {
    fleet.records.indices.filter { place in
      fleet.records.withElement(at: place) { $0.pointee.number.target != nil }
    }
  }

  private func writeStates(
    _ figures: [Figures],
    _ labels: borrowing MetricLabels,
    to writer: inout MetricsWriter
  ) {
    writer.begin(
      MetricFamily(
        name: "wabatop_number_state",
        kind: .states,
        help: "The state of the number: 1 for the one that it is in."
      )
    )
    let states = HealthState.allCases
    for (place, figures) in figures.enumerated() {
      labels.with(place) { labels in
        for state in states {
          // In both formats with this name, so that queries are the same.
          let label: (name: StaticString, value: StaticString) = (
            "wabatop_number_state", state.label
          )
          writer.add(state == figures.state ? 1 : 0, labels, label)
        }
      }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_number_severity",
        kind: .gauge,
        help: "0 no fault reported, 1 a warning, 2 critical, 3 unknown."
      )
    )
    for (place, figures) in figures.enumerated() {
      labels.with(place) { writer.add(figures.severity, $0) }
    }
  }

  private func writeTimes(
    _ figures: [Figures],
    _ labels: borrowing MetricLabels,
    to writer: inout MetricsWriter
  ) {
    writer.begin(
      MetricFamily(
        name: "wabatop_number_last_answer_timestamp_seconds",
        kind: .gauge,
        help: "When the last usable answer about the number came; absent before the first.",
        isInSeconds: true
      )
    )
    for (place, figures) in figures.enumerated() where figures.answer > 0 {
      labels.with(place) { writer.add(milliseconds: figures.answer, $0) }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_number_state_since_timestamp_seconds",
        kind: .gauge,
        help: "Since when the number is in its state, as far as it is known.",
        isInSeconds: true
      )
    )
    for (place, figures) in figures.enumerated() {
      labels.with(place) { writer.add(milliseconds: figures.since, $0) }
    }
  }

  private func writeFacts(
    _ figures: [Figures],
    _ labels: borrowing MetricLabels,
    to writer: inout MetricsWriter
  ) {
    writer.begin(
      MetricFamily(
        name: "wabatop_number_quality",
        kind: .gauge,
        help: "The quality rating: 1 for the one that the number has; absent where none is known."
      )
    )
    let ratings: [(QualityRating, StaticString)] = [
      (.green, "green"), (.yellow, "yellow"), (.red, "red"), (.unrated, "unrated"),
    ]
    for (place, figures) in figures.enumerated() {
      guard let quality = figures.quality else { continue }
      labels.with(place) { labels in
        for (rating, label) in ratings {
          writer.add(rating == quality ? 1 : 0, labels, ("quality", label))
        }
      }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_number_messaging_limit",
        kind: .gauge,
        help: "Recipients outside service windows in 24 hours; absent where it is not known."
      )
    )
    for (place, figures) in figures.enumerated() {
      switch figures.limit {
      case .recipients(let count): labels.with(place) { writer.add(count, $0) }
      case .unlimited: labels.with(place) { writer.addInfinity($0) }
      case .notSet, .unrecognized, nil: break
      }
    }
  }

  private func writeTexts(
    of places: [Int],
    _ labels: borrowing MetricLabels,
    to writer: inout MetricsWriter
  ) {
    var texts = MetricLabels(capacity: places.count * 320, count: places.count)
    var names: [String: String] = [:]
    for (index, place) in places.enumerated() {
      let known = labels.with(index) { Array($0) }
      let record = fleet.records[place]
      let facts = record.report?.facts
      let waba = record.report?.id(of: .waba)
      let wabaName = waba.map { id in
        if let name = names[id] { return name }
        let name = name(ofWABA: id)
        names[id] = name
        return name
      }
      let rest = MetricLabels.part(
        [
          ("label", words(record.number.label ?? "")),
          ("name_status", facts?.nameStatus?.text ?? ""),
          ("status", facts?.status?.text ?? ""), ("waba_name", wabaName ?? ""),
          ("business", record.report?.id(of: .business) ?? ""),
        ],
        isFirst: false
      )
      texts.add(known, "name", words(record.name ?? ""), rest)
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_number",
        kind: .info,
        help: "The names of the number, and its provider's words about it."
      )
    )
    for place in places.indices { texts.with(place) { writer.add(1, $0) } }
  }
}

// The labels that all series of a number have.
extension Metrics {
  /// Of two numbers with the same labels, such as masked ones, the later one gets a figure behind its
  /// number: no series may be there twice.
  private func labels(of places: [Int]) -> MetricLabels {
    var labels = MetricLabels(capacity: places.count * 128, count: places.count)
    var account: (name: String, provider: String, bytes: [UInt8]) = ("", "", [])
    let identities = places.map(identity)
    let figures = figures(of: identities, at: places)
    for (index, identity) in identities.enumerated() {
      if identity.account != account.name || identity.provider != account.provider {
        let known: [(name: StaticString, value: String)] = [
          ("account", identity.account), ("provider", identity.provider),
        ]
        account = (identity.account, identity.provider, MetricLabels.part(known, isFirst: true))
      }
      let name = figures[index].map { "\(identity.number)#\($0)" } ?? identity.number
      let rest = MetricLabels.part([("waba", identity.waba)], isFirst: false)
      labels.add(account.bytes, "number", name, rest)
    }
    return labels
  }

  /// Counts those that look the same, in the order of their ids, so that each scrape counts alike.
  private func figures(of identities: [Identity], at places: [Int]) -> [Int: Int] {
    var same: [Identity: [Int]] = [:]
    same.reserveCapacity(identities.count)
    for (index, identity) in identities.enumerated() { same[identity, default: []].append(index) }
    var figures: [Int: Int] = [:]
    for indices in same.values where indices.count > 1 {
      let sorted = indices.sorted { fleet.records[places[$0]].id < fleet.records[places[$1]].id }
      for (count, index) in sorted.enumerated().dropFirst() { figures[index] = count + 1 }
    }
    return figures
  }

  private struct Identity: Hashable {
    let account: String
    let provider: String
    let number: String
    let waba: String
  }

  private func identity(of place: Int) -> Identity {
    fleet.records.withElement(at: place) { record in
      Identity(
        account: record.pointee.number.account,
        provider: record.pointee.number.provider,
        number: number(record.pointee.displayNumber),
        waba: record.pointee.report?.id(of: .waba) ?? ""
      )
    }
  }
}

extension Metrics.Figures {
  fileprivate init(_ record: NumberRecord) {
    let facts = record.report?.facts
    self.init(
      state: record.state,
      severity: record.state.severity.nagiosNumber,
      since: record.stateSince.milliseconds,
      answer: record.lastGood?.moment.milliseconds ?? 0,
      quality: facts?.quality?.value.known,
      limit: facts?.messagingLimit?.value
    )
  }
}

extension QualityRating {
  /// Nil for a word that is new.
  fileprivate var known: Self? { if case .unrecognized = self { nil } else { self } }
}

extension Severity {
  /// The exit status of a monitoring plugin.
  fileprivate var nagiosNumber: Int {
    switch self {
    case .ok: 0
    case .warning: 1
    case .critical: 2
    case .unknown: 3
    }
  }
}
