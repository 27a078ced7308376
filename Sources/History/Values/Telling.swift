package import struct FoundationEssentials.Date

/// That a channel was told of a trouble, and not of its end.
package struct ToldTrouble: Hashable, Sendable, Codable {
  package let channel: String
  /// The cause, the same in every run.
  package let key: String
  /// The incident by which it was told last.
  package let incident: String
  /// Whoever polls this account tells of the end.
  package let account: String
  /// How bad it was told to be, by its rank.
  package let rank: Int
  /// What was told, in the sender's form.
  package let body: String
  package let date: Date

  package init(
    channel: String,
    key: String,
    incident: String,
    account: String,
    rank: Int,
    body: String,
    date: Date
  ) {
    self.channel = channel
    self.key = key
    self.incident = incident
    self.account = account
    self.rank = rank
    self.body = body
    self.date = date.roundedToMilliseconds
  }
}

/// Something that is told to a channel, which happens once, whichever process does it.
package struct Telling: Hashable, Sendable, Codable {
  package enum Step: Hashable, Sendable, Codable {
    /// Nothing, if the channel was told of the same trouble.
    case begin(ToldTrouble)
    /// Nothing, unless the channel was last told the former.
    case change(ToldTrouble, former: ToldTrouble)
    case end(ToldTrouble)
    /// Is about no trouble that lasts.
    case remark
  }

  package let step: Step
  /// Nil where nothing is sent.
  package let notice: Notice?

  package init(_ step: Step, _ notice: Notice? = nil) {
    self.step = step
    self.notice = notice
  }
}

/// How telling a channel goes, whichever process does it.
package struct ChannelDelivery: Hashable, Sendable {
  /// Notices that wait.
  package var waiting: Int
  /// Notices that were given up, and are kept.
  package var dead: Int
  package var lastSent: Date?
  /// Why the last try failed; nil while it works.
  package var failure: String?

  package init(waiting: Int = 0, dead: Int = 0, lastSent: Date? = nil, failure: String? = nil) {
    self.waiting = waiting
    self.dead = dead
    self.lastSent = lastSent?.roundedToMilliseconds
    self.failure = failure
  }
}

/// A notice that is not sent any more.
package struct FinishedNotice: Hashable, Sendable {
  package let notice: Notice
  package let outcome: Notice.Outcome
  package let date: Date

  package init(_ notice: Notice, _ outcome: Notice.Outcome, date: Date) {
    self.notice = notice
    self.outcome = outcome
    self.date = date
  }
}
