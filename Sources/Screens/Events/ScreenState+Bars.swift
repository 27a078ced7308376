import FoundationEssentials
import Health
import History
import Monitor

/// Which 24 hours are asked for.
package struct BarsQuestion: Hashable, Sendable {
  let end: Date
  /// They are looked up again each minute.
  let minute: Int

  var window: Range<Date> { end.addingTimeInterval(-Self.length)..<end }

  /// Of five minutes each.
  static let shareCount = 288
  static let share = 300.0
  static let length = share * Double(shareCount)
}

extension ScreenState {
  /// The bars that have to be looked up now; nil while they are known.
  var wantedBars: BarsQuestion? {
    guard showsAllEvents else { return nil }
    return bars.wanted(BarsQuestion(end: endOfBars, minute: asOf.date.count(of: 60)))
  }

  /// They count everything, so nothing may be left out.
  var showsAllEvents: Bool {
    route == .events(nil) && filtering.filter.isEmpty && events.kind == nil
  }

  /// The end of the last 24 hours, or of those around an event before them.
  private var endOfBars: Date {
    let end = asOf.date.roundedUp(to: BarsQuestion.share)
    let length = BarsQuestion.length
    guard let event = selectedEvent?.event.moment.date,
      event < end.addingTimeInterval(-length)
    else { return end }
    return event.addingTimeInterval(length / 2).roundedUp(to: length / 2)
  }
}

extension Date {
  fileprivate func roundedUp(to seconds: Double) -> Date {
    Date(timeIntervalSince1970: (timeIntervalSince1970 / seconds).rounded(.up) * seconds)
  }

  fileprivate func count(of seconds: Double) -> Int {
    Int((timeIntervalSince1970 / seconds).rounded(.down))
  }
}
