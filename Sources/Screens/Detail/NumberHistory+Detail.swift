import Health
import History
import Monitor

extension NumberHistory {
  /// Strips of the last day and week, and how much of them the number was available.
  var section: DetailSection {
    DetailSection(
      "history",
      [
        DetailLine("24 h", .strip(day.worst(in: 24))),
        DetailLine("available", .text(Self.available(day))),
        DetailLine("7 d", .strip(week.worst(in: 28))),
        DetailLine("available", .text(Self.available(week))),
      ]
    )
  }

  private static func available(_ line: StateLine) -> String {
    KnownShare(line.times, of: .milliseconds(line.window.count), in: .available)
      .text(none: "–")
  }
}
