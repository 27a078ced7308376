import Health

// The door through which the operator comes in.
extension DashboardState {
  /// Does what was asked; what the state cannot do itself is returned.
  package mutating func perform(_ command: Command) -> [Effect] {
    if message?.kind == .error { message = nil }
    if let overlay, let effects = perform(command, in: overlay) { return effects }
    switch command {
    case .move(let movement): move(movement)
    case .left: goLeft()
    case .right: goRight()
    case .open: open()
    case .back: goBack()
    case .select(let row): select(visibleRow: row)
    case .quit: return [.quit]
    case .help: overlay = .help(scroll: 0)
    case .showList: showList()
    case .showTree: if let id = selectedRecord?.id { openTree(of: treeNumber ?? id) }
    case .startFilter: startFilter()
    case .editFilter(let edit): editFilter(edit)
    case .openSortMenu: overlay = .sortMenu(chosen: sort.column)
    case .sort(let column): sort(by: SortOrder(column))
    case .nextSortColumn: sort(by: SortOrder(sort.column.neighbour(1)))
    case .previousSortColumn: sort(by: SortOrder(sort.column.neighbour(-1)))
    case .reverseSort: sort(by: SortOrder(sort.column, isReversed: !sort.isReversed))
    case .toggleOnlyProblems: setOnlyProblems(!onlyProblems)
    case .nextProblem: seekProblem(1)
    case .previousProblem: seekProblem(-1)
    case .toggleAllFolds: toggleAllFolds()
    case .toggleZoom: isZoomed.toggle()
    case .scrollDetail(let movement): scrollDetail(movement)
    case .toggleWideColumns: wideColumns.toggle()
    case .cycleTimeFormat: cycleTimeFormat()
    case .pollSelected: return pollSelected()
    case .pollAll: return pollAll()
    case .togglePause: togglePause()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .copyIdentifier: return copy(identifierToCopy, "the number")
    case .copyRow: return copy(rowToCopy, "the row")
    case .copyRemedy: return copy(remedyToCopy, "the remedy")
    }
    return []
  }

  /// What a command means to what lies over the view; nil where it goes to the view after all.
  private mutating func perform(_ command: Command, in overlay: Overlay) -> [Effect]? {
    switch (command, overlay) {
    case (.move(let movement), .help(let scroll)):
      let count = max(viewport.helpLines - viewport.helpRows + 1, 1)
      let next = Self.target(of: movement, from: scroll, count: count, height: viewport.helpRows)
      self.overlay = .help(scroll: next)
    case (.move(let movement), .sortMenu(let column)):
      let rows = SortColumn.allCases
      let row = Self.target(
        of: movement,
        from: column.rawValue,
        count: rows.count,
        height: rows.count
      )
      self.overlay = .sortMenu(chosen: rows[row])
    case (.open, .sortMenu(let column)):
      self.overlay = nil
      sort(by: SortOrder(column))
    case (.back, _), (.open, .help), (.help, .help), (.openSortMenu, .sortMenu):
      self.overlay = nil
    case (.reverseSort, .sortMenu), (.redraw, _), (.suspend, _), (.quit, _), (.togglePause, _):
      return nil
    default:
      self.overlay = nil
      return nil
    }
    return []
  }

  private mutating func cycleTimeFormat() {
    let formats = TimeFormat.allCases
    let next = (formats.firstIndex(of: timeFormat) ?? 0) + 1
    timeFormat = formats[next % formats.count]
  }

  private mutating func pollSelected() -> [Effect] {
    guard let id = pollCandidate, let record = fleet[id] else { return [] }
    message = Message("Asked for \(record.displayNumber).", at: now)
    return [.poll(id)]
  }

  private mutating func pollAll() -> [Effect] {
    message = Message("Asked for all \(fleet.counts.total) numbers, as the budgets allow.", at: now)
    return [.pollAll]
  }

  private mutating func copy(_ text: String?, _ what: String) -> [Effect] {
    guard let text, !text.isEmpty else {
      message = Message("There is nothing to copy here.", at: now)
      return []
    }
    message = Message("Copied \(what).", at: now)
    return [.copy(text)]
  }
}
