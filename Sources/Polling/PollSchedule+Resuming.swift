package import Health

// Going on where another run left off.
extension PollSchedule {
  /// Another run goes on within this time, if it does at all.
  private static let longestTakeOver = Duration.seconds(60)
  /// Overdue targets come within this share of their interval, the longest overdue first: at once, they
  /// would come together ever after.
  private static let spread = 0.1

  /// Goes on with the turns of targets that another run asked, unless that is long ago.
  ///
  /// - Parameters:
  ///   - asked: When targets were asked.
  ///   - now: When they go on.
  package mutating func resume(_ asked: [String: Moment], at now: Moment) {
    var overdue: [(index: Int, turn: Moment, period: Duration)] = []
    for (id, moment) in asked {
      guard let index = entries.index(of: id) else { continue }
      let entry = entries[index]
      let pace = pace(of: entry.lane)
      let period = entry.target.purpose == .health ? pace.period : pace.factsPeriod
      guard now - moment < period + max(period, Self.longestTakeOver) else { continue }
      markAsResumed(index)
      if moment + period > now {
        set(index, due: moment + period)
      } else {
        overdue.append((index, moment + period, period))
      }
    }
    overdue.sort { ($0.turn, $0.index) < ($1.turn, $1.index) }
    for (place, one) in overdue.enumerated() {
      let share = Double(place) / Double(overdue.count)
      set(one.index, due: now + one.period * (Self.spread * share))
    }
  }

  private mutating func markAsResumed(_ index: Int) {
    let before = entries[index]
    entries[index].isResumed = true
    entries[index].wasPolled = true
    let entry = entries[index]
    change(entry.lane) { $0.replace(before, with: entry) }
  }

  /// A target that was taken and not asked is due again.
  package mutating func putBack(_ id: String, at now: Moment) {
    guard let index = entries.index(of: id), entries[index].isUnderWay else { return }
    let before = entries[index]
    entries[index].isUnderWay = false
    let entry = entries[index]
    change(entry.lane) { $0.replace(before, with: entry) }
    set(index, due: now)
  }
}
