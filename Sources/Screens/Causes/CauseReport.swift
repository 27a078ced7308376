package import Health
package import Monitor

/// Everything about the chosen cause.
package struct CauseReport: Hashable, Sendable {
  package let cause: RankedCause
  /// The type and id, such as `WABA 102938475610`.
  package let title: String
  package let name: String?
  package let advice: Advice
  /// In the provider's words.
  package let words: String?
  /// The first of the numbers that it hits, worst first.
  package let hits: [Hit]
  package let prognosis: Prognosis?

  package struct Hit: Hashable, Sendable {
    package let number: String
    package let name: String?
    package let state: HealthState
  }

  /// The effect of fixing the cause: each of its numbers is then as bad as the worst of its other
  /// causes.
  package struct Prognosis: Hashable, Sendable {
    package let severity: Severity
    /// How many numbers are in that state now.
    package let before: Int
    package let after: Int
    /// Whether no other single cause relieves more numbers.
    package let isLargest: Bool
  }
}

extension ScreenState {
  /// Everything about the cause under the cursor, with at most so many of its numbers.
  package func causeReport(hits: Int) -> CauseReport? {
    guard let cause = selectedCause else { return nil }
    let places = causeIndex.places(of: cause.id, first: max(hits, 1))
    let worst = places.first.map { fleet.records[$0] }
    let said = cause.cause.flatMap { words in worst.map { Advice(of: words, in: $0) } }
    return CauseReport(
      cause: cause,
      title: fleet.title(of: cause.id),
      name: fleet.name(of: cause.id),
      advice: (cause.failure?.knowledge).map(Advice.init(of:))
        ?? (cause.id.isPolling || cause.isOfTemplates ? nil : said) ?? Advice(of: cause.id),
      words: cause.failure?.message ?? cause.cause?.text,
      hits: cause.isOfTemplates
        ? templateHits(cause.id, hits)
        : places.prefix(hits).map { CauseReport.Hit(fleet.records[$0]) },
      prognosis: prognosis(without: cause)
    )
  }

  /// The names of templates, for a cause of templates.
  private func templateHits(_ id: CauseID, _ most: Int) -> [CauseReport.Hit] {
    guard case .templates(let status) = id else { return [] }
    var hits: [CauseReport.Hit] = []
    for waba in causeIndex.templates.wabas(with: status) where hits.count < most {
      guard case .success(let templates)? = fleet.templates(of: waba)?.templates else { continue }
      let name = fleet.facts(of: EntityReference(type: .waba, id: waba))?.name ?? waba
      hits += templates.filter { $0.status.value == status }.prefix(most - hits.count)
        .map { CauseReport.Hit(number: $0.name, name: name, state: $0.state) }
    }
    return hits
  }

  private func prognosis(without cause: RankedCause) -> CauseReport.Prognosis? {
    guard !cause.isOfTemplates, cause.hit > 0, cause.group == .polling || cause.state.isProblem
    else { return nil }
    let counts = fleet.counts
    let (severity, before): (Severity, Int) =
      switch cause.group {
      case .critical: (.critical, counts[.blocked] + counts[.critical])
      case .warning: (.warning, counts[.limited] + counts[.warning])
      case .polling: (.unknown, counts[.unknown] + counts[.stale])
      }
    let isLargest =
      cause.group == .critical && cause.relieved > 0
      && cause.relieved == causeIndex.largestRelief
    return CauseReport.Prognosis(
      severity: severity,
      before: before,
      after: max(before - cause.relieved, 0),
      isLargest: isLargest
    )
  }
}

extension CauseReport.Hit {
  fileprivate init(_ record: NumberRecord) {
    number = record.displayNumber
    name = record.number.label ?? record.name
    state = record.state
  }
}

extension Fleet {
  /// Such as `WABA 102938475610`, `ACCOUNT acme`.
  func title(of id: CauseID) -> String {
    switch id {
    case .entity(let reference):
      "\(reference.type.word) \(reference.id)"
    case .signal(let kind, let text): "\(kind.word): \(text)"
    case .account(let name, _): "ACCOUNT \(name)"
    case .provider(let name, _): "PROVIDER \(name)"
    case .offline: "nothing can be reached: probably this machine's network"
    case .templates(let status): "TEMPLATE \(status.word)"
    }
  }
}
