import Foundation
package import Health
package import History
package import Monitor

/// Looks up how everything was, beside the main actor.
package struct PastReader: Sendable {
  private let history: any HistoryQueries
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
  package init(_ history: any HistoryQueries, beside present: Fleet, at now: Moment) {
    self.history = history
    self.present = present
    self.now = now
  }

  @concurrent
  package func answer(_ question: TravelQuestion) async -> TravelAnswer {
    do throws(HistoryError) {
      switch question.step {
      case .to(let date): return date < now.date ? try await arrive(at: date) : .present
      case .changes(let count) where count < 0:
        return try await goBack(-count, from: question.start)
      case .changes(let count): return try await goOn(count, from: question.start)
      }
    } catch {
      return .refused(error.message)
    }
  }

  /// What changed within a second is seen together, at its end.
  private func goBack(
    _ count: Int,
    from start: Date?
  ) async throws(HistoryError) -> TravelAnswer {
    var moment = start
    for _ in 0..<count {
      let border = moment?.addingTimeInterval(-0.999) ?? now.date
      guard let date = try await history.changeDate(before: border) else { break }
      moment = date.nextFullSecond
    }
    guard let moment, moment != start else {
      return .refused("Nothing is remembered from before.")
    }
    return try await arrive(at: min(moment, now.date))
  }

  private func goOn(_ count: Int, from start: Date?) async throws(HistoryError) -> TravelAnswer {
    guard var moment = start else { return .refused("This is the present.") }
    for _ in 0..<count {
      guard let date = try await history.changeDate(after: moment) else { return .present }
      moment = date.nextFullSecond
    }
    return moment < now.date ? try await arrive(at: moment) : .present
  }

  private func arrive(at date: Date) async throws(HistoryError) -> TravelAnswer {
    let past = try await completed(history.past(at: date))
    guard !past.numbers.isEmpty else {
      let first = try await history.changeDate(after: .distantPast)
      let since = first.map { ": the first is of \(UTCTime($0).text)" } ?? ""
      return .refused("Nothing is remembered of \(UTCTime(date).text)\(since).")
    }
    let moment = Moment(remembered: date, now: now)
    let snapshot = past.snapshot(beside: present, EventJournal(), at: now)
    let question = EventsQuestion(
      scope: nil,
      end: date.addingTimeInterval(0.001),
      before: nil,
      start: date,
      page: 1
    )
    let events = await EventsReader(history, of: present, at: now).page(question)
    return .past(snapshot, PastMoment(moment: moment, unseenCount: past.unseenCount), events)
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
