package import Health

/// What an operator can ask for, whichever key or menu it came from.
package indirect enum Command: Hashable, Sendable {
  case move(Movement)
  /// List: pan the columns; tiles: move; tree: fold, or go to the parent.
  case left
  /// List: pan the columns; tiles: move; tree: unfold, or go to the first child.
  case right
  /// Drill down into what is selected; in a menu, choose it.
  case open
  /// Drops what is being typed, closes a menu, clears the filter, leaves the view, in that order; at
  /// the root it does nothing.
  case back
  /// A row that was pointed at, counted from the first visible one.
  case select(visibleRow: Int)
  /// So many lines down, or up when negative: the cursor stays as long as it is in sight.
  case scroll(Int)
  case quit
  case help

  /// One of the views that have a tab.
  case show(Route)
  case showTree
  /// Onto the wall, or off it.
  case toggleWall
  /// A key at the wall that asks for nothing: somebody is there, so the pages stand still.
  case haltWall
  /// At the wall: a key that is hit by accident ends nothing.
  case askToQuit
  case showEvents

  /// From a number's tree to that of the chosen entity, and back.
  case invertTree
  /// The events of what is chosen.
  case showEventsOfChosen
  case olderIncident
  case newerIncident
  /// The cursor stays on the latest event.
  case followTail

  case startFilter
  case editFilter(FilterEdit)
  /// The whole filter at once.
  case filter(String)
  /// A name for the filter in force.
  case saveFilter(String)

  /// A word that is searched in what lies over the view.
  case startSearch
  case editSearch(FilterEdit)
  case nextMatch
  case previousMatch

  case startCommand
  /// The command line with the beginning of a command in it.
  case typeCommand(String)
  case editCommand(PromptEdit)
  /// Enter: the line, and what it asks for.
  case runCommand(String, CommandMeaning)
  case showMessages
  case theme(String)

  /// Marks the row, or takes its mark away, and goes on to the next.
  case toggleMark
  case markRange
  case clearMarks
  /// The cursor stays on its number while rows move, or on its row.
  case toggleFollowing

  case openSortMenu
  case sort(ListColumn)
  case nextSortColumn
  case previousSortColumn
  case reverseSort
  case toggleOnlyProblems
  case nextProblem
  case previousProblem

  /// Unfolds everything, or folds everything back.
  case toggleAllFolds
  /// Gives the detail the whole screen, or back its pane.
  case toggleZoom
  case scrollDetail(Movement)
  case toggleWideColumns
  case cycleTimeFormat

  case pollSelected
  case pollAll
  case togglePause
  case reloadConfiguration
  case redraw
  case suspend

  /// The number of a row, the id of a node.
  case copyIdentifier
  case copyRow
  case copyRemedy
  /// The address of the remedy alone.
  case copyLink
  case showRawAnswer
  case toggleMouse
}

/// Where a cursor or a text goes.
package enum Movement: Hashable, Sendable {
  case up
  case down
  case pageUp
  case pageDown
  case halfPageUp
  case halfPageDown
  case top
  case bottom
}

/// What typing does to the filter.
package enum FilterEdit: Hashable, Sendable {
  case insert(String)
  case deleteBackward
  case deleteWord
  case clear
  /// Enter: the filter stays, typing ends.
  case keep
  /// Esc: the filter is again what it was before typing began.
  case drop
}

/// What typing does to the command line.
package enum PromptEdit: Hashable, Sendable {
  case insert(String)
  /// In an empty line it leaves.
  case deleteBackward
  case deleteWord
  case clear
  /// Esc: nothing is done, and a theme that was only looked at is gone again.
  case drop
  case recallOlder
  case recallNewer
  /// Tab: the lines that what was typed may become.
  case complete([String])
  case completeBackward([String])
}

/// What a command line amounts to.
package enum CommandMeaning: Hashable, Sendable {
  case nothing
  case command(Command)
  /// What is wrong with it.
  case mistake(String)
}

/// What a command asks of the world outside the state.
package enum Effect: Hashable, Sendable {
  case poll([PhoneNumber.ID])
  case pollAll
  case copy(String)
  /// The theme of this name; nil is the one that the program began with.
  case showTheme(String?)
  /// Whether the terminal reports clicks and the wheel.
  case watchMouse(Bool)
  /// Reads the configuration again.
  case reloadConfiguration
  case redraw
  case suspend
  case quit
}
