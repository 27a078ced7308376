package import Monitor

package import struct FoundationEssentials.Date

/// Which transitions to look for: all that pass each test that there is.
package struct TransitionQuery: Hashable, Sendable {
  /// Dated in it.
  package var window: Range<Date>?
  package var kinds: Set<Transition.Kind>?
  package var subjects: Set<Subject>?
  /// Numbers of these accounts, and the accounts themselves.
  package var accounts: Set<String>?
  /// Told before this one: the next page.
  package var before: RecordedTransition.ID?
  /// Told after this one.
  package var after: RecordedTransition.ID?
  /// Whether they come with what the answers said otherwise.
  package var includesDifferences: Bool
  /// The newest so many.
  package var limit: Int

  package init(
    window: Range<Date>? = nil,
    kinds: Set<Transition.Kind>? = nil,
    subjects: Set<Subject>? = nil,
    accounts: Set<String>? = nil,
    before: RecordedTransition.ID? = nil,
    after: RecordedTransition.ID? = nil,
    includesDifferences: Bool = false,
    limit: Int = 100
  ) {
    self.window = window
    self.kinds = kinds
    self.subjects = subjects
    self.accounts = accounts
    self.before = before
    self.after = after
    self.includesDifferences = includesDifferences
    self.limit = limit
  }
}
