import Health
package import Monitor

// What explains the bad numbers, and where the operator is among it.
extension ScreenState {
  package var causeCount: Int { watch.causes.count }

  package func causeCount(of group: RankedCause.Group) -> Int { watch.causes.count(of: group) }

  /// Where the screen cannot show a cause: what there is none of.
  package var emptyCauses: EmptyCauses? {
    guard causeCount == 0 else { return nil }
    if fleet.counts.total == 0 { return fleet.accounts.isEmpty ? .discovering : .noNumbers }
    let polled = fleet.counts.polled
    return polled < fleet.counts.total
      ? .polling(polled, of: fleet.counts.total) : .noFault(of: fleet.counts.total)
  }

  /// The cause under the cursor; nil while there is none.
  package var selectedCause: RankedCause? {
    causeCount > 0
      ? watch.causes.cause(row: min(causesView.selectedRow, causeCount - 1), in: fleet) : nil
  }

  /// The first of the numbers that a cause hits.
  package func worstNumber(of id: CauseID) -> NumberRecord? {
    watch.causes.places(of: id, first: 1).first.map { fleet.records[$0] }
  }

  /// How many numbers there are at what polls are about: an account, a provider, all.
  package func polledNumbers(of id: CauseID) -> Int {
    watch.causes.troubles.accounts(of: id).reduce(0) { $0 + watch.causes.numbers(of: $1) }
  }

  /// The numbers that the cause under the cursor hits, at most two: one is opened at once.
  var fewChosenNumbers: [PhoneNumber.ID] {
    guard let cause = selectedCause else { return [] }
    return watch.causes.places(of: cause.id, first: 2).map { fleet.records[$0].id }
  }

  /// The number that a cause is about, where it is about one.
  var chosenCauseNumber: PhoneNumber.ID? {
    let few = fewChosenNumbers
    return few.count == 1 ? few[0] : nil
  }

  var causeIdentifier: String? {
    switch selectedCause?.id {
    case .entity(let reference)?: reference.id
    case .account(let name, _)?, .provider(let name, _)?: name
    case .signal(_, let text)?: text
    case .templates(let status)?: status.word
    case .offline?, nil: nil
    }
  }

  /// The cause under the cursor with its remedy, for a ticket.
  var causeTicket: CopiedText? {
    guard let cause = selectedCause else { return nil }
    let key: Incident.Key? =
      switch cause.id {
      case .entity(let reference): .entity(reference)
      case .signal(let kind, let text): .signal(kind, text: text)
      case .account, .provider, .offline, .templates: nil
      }
    guard let incident = key.flatMap(fleet.incident) else { return adviceToCopy(cause) }
    let records = watch.causes.crowd(of: cause.id).places.map { fleet.records[$0] }
    let name = fleet.name(of: cause.id)
    let ticket = TicketText(of: incident, name: name, records: records, now: now)
    let title = fleet.title(of: cause.id).printable
    return CopiedText(what: "the remedy for \(title)", text: ticket.text)
  }

  private func adviceToCopy(_ cause: RankedCause) -> CopiedText {
    let advice = Advice(of: cause.id)
    let title = fleet.title(of: cause.id)
    let head = [title, cause.trouble].compactMap(\.self).joined(separator: ": ")
    let lines = [
      head, cause.failure?.message, advice.meaning, advice.remedy.map { "Fix: \($0)" },
      advice.whoActs.map { "Who acts: \($0.phrase)" },
    ]
    return CopiedText(
      what: "the remedy for \(title.printable)",
      text: lines.compactMap(\.self).map(\.printable).joined(separator: "\n")
    )
  }

  /// How many lines the causes take with the rules between their groups.
  package var causeLineCount: Int { causeCount == 0 ? 0 : line(ofRow: causeCount - 1) + 1 }

  package var selectedCauseLine: Int { line(ofRow: causesView.selectedRow) }

  /// The lines that are visible where so many fit; always holds the cursor.
  package func causeWindow(height: Int) -> Range<Int> {
    let count = causeLineCount
    let row = line(ofRow: causesView.selectedRow)
    let first = Self.first(causesView.scroll, holding: row, of: count, height: height)
    return first..<min(first + max(height, 0), count)
  }

  /// The causes among the lines that are visible.
  package func visibleCauseRows(height: Int) -> Range<Int> {
    let rows = causeWindow(height: height).compactMap { row(ofLine: $0) }
    return (rows.first ?? 0)..<((rows.last ?? -1) + 1)
  }

  package func causeLine(_ line: Int) -> CauseLine? {
    guard let row = row(ofLine: line) else { return .rule }
    return watch.causes.cause(row: row, in: fleet).map { .cause($0, row: row) }
  }

  /// The rows before which a rule stands.
  private var groupStarts: [Int] {
    var (starts, row) = ([Int](), 0)
    for group in watch.causes.groups {
      let count = causeCount(of: group)
      if row > 0, count > 0 { starts.append(row) }
      row += count
    }
    return starts
  }

  private func line(ofRow row: Int) -> Int { row + groupStarts.count { $0 <= row } }

  private func row(ofLine line: Int) -> Int? {
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
}

// MARK: - Moving and opening

extension ScreenState {
  mutating func showCauses() { show(.causes) }

  /// A view that a digit chooses.
  mutating func show(_ route: Route) {
    guard routes != [route] else { return }
    routes = [route]
    trees = [:]
    isZoomed = false
    reconcileCauses()
    reconcileEvents()
    refreshOutline()
  }

  mutating func moveInCauses(_ movement: Movement) {
    let height = viewport.causeRows
    select(
      causeRow: Self.target(
        of: movement,
        from: causesView.selectedRow,
        count: causeCount,
        height: height
      )
    )
  }

  mutating func selectCause(visibleLine: Int) {
    let line = causeWindow(height: viewport.causeRows).lowerBound + visibleLine
    if let row = row(ofLine: line) { select(causeRow: row) }
  }

  mutating func select(causeRow row: Int) {
    guard causeCount > 0 else { return }
    causesView.selectedRow = min(max(row, 0), causeCount - 1)
    causesView.selection = selectedCause?.id
    causesView.scroll = causeWindow(height: viewport.causeRows).lowerBound
  }

  /// Finds the cursor again after ranks have moved: it stays on its cause.
  mutating func reconcileCauses() {
    let former = line(ofRow: causesView.selectedRow)
    if let selection = causesView.selection {
      if let row = watch.causes.row(of: selection) {
        causesView.selectedRow = row
        if causesView.scroll > 0 { causesView.scroll += line(ofRow: row) - former }
      } else {
        causesView.selectedRow = max(0, min(causesView.selectedRow, causeCount - 1))
        causesView.selection = selectedCause?.id
      }
    } else {
      (causesView.selectedRow, causesView.scroll) = (0, 0)
    }
    causesView.scroll = causeWindow(height: viewport.causeRows).lowerBound
  }

  /// Opens one number's tree; of many the tree of what they have in common.
  mutating func openCause() {
    guard let cause = selectedCause else { return }
    if let only = chosenCauseNumber, !cause.id.isPolling {
      openTree(of: only)
    } else {
      openInversion(of: cause.id)
    }
  }

  /// What `3` opens where the operator is.
  mutating func showTree() {
    let chosen: PhoneNumber.ID? =
      switch route {
      case .causes: fewChosenNumbers.first
      case .events: chosenEventNumber
      case .inversion: pollCandidate
      case .list, .tiles, .tree: nil
      }
    if let id = chosen ?? treeNumber ?? selectedRecord?.id { openTree(of: id) }
  }

  /// The moments whose ages the causes show.
  var visibleCauseMoments: [Moment] {
    if let root = inversionRoot, let row = watch.causes.row(of: root) {
      return [watch.causes.cause(row: row, in: fleet)?.since].compactMap(\.self)
    }
    return causeWindow(height: viewport.causeRows).compactMap { line in
      if case .cause(let cause, _)? = causeLine(line) { cause.since } else { nil }
    }
  }
}
