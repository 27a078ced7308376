import Health
package import Monitor

/// Where the operator is among the causes.
package struct CausesState: Hashable, Sendable {
  /// Nil until the operator has moved: then it is the first, whichever that is.
  package var selection: CauseID?
  /// Where the selection was when it was last seen, so that a cause that goes leaves its place.
  package var selectedRow = 0
  /// The first visible line, with the rules between groups counted.
  package var scroll = 0
  /// The lines that there is room for.
  package internal(set) var visibleRows = 10

  /// The rows of those that the filter lets through; nil is all.
  var shown: [Int]?

  package init() {}
}

/// A line of the causes: one of them, or the rule between two groups.
package enum CauseLine: Hashable, Sendable {
  case cause(RankedCause, row: Int)
  case rule
}
