package import Health

/// Templates that can't be sent, by status: causes that are shown as warnings and hit no number.
package struct TemplateTroubles: Sendable {
  struct Trouble: Sendable {
    let line: RankedCause
    /// The business accounts that have such templates.
    let wabas: [String]
  }

  /// The most templates first.
  private(set) var troubles: [Trouble] = []
  /// Of each business account the templates that can't be sent, by their ids.
  private var statuses: [String: [String: TemplateStatus]] = [:]
  private var totals: [String: Int] = [:]
  private var since: [TemplateStatus: (moment: Moment, isLowerBound: Bool)] = [:]

  /// Applies changed or removed lists.
  ///
  /// - Returns: The templates in them that can't be sent, or could not until now.
  mutating func update(_ wabas: Set<String>, of fleet: Fleet) -> Set<Subject> {
    var touched: Set<Subject> = []
    var isNews = false
    for waba in wabas.sorted() {
      let (former, total) = (statuses[waba], totals[waba])
      if let (list, moment) = fleet.templateLists[waba] {
        note(list, at: moment)
      } else {
        remove(waba)
      }
      isNews = isNews || statuses[waba] != former || totals[waba] != total
      for ids in [former, statuses[waba]].compactMap({ $0?.keys }) {
        touched.formUnion(ids.lazy.map { .template(waba: waba, id: $0) })
      }
    }
    if isNews { reconcile() }
    return touched
  }

  private mutating func note(_ list: TemplateList, at moment: Moment) {
    guard case .success(let templates) = list.templates else { return }
    let isFirst = totals[list.waba] == nil
    let bad = templates.filter(\.status.value.isTrouble).map { ($0.id, $0.status.value) }
    totals[list.waba] = templates.count
    statuses[list.waba] = bad.isEmpty ? nil : Dictionary(bad, uniquingKeysWith: { $1 })
    since.merge(Set(bad.map(\.1)).map { ($0, (moment, isFirst)) }) { known, _ in known }
  }

  /// Removes a business account that is gone or no longer known.
  private mutating func remove(_ waba: String) {
    totals[waba] = nil
    statuses[waba] = nil
  }

  /// Adopts lists that were known before this run.
  ///
  /// - Parameters:
  ///   - lists: The lists, and when they were read: templates of which nothing was told have their status
  ///     at least since then.
  ///   - changes: When it was told that templates got their status.
  mutating func restore(
    _ lists: [(list: TemplateList, moment: Moment)],
    toldAt changes: [RememberedFleet.TemplateKey: Moment]
  ) {
    for (list, moment) in lists {
      note(list, at: moment)
      for (id, status) in statuses[list.waba] ?? [:] {
        guard let told = changes[RememberedFleet.TemplateKey(waba: list.waba, id: id)] else {
          continue
        }
        since[status] = (min(since[status]?.moment ?? told, told), false)
      }
    }
    reconcile()
  }

  package func wabas(with status: TemplateStatus) -> [String] {
    troubles.first { $0.line.id == .templates(status) }?.wabas ?? []
  }

  /// The status of a template that can't be sent; nil of others.
  func status(of id: String, in waba: String) -> TemplateStatus? { statuses[waba]?[id] }

  /// Whether the list with a template was read, whether the template is in it or not.
  func isKnown(_ subject: Subject) -> Bool {
    if case .template(let waba, _) = subject { totals[waba] != nil } else { false }
  }

  private mutating func reconcile() {
    var hits: [TemplateStatus: [String: Int]] = [:]
    for (waba, templates) in statuses {
      for status in templates.values { hits[status, default: [:]][waba, default: 0] += 1 }
    }
    since = since.filter { hits[$0.key] != nil }
    troubles = hits.map { status, counts in
      let wabas = counts.keys.sorted()
      let line = RankedCause(
        id: .templates(status),
        group: .warning,
        severity: .warning,
        state: .warning,
        cause: nil,
        hit: counts.values.reduce(0, +),
        total: wabas.reduce(0) { $0 + (totals[$1] ?? 0) },
        since: since[status]?.moment,
        sinceIsLowerBound: since[status]?.isLowerBound ?? false,
        relieved: 0,
        failure: nil
      )
      return Trouble(line: line, wabas: wabas)
    }
    .sorted { ($1.line.hit, $0.line.id.tieBreak) < ($0.line.hit, $1.line.id.tieBreak) }
  }
}

extension TemplateStatus {
  /// Whether somebody has to act before it can be sent; a template under review only has to wait.
  package var isTrouble: Bool {
    switch self {
    case .paused, .rejected, .disabled, .limitExceeded, .locked, .flagged: true
    case .approved, .pending, .inAppeal, .pendingDeletion, .deleted, .archived, .reinstated,
      .unrecognized:
      false
    }
  }

  /// The status as Meta's lists spell it.
  package var word: String {
    switch self {
    case .approved: "APPROVED"
    case .pending: "PENDING"
    case .rejected: "REJECTED"
    case .paused: "PAUSED"
    case .disabled: "DISABLED"
    case .inAppeal: "IN_APPEAL"
    case .pendingDeletion: "PENDING_DELETION"
    case .deleted: "DELETED"
    case .limitExceeded: "LIMIT_EXCEEDED"
    case .archived: "ARCHIVED"
    case .locked: "LOCKED"
    case .flagged: "FLAGGED"
    case .reinstated: "REINSTATED"
    case .unrecognized(let word): word
    }
  }

  /// The error code for sending such a template.
  package var code: EntityError.Code? {
    switch self {
    case .paused: .number(132_015)
    case .disabled: .number(132_016)
    case .rejected: .number(141_002)
    default: nil
    }
  }
}
