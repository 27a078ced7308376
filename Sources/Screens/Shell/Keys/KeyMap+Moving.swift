import Canvas

extension KeyMap {
  static let moving = cursor + views + jumps

  /// The views have the digits, in the order of their tabs.
  private static let views = KeyBinding.Place.allCases.enumerated().map { index, place in
    KeyBinding(
      [.character(Character("\(index + 1)"))],
      place.command,
      place.name,
      place.help,
      .moving,
      needs: place.need,
      ofPresent: !place.isOfAnyTime
    )
  }

  private static let cursor = [
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
      "a number's tree, the numbers of a cause, event or account; events: the answers; tree: unfold",
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
  ]

  private static let jumps = [
    KeyBinding(
      [.character("i")],
      .invertTree,
      "invert",
      "who else hangs on this entity, account or signal; again: back",
      .moving,
      in: [.tree, .causes, .accounts],
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
      in: [.events]
    ),
  ]
}
