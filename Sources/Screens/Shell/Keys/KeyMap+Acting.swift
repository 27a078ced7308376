import Canvas

extension KeyMap {
  /// Where a number or a cause is chosen.
  private static let notable: Set<KeyBinding.Place> = [.list, .tiles, .tree, .causes]

  static let acting = [
    KeyBinding(
      [.character("y")],
      .copyRemedy,
      "copy-remedy",
      "copy the fault and its remedy as text for a ticket",
      .acting,
      needs: .line,
      hint: "ticket"
    ),
    KeyBinding(
      [.character("a")],
      .acknowledge,
      "ack",
      "acknowledge the number, the marked ones or the cause; again: take it back",
      .acting,
      in: notable,
      needs: .trouble,
      takes: .comment,
      hint: "ack",
      ofPresent: true
    ),
    KeyBinding(
      [.character("m")],
      .mute,
      "mute",
      "mute them, or what the filter lets through, for a time; again: end it",
      .acting,
      in: notable,
      takes: .muted,
      hint: "mute",
      ofPresent: true
    ),
    KeyBinding(
      [.character("Y")],
      .copyLink,
      "copy-link",
      "copy the link of the remedy alone",
      .acting,
      needs: .link,
      hint: "link"
    ),
    KeyBinding(
      [.character(":")],
      .startCommand,
      "command",
      "type a command; Tab completes, the up arrow recalls",
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
      [],
      .showNotes(.acknowledgements),
      "acks",
      "what is acknowledged: who, why, until when",
      .acting
    ),
    KeyBinding(
      [],
      .showNotes(.mutes),
      "mutes",
      "what is muted: who, why, until when",
      .acting
    ),
    KeyBinding(
      [.character("r")],
      .pollSelected,
      "poll",
      "poll the number, the marked ones or the account now, within the budget",
      .acting,
      needs: .pollable,
      ofPresent: true
    ),
    KeyBinding(
      [.character("R")],
      .pollAll,
      "poll-all",
      "poll all numbers now, within the budgets",
      .acting,
      needs: .number,
      ofPresent: true
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
      in: KeyBinding.Place.ofNumbers,
      needs: .oneNumber
    ),
    KeyBinding(
      [.character("J")],
      .showRawAnswer,
      "raw",
      "the raw answer as JSON; c copies it",
      .acting,
      in: KeyBinding.Place.ofNumbers,
      needs: .oneNumber,
      hint: "json",
      ofPresent: true
    ),
  ]
}
