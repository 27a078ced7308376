import Health
package import Monitor

/// The state of the causes view.
package struct CausesState: Hashable, Sendable {
  /// Nil until the operator moves the cursor: then the first one is selected, whichever it is.
  package var selection: CauseID?
  /// The last row of the selection, which stays selected if the cause disappears.
  package var selectedRow = 0
  /// The first visible line, counting the rules between groups.
  package var scroll = 0
  /// The number of lines that fit.
  package internal(set) var visibleRows = 10

  /// The rows that pass the filter; nil means all.
  var shown: [Int]?

  package init() {}
}

/// A line of the list: a cause, or the rule between two groups.
package enum CauseLine: Hashable, Sendable {
  case cause(RankedCause, row: Int)
  case rule
}
