package import Health

package import struct FoundationEssentials.Date

/// That somebody has seen the trouble of a number or a cause: until it is over, or until a moment.
package struct Acknowledgement: Hashable, Sendable, Identifiable {
  /// Made with it, and the same in every process.
  package let id: String
  package let subject: Subject
  package let author: String
  package let comment: String
  package let date: Date
  /// Nil is until it is over.
  package let until: Date?
  /// How bad it was; a worse state undoes the acknowledgement.
  package let state: HealthState
  package var ending: Ending?

  package init(
    id: String,
    subject: Subject,
    author: String,
    comment: String = "",
    date: Date,
    until: Date? = nil,
    state: HealthState,
    ending: Ending? = nil
  ) {
    self.id = id
    self.subject = subject
    self.author = author
    self.comment = comment
    self.date = date.roundedToMilliseconds
    self.until = until?.roundedToMilliseconds
    self.state = state
    self.ending = ending
  }
}

/// That the numbers that pass a filter need nobody until a moment.
package struct Mute: Hashable, Sendable, Identifiable {
  package let id: String
  package let filter: String
  package let author: String
  package let comment: String
  package let date: Date
  package let until: Date
  package var ending: Ending?

  package init(
    id: String,
    filter: String,
    author: String,
    comment: String = "",
    date: Date,
    until: Date,
    ending: Ending? = nil
  ) {
    self.id = id
    self.filter = filter
    self.author = author
    self.comment = comment
    self.date = date.roundedToMilliseconds
    self.until = until.roundedToMilliseconds
    self.ending = ending
  }
}

extension Acknowledgement {
  func ended(by ending: Ending) -> Self {
    var ended = self
    ended.ending = ending
    return ended
  }
}

extension Mute {
  func ended(by ending: Ending) -> Self {
    var ended = self
    ended.ending = ending
    return ended
  }
}

/// When and why an acknowledgement or a mute ended before its time.
package struct Ending: Hashable, Sendable {
  package let date: Date
  package let why: String

  package init(_ date: Date, why: String) {
    self.date = date.roundedToMilliseconds
    self.why = why
  }
}

extension Date {
  /// What is remembered is dated to the millisecond.
  fileprivate var roundedToMilliseconds: Date {
    Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded() / 1000)
  }
}
