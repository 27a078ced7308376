import Monitor

/// Where the operator is among the accounts.
package struct AccountsState: Sendable {
  /// Nil until the operator has moved: then it is the first, whichever that is.
  package var selection: String?
  /// Where the selection was when it was last seen, so that an account that goes leaves its place.
  package var selectedRow = 0
  package var scroll = 0
  /// The lines that there is room for.
  package internal(set) var visibleRows = 10
  /// The names of the accounts that are shown, the worst first.
  package internal(set) var names: [String] = []
  /// The filter of the account whose numbers were opened, and the one to go back to.
  var opened: (filter: Filter, former: Filter)?

  package init() {}
}
