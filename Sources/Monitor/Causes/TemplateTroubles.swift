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
  private var counts: [String: [TemplateStatus: Int]] = [:]
  private var totals: [String: Int] = [:]
  private var since: [TemplateStatus: (moment: Moment, isLowerBound: Bool)] = [:]

  mutating func note(_ list: TemplateList, at now: Moment) {
    guard case .success(let templates) = list.templates else { return }
    let isFirst = totals[list.waba] == nil
    var statuses: [TemplateStatus: Int] = [:]
    for template in templates where template.status.value.isTrouble {
      statuses[template.status.value, default: 0] += 1
    }
    totals[list.waba] = templates.count
    guard statuses != counts[list.waba, default: [:]] else { return }
    counts[list.waba] = statuses.isEmpty ? nil : statuses
    since.merge(Set(statuses.keys).map { ($0, (now, isFirst)) }) { known, _ in known }
    reconcile()
  }

  /// Adopts a list that was known before this run.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - changes: When it was told that templates got their status.
  ///   - moment: When the list was read: templates of which nothing was told have their status at
  ///     least since then.
  mutating func restore(
    _ list: TemplateList,
    toldAt changes: [RememberedFleet.TemplateKey: Moment],
    or moment: Moment
  ) {
    note(list, at: moment)
    guard case .success(let templates) = list.templates else { return }
    for template in templates where template.status.value.isTrouble {
      let key = RememberedFleet.TemplateKey(waba: list.waba, id: template.id)
      guard let told = changes[key] else { continue }
      let known = since[template.status.value]?.moment
      since[template.status.value] = (min(known ?? told, told), false)
    }
    reconcile()
  }

  /// Removes a business account that is gone or no longer known.
  mutating func remove(_ waba: String) {
    totals[waba] = nil
    if counts.removeValue(forKey: waba) != nil { reconcile() }
  }

  package func wabas(with status: TemplateStatus) -> [String] {
    counts.filter { $0.value[status] != nil }.keys.sorted()
  }

  private mutating func reconcile() {
    let present = Set(counts.values.flatMap(\.keys))
    since = since.filter { present.contains($0.key) }
    troubles = since.keys.map { status in
      let wabas = wabas(with: status)
      let line = RankedCause(
        id: .templates(status),
        group: .warning,
        severity: .warning,
        state: .warning,
        cause: nil,
        hit: wabas.reduce(0) { $0 + (counts[$1]?[status] ?? 0) },
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
  var code: EntityError.Code? {
    switch self {
    case .paused: .number(132_015)
    case .disabled: .number(132_016)
    case .rejected: .number(141_002)
    default: nil
    }
  }
}
