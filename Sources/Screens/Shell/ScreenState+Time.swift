import FoundationEssentials
package import Health
import Monitor

// Changes of the screen because of time.
extension ScreenState {
  /// The next moment at which an age or a message changes.
  ///
  /// Only visible parts are considered.
  package var nextVisibleChange: Moment? {
    if let past = travel.past { return nextVisibleChange(in: past) }
    var moments = [shell.message?.expires, nextWallTurn, returnsToTop].compactMap(\.self)
    if pause == nil, let turn = list.rows.nextTurn { moments.append(turn) }
    let overview = overview
    moments += visibleAges(overview).map { now + $0.untilNextText }
    let tries = overview.failures.compactMap(\.nextTry).filter { $0 > now }
    moments += tries.map { now + Age($0 - now).untilPreviousText }
    if let oldest = overview.oldestReading {
      moments.append(now + Age(now - oldest, rounding: .up).untilNextText)
    }
    if let next = overview.nextPoll, next > now {
      moments.append(now + Age(next - now, rounding: .up).untilPreviousText)
    }
    return moments.min().map(nextSecond)
  }

  /// In the past only messages and the distance to the present change.
  private func nextVisibleChange(in past: PastMoment) -> Moment? {
    let distance = now + Age(now - past.moment).untilNextText
    return nextSecond(notBefore: min(shell.message?.expires ?? distance, distance))
  }

  /// The first full second of the wall clock after now and not before a moment.
  ///
  /// So all ages and the clock change together.
  private func nextSecond(notBefore moment: Moment) -> Moment {
    let moment = max(moment, now + .milliseconds(1))
    let seconds = moment.date.timeIntervalSince1970
    return moment + .milliseconds(Int64(((seconds.rounded(.up) - seconds) * 1000).rounded()))
  }

  /// The visible ages, without those of the counts line.
  private func visibleAges(_ overview: Overview) -> [Age] {
    var moments = [overview.dataOldSince, pause?.since].compactMap(\.self)
    moments += overview.failures.compactMap(\.since)
    return ages(of: moments) + (shell.timeFormat == .age ? room.visibleAges(in: self) : [])
  }

  func ages(of moments: [Moment]) -> [Age] { moments.map { Age(now - $0) } }

  func age(of record: NumberRecord) -> Age {
    Age(now - record.stateSince, rounding: record.sinceIsLowerBound ? .down : .none)
  }
}
