package import Monitor

/// A filter while it is typed.
package struct FilterDraft: Hashable, Sendable {
  package internal(set) var text: String
  /// Why the text is no filter; then the last one that was stays in force.
  package internal(set) var error: FilterError?
  /// What comes back when typing is given up.
  let former: Filter
}
