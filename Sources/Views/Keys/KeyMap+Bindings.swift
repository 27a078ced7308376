import Dashboard
import Terminal

// The entries of the table, a chapter of the help screen each.
extension KeyMap {
  static let moving = [
    KeyBinding(
      [.down, .character("j")],
      .move(.down),
      "down",
      "down",
      .moving
    ),
    KeyBinding(
      [.up, .character("k")],
      .move(.up),
      "up",
      "up",
      .moving
    ),
    KeyBinding(
      [.pageDown, .control("f")],
      .move(.pageDown),
      "page-down",
      "page down",
      .moving
    ),
    KeyBinding(
      [.pageUp, .control("b")],
      .move(.pageUp),
      "page-up",
      "page up",
      .moving
    ),
    KeyBinding(
      [.control("d")],
      .move(.halfPageDown),
      "half-page-down",
      "half a page down",
      .moving
    ),
    KeyBinding(
      [.control("u")],
      .move(.halfPageUp),
      "half-page-up",
      "half a page up",
      .moving
    ),
    KeyBinding(
      [.character("g"), .home],
      .move(.top),
      "top",
      "top",
      .moving
    ),
    KeyBinding(
      [.character("G"), .end],
      .move(.bottom),
      "bottom",
      "bottom",
      .moving
    ),
    KeyBinding(
      [.left, .character("h")],
      .left,
      "left",
      "list: columns to the left; tiles: left; tree, events: fold",
      .moving,
      in: [.list, .tiles, .tree, .events]
    ),
    KeyBinding(
      [.right, .character("l")],
      .right,
      "right",
      "list: columns to the right; tiles: right; tree, events: unfold",
      .moving,
      in: [.list, .tiles, .tree, .events]
    ),
    KeyBinding(
      [.enter],
      .open,
      "open",
      "a number's tree, a cause's numbers, an event's; tree: unfold, zoom",
      .moving,
      needs: .line,
      hint: "open"
    ),
    KeyBinding(
      [.escape, .backspace],
      .back,
      "back",
      "back: the filter, only problems, the view; never quits",
      .moving,
      hint: "back"
    ),
    KeyBinding(
      [.character("1")],
      .showList,
      "list",
      "view: every number, worst first",
      .moving
    ),
    KeyBinding(
      [.character("2")],
      .showTiles,
      "tiles",
      "view: what is broken and why, and a mark for every number",
      .moving
    ),
    KeyBinding(
      [.character("3")],
      .showTree,
      "tree",
      "view: the tree of the chosen number",
      .moving,
      needs: .number
    ),
    KeyBinding(
      [.character("4")],
      .showCauses,
      "causes",
      "view: what explains the bad numbers, by how many it hits",
      .moving
    ),
    KeyBinding(
      [.character("5")],
      .showEvents,
      "events",
      "view: what changed in this run",
      .moving
    ),
    KeyBinding(
      [.character("i")],
      .invertTree,
      "invert",
      "who else hangs on this entity, account or signal; again: back",
      .moving,
      in: [.tree, .causes],
      needs: .line,
      hint: "invert"
    ),
    KeyBinding(
      [.character("f")],
      .followTail,
      "follow-tail",
      "follow the latest event",
      .moving,
      in: [.events],
      hint: "follow"
    ),
    KeyBinding(
      [.character("[")],
      .olderIncident,
      "older-incident",
      "the incident before",
      .moving,
      in: [.events],
      hint: "older"
    ),
    KeyBinding(
      [.character("]")],
      .newerIncident,
      "newer-incident",
      "the incident after",
      .moving,
      in: [.events],
      hint: "newer"
    ),
  ]

  static let finding = [
    KeyBinding(
      [.character("/"), .function(4)],
      .startFilter,
      "filter",
      "filter while typing: number, name, account, provider, cause",
      .finding,
      in: [.list, .tiles],
      takes: .filter,
      hint: "filter"
    ),
    KeyBinding(
      [.character("!")],
      .toggleOnlyProblems,
      "only-problems",
      "only numbers that aren't fine",
      .finding,
      in: [.list, .tiles],
      hint: "problems"
    ),
    KeyBinding(
      [.character("n")],
      .nextProblem,
      "next-problem",
      "next problem",
      .finding,
      in: [.list, .tiles, .tree],
      needs: .troubledNumber,
      hint: "next"
    ),
    KeyBinding(
      [.character("N")],
      .previousProblem,
      "previous-problem",
      "previous problem",
      .finding,
      in: [.list, .tiles, .tree],
      needs: .troubledNumber
    ),
    KeyBinding(
      [.character("s"), .function(6)],
      .openSortMenu,
      "sort",
      "choose what the list is sorted by",
      .finding,
      in: [.list],
      takes: .column,
      hint: "sort"
    ),
    KeyBinding(
      [.character("S")],
      .reverseSort,
      "reverse-sort",
      "reverse the order",
      .finding,
      in: [.list]
    ),
    KeyBinding(
      [.character(">")],
      .nextSortColumn,
      "next-sort-column",
      "sort by the next column",
      .finding,
      in: [.list]
    ),
    KeyBinding(
      [.character("<")],
      .previousSortColumn,
      "previous-sort-column",
      "sort by the previous column",
      .finding,
      in: [.list]
    ),
    KeyBinding(
      [.character("e")],
      .showEventsOfChosen,
      "events-of",
      "only the events of what is chosen; in its events: all again",
      .finding,
      needs: .line,
      hint: "events"
    ),
  ]

  static let acting = [
    KeyBinding(
      [.character(":")],
      .startCommand,
      "command",
      "type a command; Tab completes, ↑ recalls",
      .acting,
      hint: "cmd"
    ),
    KeyBinding(
      [.character(" ")],
      .toggleMark,
      "mark",
      "mark the number and go on to the next",
      .acting,
      in: [.list],
      needs: .number,
      hint: "mark"
    ),
    KeyBinding(
      [.character("V")],
      .markRange,
      "mark-range",
      "mark all from the last mark to here; without one, begin here",
      .acting,
      in: [.list],
      needs: .number
    ),
    KeyBinding(
      [.character("U")],
      .clearMarks,
      "clear-marks",
      "take all marks away",
      .acting,
      in: [.list],
      needs: .marks
    ),
    KeyBinding(
      [.character("r")],
      .pollSelected,
      "poll",
      "poll the number or the marked ones now, within the budget",
      .acting,
      needs: .oneNumber
    ),
    KeyBinding(
      [.character("R")],
      .pollAll,
      "poll-all",
      "poll all numbers now, within the budgets",
      .acting,
      needs: .number
    ),
    KeyBinding(
      [.character("c")],
      .copyIdentifier,
      "copy",
      "copy the number or id, or those of the marked",
      .acting,
      needs: .line,
      hint: "copy"
    ),
    KeyBinding(
      [.character("C")],
      .copyRow,
      "copy-row",
      "copy the whole row as text",
      .acting,
      needs: .oneNumber
    ),
    KeyBinding(
      [.character("y")],
      .copyRemedy,
      "copy-remedy",
      "copy the fault and its remedy as text for a ticket",
      .acting,
      needs: .line
    ),
    KeyBinding(
      [.character("J")],
      .showRawAnswer,
      "raw",
      "the raw answer as JSON; c copies it",
      .acting,
      needs: .oneNumber,
      hint: "json"
    ),
  ]

  static let display = [
    KeyBinding(
      [.character("x")],
      .toggleAllFolds,
      "fold-all",
      "fold or unfold everything",
      .display,
      in: [.tree],
      hint: "unfold all"
    ),
    KeyBinding(
      [.character("z")],
      .toggleZoom,
      "zoom",
      "the detail alone, or back beside the tree",
      .display,
      in: [.tree],
      hint: "detail"
    ),
    KeyBinding(
      [.character("F")],
      .toggleFollowing,
      "follow-item",
      "the cursor stays on its number, or on its row",
      .display,
      in: [.list]
    ),
    KeyBinding(
      [.character("W")],
      .toggleWideColumns,
      "wide-columns",
      "quality, limit, templates, WABA and latency, or back",
      .display,
      in: [.list]
    ),
    KeyBinding(
      [.character("T")],
      .cycleTimeFormat,
      "time-format",
      "times as ages, local, UTC",
      .display
    ),
    KeyBinding(
      [.character("p")],
      .togglePause,
      "pause",
      "pause the display; polling goes on",
      .display
    ),
    KeyBinding(
      [.character("w")],
      .toggleWall,
      "wall",
      "wall mode: the tiles without a footer, pages taking turns; w leaves it",
      .display,
      hint: "wall"
    ),
    KeyBinding(
      [.control("l")],
      .redraw,
      "redraw",
      "draw the whole screen again",
      .display
    ),
    KeyBinding(
      [.character("M")],
      .toggleMouse,
      "mouse",
      "mouse on or off: click, click again to open, wheel",
      .display
    ),
    KeyBinding(
      [],
      .typeCommand("theme "),
      "theme",
      "another theme, shown while its name is typed",
      .display,
      takes: .theme
    ),
  ]

  static let program = [
    KeyBinding(
      [.character("?"), .function(1)],
      .help,
      "help",
      "every key of this view",
      .program,
      hint: "help"
    ),
    KeyBinding(
      [],
      .typeCommand("view "),
      "view",
      "another view, by its name",
      .program,
      takes: .view
    ),
    KeyBinding(
      [],
      .showMessages,
      "messages",
      "all messages of this run",
      .program
    ),
    KeyBinding(
      [.control("r")],
      .reloadConfiguration,
      "reload",
      "read the configuration again; a change of the file does so too",
      .program
    ),
    KeyBinding(
      [.control("z")],
      .suspend,
      "suspend",
      "suspend; fg brings it back",
      .program
    ),
    KeyBinding(
      [.character("q"), .control("c")],
      .quit,
      "quit",
      "quit, at any depth; also :q",
      .program,
      hint: "quit"
    ),
  ]
}
