import Foundation
import Health
import History
import Monitor

extension InMemoryHistory: HistoryQueries {
  nonisolated func mark() -> StoreMark? { nil }

  func revision() throws(HistoryError) -> Int { lastRevision }

  func transitions(_ query: TransitionQuery) throws(HistoryError) -> [RecordedTransition] {
    Array(
      entries.map { named($0.record, withDifference: query.includesDifferences) }
        .filter { query.passes($0) }.reversed().prefix(query.limit)
    )
  }

  /// With the names of today.
  private func named(
    _ record: RecordedTransition,
    withDifference: Bool = false
  ) -> RecordedTransition {
    let old = record.transition
    return RecordedTransition(
      id: record.id,
      transition: Transition(
        date: old.date,
        subject: old.subject,
        names: names[old.subject] ?? old.names,
        event: old.event,
        reason: old.reason,
        others: old.others,
        difference: withDifference ? old.difference : nil
      )
    )
  }

  func density(in window: Range<Date>, shares: Int) throws(HistoryError) -> [Density] {
    let range = window.milliseconds
    guard shares > 0, !range.isEmpty else { return [] }
    var densities = [Density](repeating: Density(), count: shares)
    for entry in entries where range.contains(entry.at) {
      let transition = entry.record.transition
      let isFirst = transition.kind == .state && transition.formerState == nil
      guard transition.kind.isOfLine, !isFirst else { continue }
      let share = (entry.at - range.lowerBound) * shares / range.count
      densities[share].add(entry.record.transition.state)
    }
    return densities
  }

  func past(at date: Date) throws(HistoryError) -> Past {
    let last = Set(entries.map(\.subject)).compactMap { lastOfLine($0, at: date.milliseconds) }
      .map { named($0.record) }
      .sorted { $0.id < $1.id }
    var numbers: [Past.Number] = []
    var others: [RecordedTransition] = []
    for record in last {
      let transition = record.transition
      switch transition.subject {
      case .number where transition.kind == .vanished: break
      case .number(let id):
        numbers.append(
          Past.Number(
            id: id,
            names: transition.names,
            state: transition.state,
            since: transition.date,
            formerState: transition.formerState,
            reason: transition.reason,
            others: transition.others
          )
        )
      case .entity, .account, .template: others.append(record)
      case .cause, .program: break
      }
    }
    return Past(
      date: date,
      numbers: numbers.sorted { $0.id < $1.id },
      others: others,
      covered: covered(at: date)
    )
  }

  private func covered(at date: Date) -> Set<String> {
    let moment = date.roundedToMilliseconds
    return Set(coverage.filter { $0.from <= moment && $0.to > moment }.map(\.account))
  }

  func counts(at date: Date) throws(HistoryError) -> StateCounts {
    let past = try past(at: date)
    var counts = StateCounts()
    for number in past.numbers {
      guard let state = number.state else { continue }
      counts.add(state, isCovered: past.covered.contains(number.id.account))
    }
    return counts
  }

  func changeDate(after date: Date) throws(HistoryError) -> Date? {
    lineDates.filter { $0 > date.roundedToMilliseconds }.min()
  }

  func changeDate(before date: Date) throws(HistoryError) -> Date? {
    lineDates.filter { $0 < date.roundedToMilliseconds }.max()
  }

  private var lineDates: [Date] {
    entries.map(\.record.transition).filter(\.kind.isOfLine).map(\.date)
  }

  func numbersChanged(after date: Date) throws(HistoryError) -> Set<PhoneNumber.ID> {
    let changed = entries.map(\.record.transition).filter {
      $0.kind == .state && $0.date > date.roundedToMilliseconds
    }
    return Set(
      changed.compactMap { transition in
        if case .number(let id) = transition.subject { return id }
        return nil
      }
    )
  }

  func lines(
    of numbers: [PhoneNumber.ID],
    in window: Range<Date>
  ) throws(HistoryError) -> [PhoneNumber.ID: StateLine] {
    Dictionary(
      numbers.map { ($0, line(of: $0, in: window.milliseconds)) },
      uniquingKeysWith: { $1 }
    )
  }

  func coverage(in window: Range<Date>) throws(HistoryError) -> [String: [Range<Date>]] {
    let range = window.milliseconds
    return Dictionary(grouping: coverage, by: \.account).mapValues { all in
      all.map { ($0.from.milliseconds..<$0.to.milliseconds).clamped(to: range) }.merged.map {
        Date(milliseconds: $0.lowerBound)..<Date(milliseconds: $0.upperBound)
      }
    }
    .filter { !$0.value.isEmpty }
  }

  func incident(_ id: String) -> Incident? { incidents[id] }

  func incidents(in window: Range<Date>) throws(HistoryError) -> [Incident] {
    incidents.values.filter {
      $0.start < window.upperBound && ($0.end ?? .distantFuture) > window.lowerBound
    }
    .sorted { ($1.start, $0.id) < ($0.start, $1.id) }
  }
}

extension TransitionQuery {
  fileprivate func passes(_ record: RecordedTransition) -> Bool {
    let transition = record.transition
    return window.map { $0.contains(transition.date) } ?? true
      && kinds.map { $0.contains(transition.kind) } ?? true
      && subjects.map { $0.contains(transition.subject) } ?? true
      && accounts.map { names in transition.subject.account.map(names.contains) ?? false } ?? true
      && before.map { record.id < $0 } ?? true
      && after.map { record.id > $0 } ?? true
  }
}
