package import Health
package import Monitor

/// A command of the operator, from a key, a menu or the command line.
package indirect enum Command: Hashable, Sendable {
  case move(Movement)
  /// List: pan the columns; tiles: move; tree: fold, or go to the parent.
  case left
  /// List: pan the columns; tiles: move; tree: unfold, or go to the first child.
  case right
  /// Open the selected item; in a menu, choose it.
  case open
  /// Cancels typing, closes a menu, clears the filter, or leaves the view, in that order; at the
  /// root it does nothing.
  case back
  /// A clicked row, counted from the first visible one.
  case select(visibleRow: Int)
  /// Scrolls down, or up if negative; the cursor stays while it is visible.
  case scroll(Int)
  case quit
  case help

  /// A view with a tab.
  case show(Route)
  case showTree
  /// Enters or leaves wall mode.
  case toggleWall
  /// Another key in wall mode: somebody is there, so the rotation stops.
  case haltWall
  /// Asks before quitting in wall mode, in case the key was hit by accident.
  case askToQuit
  case showEvents

  /// Switches between a number's tree and the inverted tree of the chosen entity.
  case invertTree
  /// The events of the chosen item.
  case showEventsOfChosen
  case olderIncident
  case newerIncident
  /// The cursor stays on the latest event.
  case followTail

  case startFilter
  case editFilter(FilterEdit)
  /// Sets a whole filter.
  case filter(String)
  /// A name for the filter in force.
  case saveFilter(String)

  /// Starts a search in an overlay.
  case startSearch
  case editSearch(FilterEdit)
  case nextMatch
  case previousMatch

  /// Asks how to acknowledge what is chosen, or whether to take that back.
  case acknowledge
  /// The same with a comment.
  case acknowledgeBecause(String)
  /// Asks what to mute, or whether to end that.
  case mute
  case muteFilter(String)
  case editNote(NoteEdit)
  /// All acknowledgements, or all mutes.
  case showNotes(NoteList.Kind)

  case startCommand
  /// Opens the command line with the start of a command.
  case typeCommand(String)
  case editCommand(PromptEdit)
  /// Enter: runs the line with its meaning.
  case runCommand(String, CommandMeaning)
  case showMessages
  case theme(String)

  /// Toggles the mark of the row, and moves to the next.
  case toggleMark
  case markRange
  case clearMarks
  /// Toggles whether the cursor stays on its number or on its row.
  case toggleFollowing

  case openSortMenu
  case sort(ListColumn)
  case nextSortColumn
  case previousSortColumn
  case reverseSort
  case toggleOnlyProblems
  case nextProblem
  case previousProblem

  /// Unfolds or folds everything.
  case toggleAllFolds
  /// Toggles whether the detail takes the whole screen.
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
  /// The remedy's address only.
  case copyLink
  case showRawAnswer
  case toggleMouse

  /// Shows another moment.
  case travel(TravelStep)
  /// Nil shows all.
  case showKind(EventKind?)
  /// Leaves the past.
  case returnToPresent
}

/// A movement of the cursor or of a text.
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

/// Edits of the filter.
package enum FilterEdit: Hashable, Sendable {
  case insert(String)
  case deleteBackward
  case deleteWord
  case clear
  /// Enter: keeps the filter.
  case keep
  /// Esc: restores the former filter.
  case drop
}

/// Edits of the command line.
package enum PromptEdit: Hashable, Sendable {
  case insert(String)
  /// Closes an empty command line.
  case deleteBackward
  case deleteWord
  case clear
  /// Esc: cancels, and ends the preview of a theme.
  case drop
  case recallOlder
  case recallNewer
  /// Tab: the possible completions.
  case complete([String])
  case completeBackward([String])
}

/// The meaning of a command line.
package enum CommandMeaning: Hashable, Sendable {
  case nothing
  case command(Command)
  /// What is wrong with it.
  case mistake(String)
}

/// An effect of a command outside the state.
package enum Effect: Hashable, Sendable {
  case poll([PhoneNumber.ID])
  case pollAll
  case copy(String)
  /// Acknowledges or mutes something, for all.
  case note(OperatorAction)
  /// The theme with this name; nil means the first theme.
  case showTheme(String?)
  /// Whether the terminal reports clicks and the wheel.
  case watchMouse(Bool)
  /// Reloads the configuration.
  case reloadConfiguration
  case redraw
  case suspend
  case quit
}
