package import Health
package import History
package import Monitor

package import struct FoundationEssentials.Date

/// What changed in a window of time, and how long numbers were in which state.
package struct HistoryReport: Sendable {
  package enum Grouping: String, CaseIterable, Sendable {
    case number
    case waba
    case account
    /// The label of a number in the configuration.
    case label
  }

  /// What to report.
  package struct Request: Sendable {
    package var window: Range<Date>
    package var grouping: Grouping
    /// Only these numbers, by number, id, label or name; empty means all.
    package var names: [String]
    package var filter: Filter
    /// Whether changes come with what the answers say otherwise.
    package var includesDifferences: Bool

    package init(
      window: Range<Date>,
      grouping: Grouping = .number,
      names: [String] = [],
      filter: Filter = Filter(),
      includesDifferences: Bool = false
    ) {
      self.window = window
      self.grouping = grouping
      self.names = names
      self.filter = filter
      self.includesDifferences = includesDifferences
    }
  }

  package let generatedAt: Date
  package let window: Range<Date>
  package let grouping: Grouping
  /// In the order in which they happened, without repetitions.
  package let changes: [HistoryChange]
  package let figures: [HistoryFigure]
  /// Those that went on in the window, the one that began last at the end.
  package let incidents: [HistoryIncident]

  /// Reads a report from a history.
  package static func read(
    _ request: Request,
    from store: any HistoryRecords & HistoryQueries,
    at now: Moment
  ) async throws(HistoryError) -> Self {
    let window = request.window
    let numbers = KnownNumbers(try await store.current(after: nil, at: now), at: now)
    // What happened at the first moment of the window is in it.
    let before = Date(milliseconds: window.lowerBound.milliseconds - 1)
    let past = try await store.past(at: before)
    let query = TransitionQuery(
      window: window,
      includesDifferences: request.includesDifferences,
      limit: .max
    )
    let told = try await store.transitions(query)
    let times = try await store.times(of: nil, in: window)
    let incidents = try await store.incidents(in: window)
    var names = Dictionary(
      past.numbers.map { (Subject.number($0.id), $0.names) }
        + past.others.map { ($0.transition.subject, $0.transition.names) },
      uniquingKeysWith: { $1 }
    )
    for record in told { names[record.transition.subject] = record.transition.names }
    let selection = NumberSelection(request, numbers, names: names)
    return Self(
      generatedAt: now.date,
      window: window,
      grouping: request.grouping,
      changes: HistoryChange.all(of: told.inOrderOfTime, since: past, selection),
      figures: HistoryFigure.all(of: times, by: request.grouping, in: window, selection),
      incidents: HistoryIncident.all(of: incidents, selection)
    )
  }
}

extension [RecordedTransition] {
  /// By when it was so: what had to be confirmed was told later.
  fileprivate var inOrderOfTime: [Transition] {
    sorted { ($0.transition.date, $0.id) < ($1.transition.date, $1.id) }.map(\.transition)
  }
}

/// The numbers as they were known last.
struct KnownNumbers {
  let fleet: Fleet
  let now: Moment

  init(_ current: Current, at now: Moment) {
    var fleet = Fleet()
    _ = fleet.receive(current.update, at: now)
    self.fleet = fleet
    self.now = now
  }

  init(fleet: Fleet, now: Moment) {
    self.fleet = fleet
    self.now = now
  }

  func waba(of id: PhoneNumber.ID) -> String? { fleet[id]?.lastGood?.report?.id(of: .waba) }

  func name(ofWABA id: String) -> String? { name(of: EntityReference(type: .waba, id: id)) }

  /// The name of what a cause is about; nil where it is no entity, or has none.
  func name(of reason: Change.Reason) -> String? {
    guard case .entity(let reference)? = CauseID(key: reason.key) else { return nil }
    guard reference.type == .phoneNumber else { return name(of: reference) }
    return fleet.numbers(sharing: reference, first: 1).first.flatMap { place in
      fleet.records[place].number.label ?? fleet.records[place].name
    }
  }

  private func name(of entity: EntityReference) -> String? {
    fleet.facts(of: entity)?.name
      ?? fleet.numbers(sharing: entity, first: 1).lazy
      .compactMap { fleet.records[$0].lastGood?.report?.entities }
      .joined()
      .first { $0.reference == entity }?.name
  }
}

/// The numbers that a report is about.
struct NumberSelection {
  let numbers: KnownNumbers
  private let request: HistoryReport.Request
  /// As they were called then.
  private let names: [Subject: Names]

  init(
    _ request: HistoryReport.Request,
    _ numbers: KnownNumbers,
    names: [Subject: Names]
  ) {
    self.request = request
    self.numbers = numbers
    self.names = names
  }

  /// Whether it is about everything.
  var isWhole: Bool { request.names.isEmpty && request.filter.isEmpty }

  func contains(_ id: PhoneNumber.ID) -> Bool {
    guard id.target != nil else { return false }
    guard !isWhole else { return true }
    if let record = numbers.fleet[id] {
      return isNamed(record)
        && (request.filter.isEmpty
          || request.filter.passes(record, in: numbers.fleet, at: numbers.now))
    }
    // Of a number that is gone only its names are left.
    let known = names[.number(id)]
    let shown = [id.target, known?.text, known?.detail]
    return request.filter.isEmpty && request.names.contains { shown.contains($0) }
  }

  private func isNamed(_ record: NumberRecord) -> Bool {
    request.names.isEmpty
      || request.names.contains { record.answers(to: $0) || record.name == $0 }
  }

  /// What a subject was called then.
  func names(of subject: Subject) -> Names? { names[subject] }

  /// The names of a number: those of today, or the last ones of a number that is gone.
  func names(of id: PhoneNumber.ID) -> Names {
    if let record = numbers.fleet[id] {
      return Names(record.displayNumber, detail: record.number.label ?? record.name)
    }
    return names[.number(id)] ?? Names(id.target ?? id.account)
  }
}
