import Health
import Monitor

// The numbers of each business account.
extension Metrics {
  private struct WABA: Hashable, Comparable {
    let account: String
    let provider: String
    let id: String

    static func < (left: Self, right: Self) -> Bool {
      (left.account, left.id, left.provider) < (right.account, right.id, right.provider)
    }
  }

  func writeWABAs(to writer: inout MetricsWriter) {
    let states = HealthState.allCases
    var counts: [WABA: [Int]] = [:]
    var businesses: [WABA: String] = [:]
    for place in fleet.records.indices {
      fleet.records.withElement(at: place) { record in
        guard let report = record.pointee.report, let id = report.id(of: .waba) else { return }
        let number = record.pointee.number
        let waba = WABA(account: number.account, provider: number.provider, id: id)
        counts[waba, default: [Int](repeating: 0, count: states.count)][
          Int(record.pointee.state.rawValue)
        ] += 1
        if let business = report.id(of: .business) { businesses[waba] = business }
      }
    }
    let sorted = counts.sorted { $0.key < $1.key }
    var labels = MetricLabels(capacity: sorted.count * 128, count: sorted.count)
    for (waba, _) in sorted {
      labels.add([("account", waba.account), ("provider", waba.provider), ("waba", waba.id)])
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_waba_numbers",
        kind: .gauge,
        help: "How many numbers of the WhatsApp business account are in each state."
      )
    )
    for (place, waba) in sorted.enumerated() {
      labels.with(place) { labels in
        for state in states {
          writer.add(waba.value[Int(state.rawValue)], labels, ("state", state.label))
        }
      }
    }
    writeNames(of: sorted.map(\.key), businesses, to: &writer)
  }

  private func writeNames(
    of wabas: [WABA],
    _ businesses: [WABA: String],
    to writer: inout MetricsWriter
  ) {
    var labels = MetricLabels(capacity: wabas.count * 160, count: wabas.count)
    for waba in wabas {
      labels.add([
        ("account", waba.account), ("provider", waba.provider), ("waba", waba.id),
        ("waba_name", name(ofWABA: waba.id)), ("business", businesses[waba] ?? ""),
      ])
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_waba",
        kind: .info,
        help: "The name of the WhatsApp business account, and its business."
      )
    )
    for place in wabas.indices { labels.with(place) { writer.add(1, $0) } }
  }

  func name(ofWABA id: String) -> String {
    words(fleet.facts(of: EntityReference(type: .waba, id: id))?.name ?? "")
  }
}
