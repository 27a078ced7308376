import Health
import Monitor

// Commands of the operator.
extension ScreenState {
  /// Performs a command; returns effects outside the state.
  package mutating func perform(_ command: Command) -> [Effect] {
    // The former message has been seen, so it must not cover the result of this key.
    shell.message = nil
    shell.lastKey = now
    stopRotation()
    defer { leaveWallWhereItEnds() }
    if let overlay = shell.overlay, let effects = perform(command, in: overlay) { return effects }
    switch command {
    case .move(let movement): room.move(movement, in: &self)
    case .left: room.goLeft(in: &self)
    case .right: room.goRight(in: &self)
    case .open: open()
    case .back: goBack()
    case .select(let row): room.select(visibleRow: row, in: &self)
    case .scroll(let lines): room.scroll(by: lines, in: &self)
    case .quit: return [.quit]
    case .help: shell.overlay = .help(scroll: 0)
    case .show(let route): show(route)
    case .toggleWall: toggleWall()
    case .haltWall: break
    case .askToQuit: shell.wall?.isQuitAsked = true
    case .showTree: showTree()
    case .showEvents: showEvents(of: nil)
    case .invertTree: room.invert(in: &self)
    case .showEventsOfChosen: showEventsOfChosen()
    case .olderIncident: seekIncident(-1)
    case .newerIncident: seekIncident(1)
    case .followTail: followTail()
    case .startFilter: startFilter()
    case .editFilter(let edit): editFilter(edit)
    case .filter(let text): filter(by: text)
    case .saveFilter(let name): saveFilter(as: name)
    case .startSearch: startSearch()
    case .editSearch(let edit): editSearch(edit)
    case .nextMatch: seekMatch(1)
    case .previousMatch: seekMatch(-1)
    case .acknowledge: startAcknowledging()
    case .acknowledgeBecause(let comment): startAcknowledging(because: comment)
    case .mute: startMuting()
    case .muteFilter(let filter): startMuting(filter)
    case .editNote(let edit): return editNote(edit)
    case .showNotes(let kind): shell.overlay = .notes(NoteList(kind))
    case .startCommand: startCommand()
    case .typeCommand(let text): startCommand(with: text)
    case .editCommand(let edit): return self.edit(edit)
    case .runCommand(let line, let meaning): return run(line, meaning: meaning)
    case .showMessages: shell.overlay = .messages(scroll: 0)
    case .theme(let name): return choose(theme: name)
    case .toggleMark: toggleMark()
    case .markRange: markRange()
    case .clearMarks: clearMarks()
    case .toggleFollowing: toggleFollowing()
    case .openSortMenu: shell.overlay = .sortMenu(chosen: list.sort.column)
    case .sort(let column): sort(by: SortOrder(column))
    case .nextSortColumn: sort(by: SortOrder(list.sort.column.neighbour(1)))
    case .previousSortColumn: sort(by: SortOrder(list.sort.column.neighbour(-1)))
    case .reverseSort: sort(by: SortOrder(list.sort.column, isReversed: !list.sort.isReversed))
    case .toggleOnlyProblems: setOnlyProblems(!filtering.onlyProblems)
    case .nextProblem: room.seekProblem(1, in: &self)
    case .previousProblem: room.seekProblem(-1, in: &self)
    case .toggleAllFolds: toggleAllFolds()
    case .toggleZoom: tree.isZoomed.toggle()
    case .scrollDetail(let movement): scrollDetail(movement)
    case .toggleWideColumns: list.wideColumns.toggle()
    case .cycleTimeFormat: cycleTimeFormat()
    case .pollSelected: return pollSelected()
    case .pollAll: return pollAll()
    case .togglePause: togglePause()
    case .reloadConfiguration: return [.reloadConfiguration]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .copyIdentifier: return copy(room.identifierToCopy(in: self))
    case .copyRow: return copy(rowsToCopy)
    case .copyRemedy: return copy(room.remedyToCopy(in: self))
    case .copyLink: return copy(room.linkToCopy(in: self))
    case .showRawAnswer: return showRawAnswer()
    case .toggleMouse: return toggleMouse()
    case .travel(let step): travel(step)
    case .showKind(let kind): show(only: kind)
    case .returnToPresent: returnToPresent()
    }
    return []
  }

  /// Performs a command in an overlay; nil if it is for the view.
  private mutating func perform(_ command: Command, in overlay: Overlay) -> [Effect]? {
    switch (command, overlay) {
    case (.back, _) where shell.search != nil: shell.search = nil
    case (.move(let movement), _) where overlay.scroll != nil:
      let row = Scrolling.target(
        of: movement,
        from: overlay.scroll ?? 0,
        count: overlayScrolls,
        height: shell.overlayRows
      )
      shell.overlay = overlay.scrolled(to: row)
    case (.scroll(let lines), _) where overlay.scroll != nil:
      let row = (overlay.scroll ?? 0) + lines
      shell.overlay = overlay.scrolled(to: max(0, min(row, overlayScrolls - 1)))
    case (.copyIdentifier, .raw(let page)):
      return copy(page.text.map { CopiedText(what: "the answer", text: $0) })
    case (.open, .difference(let page)):
      shell.overlay = nil
      openTreeOfEvent(page.number)
    case (.move(let movement), .notes(let list)): move(movement, in: list)
    case (.scroll(let lines), .notes(let list)): move(lines > 0 ? .down : .up, in: list)
    case (.open, .notes(let list)): return takeBack(from: list)
    case (.showNotes(let kind), .notes(let list)) where kind == list.kind: shell.overlay = nil
    case (.move(let movement), .sortMenu(let column)):
      let rows = ListColumn.sortable
      let row = Scrolling.target(
        of: movement,
        from: column.place,
        count: rows.count,
        height: rows.count
      )
      shell.overlay = .sortMenu(chosen: rows[row])
    case (.open, .sortMenu(let column)):
      shell.overlay = nil
      sort(by: SortOrder(column))
    case (.back, _), (.open, _), (.help, .help), (.openSortMenu, .sortMenu), (.showRawAnswer, .raw),
      (.showMessages, .messages):
      shell.overlay = nil
    case (.scroll, .sortMenu), (.select, _): break
    case (.reverseSort, .sortMenu), (.reloadConfiguration, _), (.redraw, _), (.suspend, _),
      (.quit, _), (.togglePause, _), (.toggleMouse, _), (.cycleTimeFormat, _), (.theme, _),
      (.editCommand, _), (.runCommand, _), (.startSearch, _), (.editSearch, _), (.nextMatch, _),
      (.previousMatch, _):
      return nil
    default:
      shell.overlay = nil
      return nil
    }
    return []
  }

  private mutating func sort(by order: SortOrder) { list.sort(by: order, fleet, at: asOf) }

  private mutating func cycleTimeFormat() {
    let formats = TimeFormat.allCases
    let next = (formats.firstIndex(of: shell.timeFormat) ?? 0) + 1
    shell.timeFormat = formats[next % formats.count]
  }

  /// The number of scroll positions of an overlay.
  var overlayScrolls: Int { max(shell.overlayLines - shell.overlayRows + 1, 1) }

  private mutating func pollSelected() -> [Effect] {
    guard let request = room.pollRequest(in: self) else { return [] }
    say(request.text)
    return [.poll(request.numbers)]
  }

  private mutating func pollAll() -> [Effect] {
    say("Polling all \(fleet.counts.total) numbers, within the budgets.")
    return [.pollAll]
  }

  private mutating func toggleFollowing() {
    list.isFollowing.toggle()
    let what = list.isFollowing ? "its number when rows move" : "its row when numbers move"
    say("The cursor stays on \(what).")
  }

  private mutating func toggleMouse() -> [Effect] {
    shell.isMouseOn.toggle()
    let text =
      shell.isMouseOn
      ? "Mouse on: a click selects, a second one opens. M turns it off."
      : "Mouse off: the terminal's own selection works again."
    say(text)
    return [.watchMouse(shell.isMouseOn)]
  }

  private mutating func copy(_ copied: CopiedText?) -> [Effect] {
    guard let copied, !copied.text.isEmpty else {
      say("There is nothing to copy here.")
      return []
    }
    guard copied.text.utf8.count <= CopiedText.mostBytes else {
      let size = copied.text.utf8.count / 1000
      say("\(size) kB is more than a terminal's clipboard accepts.")
      return []
    }
    say("Copied \(copied.what).")
    return [.copy(copied.text)]
  }
}
