package import Health

/// Matches numbers with a filter, at one moment.
///
/// A record is large and there may be a hundred thousand, so matching reads it in place: passing it
/// on would copy it.
///
/// A number without a value for a field passes `!=` and `!~` and no other comparison.
package struct FilterMatcher {
  package typealias Record = UnsafePointer<NumberRecord>

  package let fleet: Fleet
  package let now: Moment

  package init(fleet: Fleet, now: Moment) {
    self.fleet = fleet
    self.now = now
  }

  package func passes(
    _ expression: FilterExpression,
    _ record: Record,
    _ search: SearchText
  ) -> Bool {
    switch expression {
    case .all(let parts): parts.allSatisfy { passes($0, record, search) }
    case .any(let parts): parts.contains { passes($0, record, search) }
    case .not(let part): !passes(part, record, search)
    case .word(let word): search.holds(word)
    case .flag(let flag): isSet(flag, record)
    case .field(let test): passes(test, record, search)
    }
  }

  private func isSet(_ flag: FilterFlag, _ record: Record) -> Bool {
    switch flag {
    case .problems: record.pointee.state.needsAttention
    case .new: isNew(record)
    case .changed: isChanged(record)
    case .stale: record.pointee.state == .stale
    case .acked: record.pointee.marks.contains(.acknowledged)
    case .muted: record.pointee.marks.contains(.muted)
    case .flapping: record.pointee.polls.isFlapping
    }
  }

  /// Before this run, as it is remembered, or in it.
  private func isChanged(_ record: Record) -> Bool {
    fleet.changedSinceVisit.contains(record.pointee.id)
      || record.pointee.previousState != nil && !record.pointee.sinceIsLowerBound
  }

  private func isNew(_ record: Record) -> Bool {
    guard let previous = record.pointee.previousState, !record.pointee.sinceIsLowerBound else {
      return false
    }
    let age = now - record.pointee.stateSince
    return record.pointee.state < previous && age < FilterFlag.noveltyEnds
  }

  private func passes(_ test: FilterTest, _ record: Record, _ search: SearchText) -> Bool {
    switch test.comparison {
    case .begins(let words):
      if let mark = search.mark(of: test.field) {
        return words.contains { search.hasText(beginningWith: $0, behind: mark) }
      }
      return test.field.hasText(of: record, in: fleet) { text in
        words.contains { text.begins(folded: $0.folded) }
      }
    case .equals(let words):
      if let mark = search.mark(of: test.field) {
        return words.contains { search.hasText(equalTo: $0, behind: mark) }
      }
      return test.field.hasText(of: record, in: fleet) { text in
        words.contains { text.equals(folded: $0.folded) }
      }
    case .matches(let pattern):
      return test.field.hasText(of: record, in: fleet, where: pattern.matches)
    case .isOne(let words): return test.field.word(of: record).map(words.contains) ?? false
    case .isLimit(let limits):
      return record.report?.facts.messagingLimit.map { limits.contains($0.value) } ?? false
    case .ranks(let order, let rank):
      return test.field.rank(of: record).map { order.holds($0, rank) } ?? false
    case .ages(let order, let age):
      return test.field.moment(of: record).map { order.holds(max(now - $0, .zero), age) } ?? false
    }
  }
}

extension Filter {
  /// Whether one number passes; the list keeps prepared values for matching many.
  package func passes(_ record: NumberRecord, in fleet: Fleet, at now: Moment) -> Bool {
    withUnsafePointer(to: record) {
      FilterMatcher(fleet: fleet, now: now)
        .passes(expression, $0, SearchText(record, in: fleet))
    }
  }
}
