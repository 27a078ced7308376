import Foundation
package import Health
package import History
package import Monitor

/// Looks up the events of former runs, beside the main actor.
package struct EventsReader: Sendable {
  private let history: any HistoryQueries
  private let fleet: Fleet
  private let now: Moment

  private static let pageSize = 1000
  /// Changes this close together may be one event, so that a page does not end between them.
  private static let together = 120.0
  /// Shorter times without polls are none to speak of.
  private static let leastGap = 60.0

  /// - Parameters:
  ///   - history: What is remembered.
  ///   - fleet: Has the accounts' intervals.
  ///   - now: The present moment.
  package init(_ history: any HistoryQueries, of fleet: Fleet, at now: Moment) {
    self.history = history
    self.fleet = fleet
    self.now = now
  }

  /// - Returns: Nil where it can't be looked up.
  @concurrent
  package func page(_ question: EventsQuestion) async -> EventsPage? {
    try? await read(question)
  }

  private func read(_ question: EventsQuestion) async throws(HistoryError) -> EventsPage {
    var query = TransitionQuery(
      window: .distantPast..<question.end,
      before: question.before,
      limit: Self.pageSize
    )
    switch question.scope {
    case .number(let id): query.subjects = [.number(id)]
    case .account(let name): query.accounts = [name]
    case .cause, nil: break
    }
    let found = try await history.transitions(query)
    let isLast = found.count < Self.pageSize
    let told = Array((isLast ? found : whole(found)).reversed())
    let end = question.start
    let start = min(told.first?.transition.date ?? end, end)
    let gaps = try await gaps(in: start..<end, question.scope)
    return EventsPage(
      journal: journal(of: told.map(\.transition), gaps, page: question.page),
      oldest: told.first,
      transitionCount: told.count,
      isLast: isLast
    )
  }

  /// Without the oldest ones, if what belongs to them may be on the next page.
  private func whole(_ found: [RecordedTransition]) -> [RecordedTransition] {
    guard let oldest = found.last?.transition.date else { return found }
    let border = oldest.addingTimeInterval(Self.together)
    let whole = found.prefix { $0.transition.date > border }
    return whole.count > found.count / 2 ? Array(whole) : found
  }

  /// When nobody polled at all, or not the account that is meant.
  private func gaps(
    in window: Range<Date>,
    _ scope: EventSubject?
  ) async throws(HistoryError) -> [Range<Date>] {
    guard !window.isEmpty else { return [] }
    var coverage = try await history.coverage(in: window)
    switch scope {
    case .number(let id): coverage = coverage.filter { $0.key == id.account }
    case .account(let name): coverage = coverage.filter { $0.key == name }
    case .cause, nil: break
    }
    let polled = coverage.values.flatMap { $0 }.map(\.milliseconds).merged
    guard let first = polled.first else { return [] }
    var gaps: [Range<Date>] = []
    var end = first.upperBound
    for range in polled.dropFirst() + [window.upperBound.milliseconds..<Int.max] {
      let gap = Date(milliseconds: end)..<Date(milliseconds: max(range.lowerBound, end))
      if gap.upperBound.timeIntervalSince(gap.lowerBound) >= Self.leastGap { gaps.append(gap) }
      end = max(end, range.upperBound)
    }
    return gaps
  }

  private func journal(
    of told: [Transition],
    _ gaps: [Range<Date>],
    page: Int
  ) -> EventJournal {
    let fleet = fleet
    var replay = JournalReplay(firstID: -page * RememberedEvents.idsOfPage) { account in
      fleet.cycle(of: account)
    }
    var gaps = gaps[...]
    for transition in told.accountsFirst {
      while let gap = gaps.first, gap.upperBound <= transition.date {
        replay.add(gap, at: now)
        gaps.removeFirst()
      }
      replay.add(transition, at: now)
    }
    for gap in gaps { replay.add(gap, at: now) }
    return replay.journal
  }
}

extension [Transition] {
  /// What was noticed together, accounts before their numbers, so that numbers join their account's
  /// event.
  fileprivate var accountsFirst: Self {
    var sorted: Self = []
    var rest = self[...]
    while let first = rest.first {
      let together = rest.prefix { $0.date == first.date }
      sorted += together.filter(\.isOfAccount) + together.filter { !$0.isOfAccount }
      rest = rest.dropFirst(together.count)
    }
    return sorted
  }
}

extension Transition {
  fileprivate var isOfAccount: Bool { if case .account = subject { true } else { false } }
}

extension JournalReplay {
  fileprivate mutating func add(_ gap: Range<Date>, at now: Moment) {
    let length = gap.upperBound.timeIntervalSince(gap.lowerBound)
    addGap(of: .seconds(length), at: Moment(remembered: gap.upperBound, now: now))
  }

  fileprivate mutating func add(_ transition: Transition, at now: Moment) {
    let moment = Moment(remembered: transition.date, now: now)
    switch transition.event {
    case .started: addStart(at: moment)
    case .stopped: addEnd(at: moment)
    case .tookOver(let text): addTakeOver(text, at: moment)
    default:
      if let event = transition.change { add(event, transition.changeReason, at: moment) }
    }
  }
}
