package import Health

/// What an operator can ask for, whichever key or menu it came from.
package enum Command: Hashable, Sendable {
  case move(Movement)
  /// List: pan the columns; tree: fold, or go to the parent.
  case left
  /// List: pan the columns; tree: unfold, or go to the first child.
  case right
  /// Drill down into what is selected; in a menu, choose it.
  case open
  /// Drops what is being typed, closes a menu, clears the filter, leaves the view, in that order; at
  /// the root it does nothing.
  case back
  /// A row that was pointed at, counted from the first visible one.
  case select(visibleRow: Int)
  case quit
  case help

  case showList
  case showTree

  case startFilter
  case editFilter(FilterEdit)

  case openSortMenu
  case sort(SortColumn)
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
  case redraw
  case suspend

  /// The number of a row, the id of a node.
  case copyIdentifier
  case copyRow
  case copyRemedy
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

/// What a command asks of the world outside the state.
package enum Effect: Hashable, Sendable {
  case poll(PhoneNumber.ID)
  case pollAll
  case copy(String)
  case redraw
  case suspend
  case quit
}
