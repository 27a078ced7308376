package import Monitor

/// A filter during typing.
package struct FilterDraft: Hashable, Sendable {
  package internal(set) var text: String
  /// Why the text is not a valid filter; the last valid one stays in force.
  package internal(set) var error: FilterError?
  /// The filter to restore if typing is cancelled.
  let former: Filter
}
