package import Health

package import struct FoundationEssentials.Date

/// That somebody has seen it: a number or a cause, until it is over or a moment has come.
package struct Acknowledgement: Hashable, Sendable, Identifiable {
  /// Given by who makes it.
  package let id: String
  package let subject: Subject
  package let author: String
  package let comment: String
  package let date: Date
  /// Nil is until it is over.
  package let until: Date?
  /// How bad it was: worse undoes it.
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

/// That numbers of a filter need nobody until a moment.
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

/// When and why an acknowledgement or a mute ended before its time.
package struct Ending: Hashable, Sendable {
  package let date: Date
  package let why: String

  package init(_ date: Date, why: String) {
    self.date = date.roundedToMilliseconds
    self.why = why
  }
}

/// What somebody wrote about a subject.
package struct Comment: Hashable, Sendable, Identifiable {
  package let id: String
  package let subject: Subject
  package let author: String
  package let text: String
  package let date: Date

  package init(id: String, subject: Subject, author: String, text: String, date: Date) {
    self.id = id
    self.subject = subject
    self.author = author
    self.text = text
    self.date = date.roundedToMilliseconds
  }
}
