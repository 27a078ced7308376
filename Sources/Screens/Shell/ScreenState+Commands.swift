import Health
import Monitor

// The door through which the operator comes in.
extension ScreenState {
  /// Does what was asked; what the state cannot do itself is returned.
  package mutating func perform(_ command: Command) -> [Effect] {
    if message?.kind == .error { message = nil }
    stopRotation()
    defer { leaveWallWhereItEnds() }
    if let overlay, let effects = perform(command, in: overlay) { return effects }
    switch command {
    case .move(let movement): move(movement)
    case .left: goLeft()
    case .right: goRight()
    case .open: open()
    case .back: goBack()
    case .select(let row): select(visibleRow: row)
    case .scroll(let lines): scroll(by: lines)
    case .quit: return [.quit]
    case .help: overlay = .help(scroll: 0)
    case .showList: showList()
    case .showTiles: show(.tiles)
    case .toggleWall: toggleWall()
    case .haltWall: break
    case .askToQuit: wall?.isQuitAsked = true
    case .showTree: showTree()
    case .showCauses: showCauses()
    case .showEvents: showEvents(of: nil)
    case .invertTree: invertTree()
    case .showEventsOfChosen: showEventsOfChosen()
    case .olderIncident: seekIncident(-1)
    case .newerIncident: seekIncident(1)
    case .followTail: followTail()
    case .startFilter: startFilter()
    case .editFilter(let edit): editFilter(edit)
    case .filter(let text): filter(by: text)
    case .startCommand: startCommand()
    case .typeCommand(let text): startCommand(with: text)
    case .editCommand(let edit): return self.edit(edit)
    case .runCommand(let line, let meaning): return run(line, meaning: meaning)
    case .showMessages: overlay = .messages(scroll: 0)
    case .theme(let name): return choose(theme: name)
    case .toggleMark: toggleMark()
    case .markRange: markRange()
    case .clearMarks: clearMarks()
    case .toggleFollowing: toggleFollowing()
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
    case .reloadConfiguration: return [.reloadConfiguration]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .copyIdentifier: return copy(identifierToCopy)
    case .copyRow: return copy(rowToCopy)
    case .copyRemedy: return copy(remedyToCopy)
    case .showRawAnswer: return showRawAnswer()
    case .toggleMouse: return toggleMouse()
    }
    return []
  }

  /// What a command means to what lies over the view; nil where it goes to the view after all.
  private mutating func perform(_ command: Command, in overlay: Overlay) -> [Effect]? {
    switch (command, overlay) {
    case (.move(let movement), _) where overlay.scroll != nil:
      let row = Self.target(
        of: movement,
        from: overlay.scroll ?? 0,
        count: overlayScrolls,
        height: viewport.overlayRows
      )
      self.overlay = overlay.scrolled(to: row)
    case (.scroll(let lines), _) where overlay.scroll != nil:
      let row = (overlay.scroll ?? 0) + lines
      self.overlay = overlay.scrolled(to: max(0, min(row, overlayScrolls - 1)))
    case (.copyIdentifier, .raw(let page)):
      return copy(page.text.map { CopiedText(what: "the answer", text: $0) })
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
    case (.back, _), (.open, _), (.help, .help), (.openSortMenu, .sortMenu), (.showRawAnswer, .raw),
      (.showMessages, .messages):
      self.overlay = nil
    case (.scroll, .sortMenu), (.select, _): break
    case (.reverseSort, .sortMenu), (.reloadConfiguration, _), (.redraw, _), (.suspend, _),
      (.quit, _), (.togglePause, _), (.toggleMouse, _), (.cycleTimeFormat, _), (.theme, _),
      (.editCommand, _), (.runCommand, _):
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

  /// The lines that can stand at the top of a text that lies over the view.
  private var overlayScrolls: Int { max(viewport.overlayLines - viewport.overlayRows + 1, 1) }

  private mutating func pollSelected() -> [Effect] {
    if route == .list, !marks.isEmpty {
      message = Message("Asked for \(marks.count) marked numbers.", at: now)
      return [.poll(markedRecords.map(\.id))]
    }
    guard let id = pollCandidate, let record = fleet[id] else { return [] }
    message = Message("Asked for \(record.displayNumber).", at: now)
    return [.poll([id])]
  }

  private mutating func pollAll() -> [Effect] {
    message = Message("Asked for all \(fleet.counts.total) numbers, as the budgets allow.", at: now)
    return [.pollAll]
  }

  private mutating func toggleFollowing() {
    isFollowing.toggle()
    let what = isFollowing ? "its number while rows move" : "its row while numbers move"
    message = Message("The cursor stays on \(what).", at: now)
  }

  private mutating func toggleMouse() -> [Effect] {
    isMouseOn.toggle()
    let text =
      isMouseOn
      ? "Mouse on: a click selects, a second one opens. M turns it off."
      : "Mouse off: the terminal's own selection works again."
    message = Message(text, at: now)
    return [.watchMouse(isMouseOn)]
  }

  private mutating func copy(_ copied: CopiedText?) -> [Effect] {
    guard let copied, !copied.text.isEmpty else {
      message = Message("There is nothing to copy here.", at: now)
      return []
    }
    guard copied.text.utf8.count <= CopiedText.mostBytes else {
      let size = copied.text.utf8.count / 1000
      message = Message("\(size) kB are more than a terminal's clipboard takes.", at: now)
      return []
    }
    message = Message("Copied \(copied.what).", at: now)
    return [.copy(copied.text)]
  }

  /// Keeps what was said; the operator may have looked elsewhere.
  mutating func keep(_ message: Message) {
    guard message.kind != .hint else { return }
    messages.append(message)
    if messages.count > Self.mostMessages { messages.removeFirst() }
  }

  private static let mostMessages = 500
}
