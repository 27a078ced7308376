import Health

/// What the latest polls of an account could not read of the facts beside its numbers' health.
struct UnreadFacts: Sendable {
  /// By the target whose poll it was.
  private var byTarget: [String: [UnreadFact]] = [:]

  mutating func note(_ facts: [UnreadFact], of target: String) {
    byTarget[target] = facts.isEmpty ? nil : facts
  }

  mutating func forget(_ target: String) { byTarget[target] = nil }

  /// The reading with what is unread of the facts that belong to its number.
  func noted(in reading: Reading) -> Reading {
    guard !byTarget.isEmpty, let report = reading.report else { return reading }
    return reading.noting(unread: sentences(for: report))
  }

  private func sentences(for report: HealthReport) -> String? {
    let references = report.references
    let unread = byTarget.sorted { $0.key < $1.key }.flatMap(\.value).filter { fact in
      fact.entity.map(references.contains) ?? true
    }
    return unread.isEmpty ? nil : unread.map(\.sentence).joined(separator: " ")
  }
}
