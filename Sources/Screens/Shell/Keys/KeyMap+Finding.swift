import Canvas

extension KeyMap {
  static let finding = [
    KeyBinding(
      [.character("/"), .function(4)],
      .startFilter,
      "filter",
      "filter while typing: words, status:blocked, since<1h; in a text: search",
      .finding,
      in: [.list, .tiles, .causes, .events, .accounts],
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
      hint: "faults"
    ),
    KeyBinding(
      [.character("n")],
      .nextProblem,
      "next-problem",
      "next problem",
      .finding,
      in: [.list, .tiles, .tree, .accounts],
      needs: .problem,
      hint: "next"
    ),
    KeyBinding(
      [.character("N")],
      .previousProblem,
      "previous-problem",
      "previous problem",
      .finding,
      in: [.list, .tiles, .tree, .accounts],
      needs: .problem
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
}
