import Canvas
import Health
import Monitor

/// What the frame says while the past is shown.
struct PastWords {
  let context: DrawContext
  let past: PastMoment

  private var isUTC: Bool { context.saysUTC }

  /// ` PAST 2026-11-25 18:00:00 UTC · 8h12m ago`, without the day where it is today.
  func header(isShort: Bool, _ role: Role) -> Phrase {
    let clock = ClockTime(past.moment.date, isUTC: isUTC)
    let isToday = clock.day == ClockTime(context.present.date, isUTC: isUTC).day
    guard !isShort else { return Phrase("PAST \(isToday ? clock.time : clock.day)", role) }
    let ago = Age(context.present - past.moment).text
    let time = isToday ? clock.clock : clock.long
    return Phrase("PAST \(time)\(context.marks.separator)\(ago) ago", role)
  }

  /// In place of the age of the data, longest first.
  var freshness: [String] {
    let back = "press . to return"
    guard past.unseenCount > 0 else { return [back, ". now"] }
    let unseen = "\(past.unseenCount) not polled then"
    return [unseen + context.marks.separator + back, unseen]
  }
}
