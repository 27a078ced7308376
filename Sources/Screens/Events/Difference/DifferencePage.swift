package import Health
import History
import Monitor

import struct FoundationEssentials.Date

/// What the answers before and after a number's change say otherwise, over the view.
package struct DifferencePage: Hashable, Sendable {
  package let number: PhoneNumber.ID
  /// When the event was that the change belongs to.
  package let moment: Moment
  package internal(set) var scroll = 0
}

/// Which change of a number is meant.
struct DifferenceQuestion: Hashable {
  let number: PhoneNumber.ID
  let date: Date
  /// What was told just now may not be written yet, so that is looked up again each second.
  let second: Int

  private static let writingTime = 10.0
  /// The numbers of an event joined it within a cycle of their account.
  private static let longestCycle = 3600.0
  /// Another process dates its changes a little differently.
  private static let clockTolerance = 2.0

  init(_ page: DifferencePage, at now: Moment) {
    number = page.number
    date = page.moment.date
    let age = now.date.timeIntervalSince(date)
    second = Int(min(max(age, 0), Self.writingTime))
  }

  /// When the number may have changed.
  private var window: Range<Date> {
    date.addingTimeInterval(-Self.longestCycle)..<date.addingTimeInterval(Self.longestCycle)
  }

  /// The number's first change from the event on, else the last one before it.
  func answer(from history: any HistoryQueries) async throws(HistoryError) -> NumberTransition {
    let query = TransitionQuery(
      window: window,
      kinds: [.state],
      subjects: [.number(number)],
      includesDifferences: true,
      limit: Self.mostChanges
    )
    let start = date.addingTimeInterval(-Self.clockTolerance)
    let changes = try await history.transitions(query).map(\.transition)
    return NumberTransition(
      transition: changes.last { $0.date >= start } ?? changes.first
    )
  }

  private static let mostChanges = 500
}

/// A change of a number as it is remembered; nil where none is.
struct NumberTransition {
  let transition: Transition?
}
