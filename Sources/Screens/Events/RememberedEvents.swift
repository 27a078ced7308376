import Health
import History
package import Monitor

import struct FoundationEssentials.Date

/// The events of former runs, as far as they were looked up: page by page, the newest first.
package struct RememberedEvents: Sendable {
  /// What they are of; nil is everything.
  var scope: EventSubject?
  /// Before what they are.
  var end: Date?
  /// The oldest first.
  package private(set) var journals: [EventJournal] = []
  /// The oldest transition of the last page; nil before the first.
  private(set) var oldest: RecordedTransition?
  /// There is nothing older, or too much of it.
  package internal(set) var isWhole = false
  /// The page that is awaited.
  package internal(set) var asked: EventsQuestion?
  private var transitionCount = 0

  init(of scope: EventSubject? = nil, before end: Date? = nil) {
    self.scope = scope
    self.end = end
  }

  mutating func add(_ page: EventsPage) {
    journals.insert(page.journal, at: 0)
    oldest = page.oldest ?? oldest
    transitionCount += page.transitionCount
    isWhole = page.isLast || transitionCount >= Self.mostTransitions
  }

  /// More can't be looked through on a screen.
  private static let mostTransitions = 20_000
  /// Ids of a page's events are this much less than those of the next.
  static let idsOfPage = 1_000_000
}

/// Which page of events is asked for.
package struct EventsQuestion: Hashable, Sendable {
  let scope: EventSubject?
  let end: Date
  let before: RecordedTransition.ID?
  /// Where the page after it begins.
  let start: Date
  /// Counted back from this run.
  let page: Int
}

/// A page of events.
package struct EventsPage: Sendable {
  let journal: EventJournal
  let oldest: RecordedTransition?
  let transitionCount: Int
  let isLast: Bool
}
