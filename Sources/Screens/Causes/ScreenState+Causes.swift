import Health
package import Monitor

// The causes, and the cursor in their list.
extension ScreenState {
  /// The number of causes that pass the filter.
  package var causeCount: Int { causes.shown?.count ?? causeIndex.count }

  /// The worst causes that WhatsApp reports: more than fit into the widest banner.
  package var criticalCauses: [RankedCause] { causeIndex.critical(24, in: fleet) }

  package func causeCount(of group: RankedCause.Group) -> Int {
    guard let shown = causes.shown else { return causeIndex.count(of: group) }
    let groups = causeIndex.groups
    let before = groups.prefix { $0 != group }.reduce(0) { $0 + causeIndex.count(of: $1) }
    let rows = before..<(before + causeIndex.count(of: group))
    return shown.count { rows.contains($0) }
  }

  private func cause(row: Int) -> RankedCause? {
    causeIndex.cause(row: causes.shown.map { $0[row] } ?? row, in: fleet)
  }

  private func causeRow(of id: CauseID) -> Int? {
    guard let row = causeIndex.row(of: id), let shown = causes.shown else {
      return causeIndex.row(of: id)
    }
    return shown.firstIndex(of: row)
  }

  /// The rows of causes that hit a number that passes the filter.
  ///
  /// Accounts without any number are always shown, since a filter must not hide their failure.
  private var shownCauses: [Int]? {
    guard !filtering.filter.isEmpty else { return nil }
    return (0..<causeIndex.count).filter { row in
      guard let cause = causeIndex.cause(row: row, in: fleet) else { return false }
      if case .templates(let status) = cause.id {
        return causeIndex.templates.wabas(with: status).contains { waba in
          fleet.numbers(sharing: EntityReference(type: .waba, id: waba)).contains(
            where: passesFilter
          )
        }
      }
      if cause.hit == 0 { return cause.id.isPolling }
      return causeIndex.places(of: cause.id, first: cause.hit).contains(where: passesFilter)
    }
  }

  /// Why the list is empty; nil if it is not.
  package var emptyCauses: EmptyCauses? {
    guard causeCount == 0 else { return nil }
    if causeIndex.count > 0 { return .noMatch }
    if fleet.counts.total == 0 { return fleet.accounts.isEmpty ? .discovering : .noNumbers }
    let polled = fleet.counts.polled
    return polled < fleet.counts.total
      ? .polling(polled, of: fleet.counts.total) : .noFault(of: fleet.counts.total)
  }

  /// The cause for a total outage; nil if any account can be reached.
  var outage: RankedCause? {
    causeIndex.row(of: .offline).flatMap { causeIndex.cause(row: $0, in: fleet) }
  }

  /// The cause under the cursor; nil if there is none.
  package var selectedCause: RankedCause? {
    causeCount > 0
      ? cause(row: min(causes.selectedRow, causeCount - 1)) : nil
  }

  /// The first of the numbers that a cause hits.
  package func worstNumber(of id: CauseID) -> NumberRecord? {
    causeIndex.places(of: id, first: 1).first.map { fleet.records[$0] }
  }

  /// How many numbers an account, a provider, or all accounts have.
  package func polledNumbers(of id: CauseID) -> Int {
    causeIndex.troubles.accounts(of: id).reduce(0) { $0 + causeIndex.numbers(of: $1) }
  }

  /// The number of lines of the causes, with the rules between groups.
  package var causeLineCount: Int { causeCount == 0 ? 0 : line(ofRow: causeCount - 1) + 1 }

  package var selectedCauseLine: Int { line(ofRow: causes.selectedRow) }

  /// The visible lines, which always contain the cursor.
  package var causeWindow: Range<Int> {
    Scrolling.window(
      causes.scroll,
      holding: selectedCauseLine,
      of: causeLineCount,
      height: causes.visibleRows
    )
  }

  /// The visible causes.
  var visibleCauseRows: Range<Int> {
    let rows = causeWindow.compactMap { causeRow(ofLine: $0) }
    return (rows.first ?? 0)..<((rows.last ?? -1) + 1)
  }

  package func causeLine(_ line: Int) -> CauseLine? {
    guard let row = causeRow(ofLine: line) else { return .rule }
    return cause(row: row).map { .cause($0, row: row) }
  }

  /// The rows that follow a rule.
  private var groupStarts: [Int] {
    var (starts, row) = ([Int](), 0)
    for group in causeIndex.groups {
      let count = causeCount(of: group)
      if row > 0, count > 0 { starts.append(row) }
      row += count
    }
    return starts
  }

  private func line(ofRow row: Int) -> Int { row + groupStarts.count { $0 <= row } }

  func causeRow(ofLine line: Int) -> Int? {
    var row = line
    for (rules, start) in groupStarts.enumerated() {
      if line == start + rules { return nil }
      if line > start + rules { row -= 1 }
    }
    return row
  }
}

/// Why there is no cause.
package enum EmptyCauses: Hashable, Sendable {
  case discovering
  case noNumbers
  case polling(Int, of: Int)
  case noFault(of: Int)
  /// No cause passes the filter.
  case noMatch
}

// MARK: - The cursor

extension ScreenState {
  mutating func select(causeRow row: Int) {
    guard causeCount > 0 else { return }
    causes.selectedRow = min(max(row, 0), causeCount - 1)
    causes.selection = selectedCause?.id
    causes.scroll = causeWindow.lowerBound
  }

  /// Keeps the cursor on its cause after the order changed.
  mutating func reconcileCauses() {
    let former = selectedCauseLine
    causes.shown = shownCauses
    if let selection = causes.selection {
      if let row = causeRow(of: selection) {
        causes.selectedRow = row
        if causes.scroll > 0 { causes.scroll += line(ofRow: row) - former }
      } else {
        causes.selectedRow = max(0, min(causes.selectedRow, causeCount - 1))
        causes.selection = selectedCause?.id
      }
    } else {
      (causes.selectedRow, causes.scroll) = (0, 0)
    }
    causes.scroll = causeWindow.lowerBound
  }
}
