import Health
import Monitor

// Each number: as many series as numbers, times about fourteen.
extension Metrics {
  func writeNumbers(_ figures: [NumberFigures], to writer: inout MetricsWriter) {
    let labels = labels(of: figures)
    writeStates(figures, labels, to: &writer)
    writeTimes(figures, labels, to: &writer)
    writeFacts(figures, labels, to: &writer)
    writeTexts(figures, labels, to: &writer)
  }

  private func writeStates(
    _ figures: [NumberFigures],
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
      labels.with(place) { writer.add(figures.state.severity.nagiosNumber, $0) }
    }
  }

  private func writeTimes(
    _ figures: [NumberFigures],
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
    _ figures: [NumberFigures],
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
    _ figures: [NumberFigures],
    _ labels: borrowing MetricLabels,
    to writer: inout MetricsWriter
  ) {
    var texts = MetricLabels(capacity: figures.count * 320, count: figures.count)
    var waba: (id: String, name: String) = ("", "")
    for (place, figures) in figures.enumerated() {
      if let id = figures.waba, id != waba.id { waba = (id, name(ofWABA: id)) }
      labels.with(place) { texts.append($0) }
      texts.append("name", words(figures.name ?? ""))
      texts.append("label", words(figures.label ?? ""))
      texts.append("name_status", figures.nameStatus ?? "")
      texts.append("status", figures.status ?? "")
      texts.append("waba_name", figures.waba == nil ? "" : waba.name)
      texts.append("business", figures.business ?? "")
      texts.end()
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_number",
        kind: .info,
        help: "The names of the number, and its provider's words about it."
      )
    )
    for place in figures.indices { texts.with(place) { writer.add(1, $0) } }
  }
}

// The labels that all series of a number have.
extension Metrics {
  private func labels(of figures: [NumberFigures]) -> MetricLabels {
    let identities = figures.map { figures in
      Identity(
        account: figures.account,
        provider: figures.provider,
        number: number(figures.number),
        waba: figures.waba ?? ""
      )
    }
    let ordinals = ordinals(of: identities, figures)
    var labels = MetricLabels(capacity: figures.count * 128, count: figures.count)
    for (place, identity) in identities.enumerated() {
      let name = ordinals[place].map { "\(identity.number)#\($0)" } ?? identity.number
      labels.append("account", identity.account)
      labels.append("provider", identity.provider)
      labels.append("number", name)
      labels.append("waba", identity.waba)
      labels.end()
    }
    return labels
  }

  private struct Identity: Hashable {
    let account: String
    let provider: String
    let number: String
    let waba: String
  }

  /// Of numbers that look the same, such as masked ones, all but the first get an ordinal: no series may be
  /// there twice.
  ///
  /// In the order of the full numbers, so that each scrape counts alike.
  private func ordinals(of identities: [Identity], _ figures: [NumberFigures]) -> [Int: Int] {
    var firsts: [Identity: Int] = [:]
    firsts.reserveCapacity(identities.count)
    var same: [Int: [Int]] = [:]
    for (place, identity) in identities.enumerated() {
      if let first = firsts[identity] {
        same[first, default: [first]].append(place)
      } else {
        firsts[identity] = place
      }
    }
    var ordinals: [Int: Int] = [:]
    for places in same.values {
      let sorted = places.sorted { (figures[$0].number, $0) < (figures[$1].number, $1) }
      for (count, place) in sorted.enumerated().dropFirst() { ordinals[place] = count + 1 }
    }
    return ordinals
  }
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
