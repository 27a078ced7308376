import FoundationEssentials
import Health
import History
import Monitor

/// What the views show of the past beside what is so now.
package struct RememberedFigures: Sendable {
  /// How many numbers were in which state an hour before.
  var counts = LookUp<CountsQuestion, StateCounts>()
  var strips = LookUp<StripsQuestion, [PhoneNumber.ID: StateLine]>()
  var number = LookUp<NumberQuestion, NumberHistory>()
  var difference = LookUp<DifferenceQuestion, NumberTransition>()

  init() {}
}

/// An hour before which moment; looked up again each minute.
struct CountsQuestion: Hashable {
  let minute: Int

  var date: Date { Date(timeIntervalSince1970: Double(minute * 60 - 3600)) }
}

/// The last 24 hours of which numbers.
struct StripsQuestion: Hashable {
  let numbers: Set<PhoneNumber.ID>
  let window: Range<Date>
}

/// How a number was lately; looked up again each minute.
struct NumberQuestion: Hashable {
  let number: PhoneNumber.ID
  let end: Date

  func window(days: Double) -> Range<Date> { end.addingTimeInterval(-days * 86_400)..<end }
}

struct NumberHistory {
  let day: StateLine
  let week: StateLine
}

// Questions.
extension ScreenState {
  var countsQuestion: CountsQuestion? { CountsQuestion(minute: asOf.date.minute) }

  var stripsQuestion: StripsQuestion? {
    guard route == .list else { return nil }
    let numbers = Set(list.window.map { record(at: $0).id })
    return StripsQuestion(numbers: numbers, window: stripWindow)
  }

  /// In the present the strips end with the hour, as those of this run do.
  var stripWindow: Range<Date> {
    let now = asOf.date.timeIntervalSince1970
    let end = isInPast ? now : (now / 3600).rounded(.down) * 3600 + 3600
    return Date(timeIntervalSince1970: end - 86_400)..<Date(timeIntervalSince1970: end)
  }

  var numberQuestion: NumberQuestion? {
    let chosen = route == .list ? selectedRecord?.id : treeNumber
    return chosen.map {
      let end = isInPast ? asOf.date : Date(timeIntervalSince1970: Double(now.date.minute * 60))
      return NumberQuestion(number: $0, end: end)
    }
  }
}

// Answers, as far as they are of what is shown.
extension ScreenState {
  /// Nil where not all of it is known, since a change would mean nothing.
  var countsBefore: StateCounts? {
    figures.counts.answer.flatMap { $0.unseen == 0 && $0 != StateCounts() ? $0 : nil }
  }

  func history(of number: PhoneNumber.ID) -> NumberHistory? {
    figures.number.answered?.number == number ? figures.number.answer : nil
  }

  /// The worst state in each part of the last 24 hours, the oldest first; nil where nothing is known.
  ///
  /// What this run saw is added, because it may not be written yet.
  func strip(of record: NumberRecord, cells: Int) -> [HealthState?] {
    let seen = record.hours.states(in: HourStrip.length, at: asOf.date)
    guard let line = figures.strips.answer?[record.id], let question = figures.strips.answered
    else { return record.hours.states(in: cells, at: asOf.date) }
    let passed = stripWindow.lowerBound.timeIntervalSince(question.window.lowerBound) / 3600
    let shift = min(max(Int(passed), 0), HourStrip.length)
    let known =
      line.worst(in: HourStrip.length).dropFirst(shift)
      + Array(repeating: nil, count: shift)
    // In an hour that was over when it was looked up, a gap is one.
    let firstOpen = HourStrip.length - 1 - shift
    let hours = zip(known, seen).enumerated().map { hour, states in
      hour < firstOpen ? states.0 : [states.0, states.1].compactMap(\.self).min()
    }
    let share = max(HourStrip.length / max(cells, 1), 1)
    return stride(from: 0, to: hours.count, by: share).map { start in
      hours[start..<min(start + share, hours.count)].compactMap(\.self).min()
    }
  }

  /// Whether more than an hour is known of any of these numbers.
  func hasStrips(_ records: [NumberRecord]) -> Bool {
    records.contains { record in
      record.hours.hasHistory
        || figures.strips.answer?[record.id].map { line in
          line.worst(in: HourStrip.length).dropLast().contains { $0 != nil }
        } ?? false
    }
  }
}

extension Date {
  fileprivate var minute: Int { Int((timeIntervalSince1970 / 60).rounded(.down)) }
}
