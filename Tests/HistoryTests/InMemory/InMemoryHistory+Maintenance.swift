import Foundation
import Health
import History
import Monitor

extension InMemoryHistory {
  func maintain(_ retention: Retention, at now: Date) throws(HistoryError) -> Bool {
    for (account, asked) in lastAsked {
      lastAsked[account] = asked.filter { $0.value.date >= now.addingTimeInterval(-86_400) }
    }
    let limit = day(now) - retention.days
    guard let first = firstDay else { return false }
    guard let oldest = oldestKept(before: limit) else {
      firstKeptDay = max(firstKeptDay ?? limit, limit)
      return false
    }
    for day in (firstKeptDay ?? first)...oldest { addUp(day) }
    prune(before: (oldest + 1) * 86_400_000)
    let oldestSum = sums.keys.min()
    if let oldestSum, oldestSum < day(now) - retention.rollUpDays { sums[oldestSum] = nil }
    firstKeptDay = oldest + 1
    return oldestKept(before: limit) != nil
  }

  private var firstDay: Int? {
    (entries.map(\.at) + coverage.map(\.from.milliseconds)).min().map(day)
  }

  private func oldestKept(before limit: Int) -> Int? {
    guard let from = firstKeptDay ?? firstDay, from < limit else { return nil }
    let start = from * 86_400_000
    let moments =
      entries.map(\.at).filter { $0 >= start }
      + coverage.filter { $0.to.milliseconds > start }.map { max($0.from.milliseconds, start) }
    guard let oldest = moments.min().map(day), oldest < limit else { return nil }
    return oldest
  }

  private func addUp(_ day: Int) {
    let window = (day * 86_400_000)..<((day + 1) * 86_400_000)
    for id in allNumbers {
      let times = line(of: id, in: window).times
      if times.covered > .zero { sums[day, default: [:]][id] = times }
    }
  }

  private func prune(before border: Int) {
    // What each line's state was at the border.
    let last = Set(Set(entries.map(\.subject)).compactMap { lastOfLine($0, at: border)?.record.id })
    entries.removeAll { entry in
      guard entry.at < border else { return false }
      return !last.contains(entry.record.id) || entry.record.transition.kind == .vanished
    }
    let date = Date(milliseconds: border)
    coverage = coverage.filter { $0.to > date }.map {
      Coverage(account: $0.account, from: max($0.from, date), to: $0.to)
    }
    incidents = incidents.filter { ($0.value.end ?? .distantFuture) >= date }
    comments = comments.filter { $0.value.date >= date }
    notices = notices.filter { $0.notice.date >= date }
    troubles = troubles.filter { $0.date >= date || incidents[$0.incident] != nil }
    acknowledgements = acknowledgements.filter {
      ($0.value.until ?? .distantFuture) >= date
        && ($0.value.ending?.date ?? .distantFuture) >= date
    }
    mutes = mutes.filter {
      $0.value.until >= date && ($0.value.ending?.date ?? .distantFuture) >= date
    }
  }

  func day(_ date: Date) -> Int { day(date.milliseconds) }

  private func day(_ moment: Int) -> Int {
    Int((Double(moment) / 86_400_000).rounded(.down))
  }

  // MARK: Lines

  var allNumbers: Set<PhoneNumber.ID> {
    Set(
      entries.compactMap { entry in
        if case .number(let id) = entry.subject { return id }
        return nil
      }
    )
  }

  func lastOfLine(_ subject: Subject, at moment: Int) -> Entry? {
    entries.filter { $0.subject == subject && $0.isOfLine && $0.at <= moment }
      .max { ($0.at, $0.record.id) < ($1.at, $1.record.id) }
  }

  func line(of id: PhoneNumber.ID, in window: Range<Int>) -> StateLine {
    let points = entries.filter { $0.subject == .number(id) && $0.isOfLine }
      .sorted { ($0.at, $0.record.id) < ($1.at, $1.record.id) }
      .map { StateLine.Point(at: $0.at, state: $0.record.transition.state) }
    let covered = coverage.filter { $0.account == id.account }
      .map { $0.from.milliseconds..<$0.to.milliseconds }
    return StateLine(points, covered: covered.merged, in: window)
  }

  func times(
    of numbers: [PhoneNumber.ID]?,
    in window: Range<Date>
  ) throws(HistoryError) -> [PhoneNumber.ID: StateTimes] {
    let range = window.milliseconds
    let first = day(range.lowerBound + 86_400_000 - 1)
    let end = min(day(range.upperBound), firstKeptDay ?? .min)
    let ranges =
      first < end
      ? [range.lowerBound..<first * 86_400_000, end * 86_400_000..<range.upperBound] : [range]
    let known = sums.values.flatMap(\.keys)
    var times: [PhoneNumber.ID: StateTimes] = [:]
    for id in numbers ?? Array(allNumbers.union(known)) {
      var sum = StateTimes()
      for range in ranges { sum += line(of: id, in: range).times }
      for day in first..<max(first, end) { sum += sums[day]?[id] ?? StateTimes() }
      if numbers != nil || sum.covered > .zero { times[id] = sum }
    }
    return times
  }
}
