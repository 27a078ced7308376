import FoundationEssentials
import Health
import History
import Monitor

/// How much changed in the 24 hours that are looked at, as far as it was looked up.
package struct RememberedBars: Sendable {
  /// What `shares` are of.
  private(set) var window: Range<Date>?
  /// Of equal lengths, the oldest first.
  private(set) var shares: [Density] = []
  var asked: BarsQuestion?
  /// The last question that was answered.
  private(set) var answered: BarsQuestion?

  /// Of five minutes each.
  static let shareCount = 288
  static let share = 300.0

  mutating func adopt(_ shares: [Density], to question: BarsQuestion) {
    (window, self.shares, answered) = (question.window, shares, question)
  }
}

/// Which 24 hours are asked for.
package struct BarsQuestion: Hashable, Sendable {
  let end: Date
  /// They are looked up again each minute.
  let minute: Int

  var window: Range<Date> {
    end.addingTimeInterval(-RememberedBars.share * Double(RememberedBars.shareCount))..<end
  }
}

extension ScreenState {
  /// The bars that have to be looked up now; nil while they are known.
  var wantedBars: BarsQuestion? {
    guard showsAllEvents, bars.asked == nil else { return nil }
    let question = BarsQuestion(end: endOfBars, minute: asOf.date.count(of: 60))
    return question == bars.answered ? nil : question
  }

  /// They count everything, so nothing may be left out.
  var showsAllEvents: Bool {
    route == .events(nil) && filtering.filter.isEmpty && events.kind == nil
  }

  /// The end of the last 24 hours, or of those around an event before them.
  private var endOfBars: Date {
    let end = asOf.date.roundedUp(to: RememberedBars.share)
    let length = RememberedBars.share * Double(RememberedBars.shareCount)
    guard let event = selectedEvent?.event.moment.date,
      event < end.addingTimeInterval(-length)
    else { return end }
    return event.addingTimeInterval(length / 2).roundedUp(to: length / 2)
  }

  /// Adopts an answer; one that is too late changes nothing.
  mutating func add(_ shares: [Density]?, to question: BarsQuestion) -> Bool {
    guard bars.asked == question else { return false }
    bars.asked = nil
    bars.adopt(shares ?? [], to: question)
    return true
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
