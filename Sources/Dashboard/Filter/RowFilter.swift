import Health

/// All that decides whether a row is in the list.
struct RowFilter: Hashable, Sendable {
  var filter = Filter()
  var onlyProblems = false

  var isEmpty: Bool { filter.isEmpty && !onlyProblems }

  /// Whether it may look at more than a row's texts and its state.
  var looksFurther: Bool {
    filter.expression.parts.contains { part in
      switch part {
      case .field: true
      case .flag(let flag): flag == .new
      case .word, .all, .any, .not: false
      }
    }
  }

  /// Whether nothing can pass that `former` did not let through, as with each letter that is typed.
  func narrows(_ former: Self) -> Bool {
    guard onlyProblems || !former.onlyProblems else { return false }
    return former.filter.expression.demands.allSatisfy { demand in
      guard case .word(let word) = demand else { return false }
      return filter.expression.demands.contains { narrower in
        if case .word(let narrower) = narrower { narrower.implies(word) } else { false }
      }
    }
  }
}

extension FilterMatcher {
  /// Whether a number is in the list.
  func passes(
    _ filter: RowFilter,
    _ record: Record,
    _ search: SearchText
  ) -> Bool {
    if filter.onlyProblems, !record.pointee.state.needsAttention { return false }
    return passes(filter.filter.expression, record, search)
  }
}
