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

  private struct Members {
    var counts = [Int](repeating: 0, count: HealthState.allCases.count)
    var business: String?
  }

  func writeWABAs(_ figures: [NumberFigures], to writer: inout MetricsWriter) {
    let wabas = members(figures).sorted { $0.waba < $1.waba }
    var labels = MetricLabels(capacity: wabas.count * 128, count: wabas.count)
    for (waba, _) in wabas {
      labels.add([("account", waba.account), ("provider", waba.provider), ("waba", waba.id)])
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_waba_numbers",
        kind: .gauge,
        help: "How many numbers of the WhatsApp business account are in each state."
      )
    )
    for (place, waba) in wabas.enumerated() {
      labels.with(place) { labels in
        for state in HealthState.allCases {
          writer.add(waba.members.counts[Int(state.rawValue)], labels, ("state", state.label))
        }
      }
    }
    writeNames(of: wabas, to: &writer)
  }

  /// Neighbours are often of the same WABA, which then needs no look-up.
  private func members(_ figures: [NumberFigures]) -> [(waba: WABA, members: Members)] {
    var wabas: [(waba: WABA, members: Members)] = []
    var places: [WABA: Int] = [:]
    var last = -1
    for figures in figures {
      guard let id = figures.waba else { continue }
      let isSame =
        last >= 0 && wabas[last].waba.id == id && wabas[last].waba.account == figures.account
        && wabas[last].waba.provider == figures.provider
      if !isSame {
        let waba = WABA(account: figures.account, provider: figures.provider, id: id)
        last = places[waba] ?? wabas.count
        if last == wabas.count {
          places[waba] = last
          wabas.append((waba, Members()))
        }
      }
      wabas[last].members.counts[Int(figures.state.rawValue)] += 1
      if let business = figures.business { wabas[last].members.business = business }
    }
    return wabas
  }

  private func writeNames(
    of wabas: [(waba: WABA, members: Members)],
    to writer: inout MetricsWriter
  ) {
    var labels = MetricLabels(capacity: wabas.count * 160, count: wabas.count)
    for (waba, members) in wabas {
      labels.add([
        ("account", waba.account), ("provider", waba.provider), ("waba", waba.id),
        ("waba_name", name(ofWABA: waba.id)), ("business", members.business ?? ""),
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
