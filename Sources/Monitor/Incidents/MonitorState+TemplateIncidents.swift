import Health

import struct FoundationEssentials.Date

// Which templates can't be sent.
extension MonitorState {
  /// Looks which status templates have by now; each that somebody has to do something about is a cause.
  ///
  /// - Parameter templates: The templates, and since when they are as they are.
  mutating func explainTemplates(_ templates: [Subject: Date]) {
    var owners: [String: Set<String>] = [:]
    for (waba, id, since) in templates.inOrder {
      let accounts = owners[waba] ?? fleet.accounts(ofWABA: waba)
      owners[waba] = accounts
      let refresh = accounts.compactMap { fleet.condition(of: $0)?.effectiveRefresh }.min()
      let impact = causes.templates.status(of: id, in: waba).map { status in
        IncidentTracker.Impact(reason: Change.Reason(.templates(status)), state: .warning)
      }
      incidents.set(
        .template(waba: waba, id: id),
        [impact].compactMap(\.self),
        polledBy: accounts,
        since: since,
        at: now,
        cycle: refresh ?? .seconds(60)
      )
    }
  }
}

extension MonitorState {
  /// Looks at templates of a former run as far as their lists are known by now; the others wait for theirs.
  mutating func explainRemembered(_ templates: some Collection<Subject>) {
    guard !templates.isEmpty else { return }
    let listed = templates.filter { causes.templates.isKnown($0) }
    unlistedTemplates = Set(templates).subtracting(listed)
    explainTemplates(dates(of: listed))
  }

  /// Since when templates are as they are, if nothing else is told of them: since their list was read.
  func dates(of templates: some Collection<Subject>) -> [Subject: Date] {
    let dates = templates.map { subject in
      let list = subject.template.flatMap { fleet.momentOfTemplates(of: $0.waba) }
      return (subject, (list ?? now).date)
    }
    return Dictionary(uniqueKeysWithValues: dates)
  }
}

extension FollowedUpdate {
  /// Since when templates are as they are, where it was told.
  func dates(of templates: Set<Subject>) -> [Subject: Date] {
    var dates: [Subject: Date] = [:]
    for told in told {
      guard case .template(let template, _, _) = told.event else { continue }
      let subject = Subject.template(waba: template.waba, id: template.id)
      if templates.contains(subject) { dates[subject] = told.moment.date }
    }
    return dates
  }
}

extension [Subject: Date] {
  /// The same in every process.
  fileprivate var inOrder: [(waba: String, id: String, since: Date)] {
    compactMap { subject, since in subject.template.map { ($0.waba, $0.id, since) } }
      .sorted { ($0.since, $0.waba, $0.id) < ($1.since, $1.waba, $1.id) }
  }
}

extension Fleet {
  /// The accounts of the numbers that may send the templates of a business account.
  package func accounts(ofWABA waba: String) -> Set<String> {
    let numbers = numbers(sharing: EntityReference(type: .waba, id: waba), first: .max)
    return Set(numbers.lazy.map { records[$0].number.account })
  }
}
