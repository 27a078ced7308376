import Canvas

extension KeyMap {
  /// Where the past can be shown.
  private static let places = Set(KeyBinding.Place.allCases.filter(\.isOfAnyTime))

  static let travelling = [
    KeyBinding(
      [],
      .typeCommand("at "),
      "at",
      "how everything was: 03:12, yesterday 18:00, 2026-11-25 18:00, 2h ago",
      .finding,
      in: places,
      needs: .noWall,
      takes: .time
    ),
    KeyBinding(
      [.character("{")],
      .travel(.changes(-1)),
      "change-before",
      "how everything was when something changed before",
      .finding,
      in: places,
      needs: .noWall
    ),
    KeyBinding(
      [.character("}")],
      .travel(.changes(1)),
      "change-after",
      "how everything was when something changed after that",
      .finding,
      in: places,
      needs: .past
    ),
    KeyBinding(
      [],
      .typeCommand("kind "),
      "kind",
      "only one kind of events, such as faults or recoveries, or all",
      .finding,
      in: [.events],
      takes: .kind
    ),
    KeyBinding(
      [.character(".")],
      .returnToPresent,
      "now",
      "back to now",
      .finding,
      in: places,
      needs: .past,
      hint: "now"
    ),
  ]
}
