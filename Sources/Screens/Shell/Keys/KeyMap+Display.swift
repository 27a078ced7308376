import Canvas

extension KeyMap {
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
      .display,
      ofPresent: true
    ),
    KeyBinding(
      [.character("w")],
      .toggleWall,
      "wall",
      "wall mode: the tiles without a footer, pages taking turns; w leaves it",
      .display,
      hint: "wall",
      ofPresent: true
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
}
