import Configuration
import Health
import Monitor

// What explains the bad numbers: the headline for alerts.
extension Metrics {
  /// The labels of a cause, which stay the same while it lasts.
  private struct Key: Hashable, Comparable {
    let severity: Severity
    let type: String
    let id: String
    let code: String
    let whoActs: String

    static func < (left: Self, right: Self) -> Bool {
      (right.severity, left.type, left.id, left.code, left.whoActs)
        < (left.severity, right.type, right.id, right.code, right.whoActs)
    }
  }

  func writeCauses(to writer: inout MetricsWriter) {
    var numbers: [Key: Int] = [:]
    for cause in snapshot.causes.lines(in: fleet) where !cause.isOfTemplates {
      numbers[key(of: cause), default: 0] += cause.hit
    }
    let sorted = numbers.sorted { $0.key < $1.key }
    var labels = MetricLabels(capacity: sorted.count * 128, count: sorted.count)
    for (key, _) in sorted {
      labels.add([
        ("cause_type", key.type), ("cause_id", key.id), ("code", key.code),
        ("who_acts", key.whoActs), ("severity", key.severity.word),
      ])
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_cause_numbers",
        kind: .gauge,
        help: "How many numbers a cause makes bad, or of how many nothing is known because of it."
      )
    )
    for (place, cause) in sorted.enumerated() {
      labels.with(place) { writer.add(cause.value, $0) }
    }
  }

  private func key(of cause: RankedCause) -> Key {
    let whoActs = cause.cause?.whoActs ?? Advice(of: cause.id).whoActs
    let (type, id, code) = identity(of: cause)
    return Key(
      severity: cause.severity,
      type: type,
      id: id,
      code: code,
      whoActs: whoActs?.rawValue ?? ""
    )
  }

  private func identity(of cause: RankedCause) -> (type: String, id: String, code: String) {
    switch cause.id {
    case .entity(let reference):
      (reference.type.word, isNamed(reference) ? reference.id : "", cause.code ?? "")
    case .signal(let kind, _): (kind.word, "", cause.code ?? "")
    case .account(let name, let trouble): ("POLL", name, trouble.rawValue)
    case .provider(let name, let trouble): ("POLL", "provider/\(name)", trouble.rawValue)
    case .offline: ("POLL", "", "offline")
    case .templates(let status): ("TEMPLATES", "", status.word)
    }
  }

  /// There are as many phone numbers as numbers, so without metrics of each they are one cause.
  private func isNamed(_ entity: EntityReference) -> Bool {
    switch entity.type {
    case .waba, .business, .app: true
    default: detail >= .number
    }
  }
}
