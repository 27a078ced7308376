package import Monitor

/// Which numbers the operator wants to see.
package struct FilterState: Sendable {
  /// The one that is in force.
  package internal(set) var filter = Filter()
  /// The one that is being typed, while one is.
  package internal(set) var draft: FilterDraft?
  package internal(set) var onlyProblems = false
  /// Those that have a name.
  package internal(set) var saved = SavedFilters()
}
