import Health
import Monitor

// How polling each account goes, and where the operator is among the accounts.
extension ScreenState {
  package var accountCount: Int { accounts.names.count }

  package func accountLine(row: Int) -> AccountLine? {
    guard accounts.names.indices.contains(row) else { return nil }
    return accountLine(named: accounts.names[row])
  }

  /// The account under the cursor; nil while there is none.
  package var selectedAccount: AccountLine? {
    accountLine(row: min(accounts.selectedRow, accountCount - 1))
  }

  /// The lines that are visible; always holds the cursor.
  package var accountWindow: Range<Int> {
    Scrolling.window(
      accounts.scroll,
      holding: accounts.selectedRow,
      of: accountCount,
      height: accounts.visibleRows
    )
  }

  /// Why there is no line; nil where there is one.
  var emptyAccounts: String? {
    guard accountCount == 0 else { return nil }
    return fleet.accounts.isEmpty ? "no accounts" : "no account has a number that the filter shows"
  }

  mutating func select(accountRow row: Int) {
    guard accountCount > 0 else { return }
    accounts.selectedRow = min(max(row, 0), accountCount - 1)
    accounts.selection = accounts.names[accounts.selectedRow]
    accounts.scroll = accountWindow.lowerBound
  }

  /// Finds the cursor again after accounts have moved: it stays on its account.
  mutating func reconcileAccounts() {
    accounts.names = shownAccounts
    if let selection = accounts.selection {
      let row = accounts.names.firstIndex(of: selection)
      accounts.selectedRow = row ?? max(0, min(accounts.selectedRow, accountCount - 1))
      if row == nil { accounts.selection = selectedAccount?.name }
    } else {
      (accounts.selectedRow, accounts.scroll) = (0, 0)
    }
    accounts.scroll = accountWindow.lowerBound
  }

  /// The names of the accounts of which the filter shows a number, the worst first.
  ///
  /// Accounts in trouble that have no number at all are shown at any rate: nobody would look for them
  /// behind a filter.
  private var shownAccounts: [String] {
    let isFiltered = !filtering.filter.isEmpty
    return fleet.accounts.enumerated()
      .compactMap { place, condition -> (rank: (Int, Int, Int), name: String)? in
        let name = condition.account.name
        guard let line = accountLine(named: name) else { return nil }
        let isLost = line.standing.needsAttention && causeIndex.numbers(of: name) == 0
        if isFiltered, line.total == 0, !isLost { return nil }
        return ((line.standing.rank, -line.bad, place), name)
      }
      .sorted { $0.rank < $1.rank }
      .map(\.name)
  }
}
