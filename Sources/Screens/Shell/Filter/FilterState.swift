package import Monitor

/// The state of the filter.
package struct FilterState: Sendable {
  /// The filter in force.
  package internal(set) var filter = Filter()
  /// The filter that is being typed, if any.
  package internal(set) var draft: FilterDraft?
  package internal(set) var onlyProblems = false
  /// The named filters.
  package internal(set) var saved = SavedFilters()
}
