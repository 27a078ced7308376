import Health

/// Everything that decides whether a row is in the list.
package struct RowFilter: Hashable, Sendable {
  package let filter: Filter
  package let onlyProblems: Bool

  package init(filter: Filter = Filter(), onlyProblems: Bool = false) {
    self.filter = filter
    self.onlyProblems = onlyProblems
  }

  package var isEmpty: Bool { filter.isEmpty && !onlyProblems }

  /// Whether it may depend on more than a row's texts and state.
  package var looksFurther: Bool {
    filter.expression.parts.contains { part in
      switch part {
      case .field: true
      case .flag(let flag): flag == .new || flag == .flapping
      case .word, .all, .any, .not: false
      }
    }
  }

  /// Whether it can only pass rows that `former` passed, as with most letters that are typed.
  package func narrows(_ former: Self) -> Bool {
    guard onlyProblems || !former.onlyProblems else { return false }
    return former.filter.expression.demands.allSatisfy { demand in
      // Results that depend on time may have changed since the last match.
      !FilterClock(demand).isNeeded
        && filter.expression.demands.contains { $0.implies(demand) }
    }
  }
}

extension FilterExpression {
  /// Whether everything that passes this passes `other` too; false if uncertain.
  fileprivate func implies(_ other: Self) -> Bool {
    switch (self, other) {
    case (.word(let word), .word(let other)): word.implies(other)
    case (.field(let test), .field(let other)) where test.field == other.field:
      test == other || test.comparison.implies(other.comparison)
    default: self == other
    }
  }
}

extension FilterTest.Comparison {
  fileprivate func implies(_ other: Self) -> Bool {
    switch (self, other) {
    case (.begins(let words), .begins(let others)):
      words.allSatisfy { word in others.contains { word.folded.starts(with: $0.folded) } }
    case (.isOne(let words), .isOne(let others)): words.allSatisfy(others.contains)
    default: false
    }
  }
}

extension FilterMatcher {
  /// Whether a number is in the list.
  package func passes(
    _ filter: RowFilter,
    _ record: Record,
    _ search: SearchText
  ) -> Bool {
    if filter.onlyProblems, !record.pointee.state.needsAttention { return false }
    return passes(filter.filter.expression, record, search)
  }
}
