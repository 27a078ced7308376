import Foundation
package import Health
package import History
package import Monitor

/// Looks up how everything was, beside the main actor.
package struct PastReader: Sendable {
  private let history: any HistoryReading
  private let present: Fleet
  private let now: Moment

  /// What was polled so shortly before now may not be written yet.
  private static let writingTime = 30.0
  /// Polls of an account are at most so far apart.
  private static let coverageStep = 15.0

  /// - Parameters:
  ///   - history: What is remembered.
  ///   - present: The fleet of today.
  ///   - now: The present moment.
  package init(_ history: any HistoryReading, beside present: Fleet, at now: Moment) {
    self.history = history
    self.present = present
    self.now = now
  }

  @concurrent
  package func answer(_ question: TravelQuestion) async -> TravelAnswer {
    do throws(HistoryError) {
      switch question.step {
      case .to(let date): return date < now.date ? try await arrive(at: date, by: nil) : .present
      case .changes(let count) where count < 0:
        return try await goBack(-count, from: question.start)
      case .changes(let count): return try await goOn(count, from: question.start)
      }
    } catch {
      return .refused(error.message)
    }
  }

  /// What changed within a second is seen together, at its end, and so is what has one cause.
  private func goBack(
    _ count: Int,
    from start: Date?
  ) async throws(HistoryError) -> TravelAnswer {
    var moment = start
    var step: ChangeStep?
    for _ in 0..<count {
      guard let next = try await self.step(before: try await border(before: moment)) else { break }
      (moment, step) = (next.end.nextFullSecond, next)
    }
    guard let moment, let step else { return .refused("Nothing is remembered from before.") }
    return try await arrive(at: min(moment, now.date), by: step)
  }

  /// Before what the next change is looked for: what is shown as changed just now goes at once.
  private func border(before moment: Date?) async throws(HistoryError) -> Date {
    guard let moment else { return now.date }
    let shown = try await step(before: moment.addingTimeInterval(0.001))
    guard let shown, shown.end.nextFullSecond == moment else { return moment }
    return shown.start.nextFullSecond.addingTimeInterval(-0.999)
  }

  private func step(before border: Date) async throws(HistoryError) -> ChangeStep? {
    guard let last = try await history.changeDate(before: border) else { return nil }
    let start = last.addingTimeInterval(-ChangeStep.longest)
    return ChangeStep(endingWith: try await changes(in: start..<border))
  }

  private func step(after border: Date) async throws(HistoryError) -> ChangeStep? {
    guard let first = try await history.changeDate(after: border) else { return nil }
    let end = first.addingTimeInterval(ChangeStep.longest)
    return ChangeStep(beginningWith: try await changes(in: first..<end))
  }

  private func changes(in window: Range<Date>) async throws(HistoryError) -> [Transition] {
    let kinds = Set(Transition.Kind.allCases.filter(\.isOfLine))
    let query = TransitionQuery(window: window, kinds: kinds, limit: .max)
    return try await history.transitions(query)
      .sorted { ($0.transition.date, $0.id) < ($1.transition.date, $1.id) }.map(\.transition)
  }

  private func goOn(_ count: Int, from start: Date?) async throws(HistoryError) -> TravelAnswer {
    guard var moment = start else { return .refused("This is the present.") }
    var step: ChangeStep?
    for _ in 0..<count {
      guard let next = try await self.step(after: moment) else { return .present }
      (moment, step) = (next.end.nextFullSecond, next)
    }
    return moment < now.date ? try await arrive(at: moment, by: step) : .present
  }

  private func arrive(
    at date: Date,
    by step: ChangeStep?
  ) async throws(HistoryError) -> TravelAnswer {
    let past = try await completed(history.past(at: date))
    guard !past.numbers.isEmpty else {
      let first = try await history.changeDate(after: .distantPast)
      let since = first.map { ": the first is of \(UTCTime($0).text)" } ?? ""
      return .refused("Nothing is remembered of \(UTCTime(date).text)\(since).")
    }
    let moment = Moment(remembered: date, now: now)
    let notes = OperatorNotes(
      acknowledgements: try await history.acknowledgements(at: date),
      mutes: try await history.mutes(at: date)
    )
    let snapshot = past.snapshot(beside: present, EventJournal(), notes, at: now)
    let question = EventsQuestion(
      scope: nil,
      end: date.addingTimeInterval(0.001),
      before: nil,
      start: date,
      page: 1
    )
    let events = await EventsReader(history, of: present, at: now).page(question)
    let shown = PastMoment(
      moment: moment,
      unseenCount: past.unseenCount,
      change: step?.text(in: snapshot.fleet)
    )
    return .past(snapshot, shown, events)
  }

  /// With the accounts whose polling is not written yet.
  private func completed(_ past: Past) async throws(HistoryError) -> Past {
    guard now.date.timeIntervalSince(past.date) < Self.writingTime else { return past }
    let before = past.date.addingTimeInterval(-Self.coverageStep)
    let polled = try await history.coverage(in: before..<past.date).keys
    return Past(
      date: past.date,
      numbers: past.numbers,
      others: past.others,
      covered: past.covered.union(polled)
    )
  }
}

extension Past {
  fileprivate var unseenCount: Int { numbers.count { !covered.contains($0.id.account) } }
}

extension Date {
  fileprivate var nextFullSecond: Date {
    Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.up))
  }
}
