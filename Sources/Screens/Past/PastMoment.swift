package import Health
package import History
package import Monitor

package import struct FoundationEssentials.Date

/// The moment of the past that is shown.
package struct PastMoment: Hashable, Sendable {
  /// What ages are counted to.
  package let moment: Moment
  /// Numbers of accounts that nobody polled then: how they were is not known.
  package let unseenCount: Int
  /// What changed just then, in a sentence; nil where somebody went to the moment itself.
  package let change: String?
}

/// Where to go in time.
package enum TravelStep: Hashable, Sendable {
  /// So many moments at which something changed, back where it is negative.
  case changes(Int)
  case to(Date)
}

/// Where the operator wants to go from what is shown.
package struct TravelQuestion: Hashable, Sendable {
  package var step: TravelStep
  /// The moment that is shown; nil is the present.
  package let start: Date?
}

/// What the history says to a question.
package enum TravelAnswer: Sendable {
  case past(MonitorSnapshot, PastMoment, EventsPage?)
  /// The present, because nothing changed since.
  case present
  /// Why it is not possible.
  case refused(String)
}

/// What can be asked about the past; nil while nothing can be looked up.
package typealias HistorySource = @Sendable () -> (any HistoryReading)?
