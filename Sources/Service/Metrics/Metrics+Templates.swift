import Health
import Monitor

// The message templates, which are many: only for those who ask for them.
extension Metrics {
  private struct Key: Hashable, Comparable {
    let waba: String
    let name: String
    let language: String

    static func < (left: Self, right: Self) -> Bool {
      (left.waba, left.name, left.language) < (right.waba, right.name, right.language)
    }
  }

  func writeTemplates(_ figures: [NumberFigures], to writer: inout MetricsWriter) {
    let templates = templates(figures).sorted { $0.key < $1.key }
    var labels = MetricLabels(capacity: templates.count * 128, count: templates.count)
    for (key, state) in templates {
      labels.add([
        ("waba", key.waba), ("template", words(key.name)), ("language", key.language),
        ("state", state),
      ])
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_template_state",
        kind: .gauge,
        help: "1 for the status that the message template has, in the provider's word."
      )
    )
    for place in templates.indices { labels.with(place) { writer.add(1, $0) } }
  }

  /// The status of each, of the WABAs that numbers belong to.
  private func templates(_ figures: [NumberFigures]) -> [Key: String] {
    var templates: [Key: String] = [:]
    for waba in Set(figures.compactMap(\.waba)) {
      guard case .success(let list)? = fleet.templates(of: waba)?.templates else { continue }
      for template in list {
        let key = Key(waba: waba, name: template.name, language: template.language ?? "")
        templates[key] = template.status.text.lowercased()
      }
    }
    return templates
  }
}
