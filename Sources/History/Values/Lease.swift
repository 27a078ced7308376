package import struct FoundationEssentials.Date

/// That one process, and no other, polls an account until a moment.
package struct Lease: Hashable, Sendable {
  package let account: String
  package let holder: String
  /// Another one each time that the lease is taken: who comes back with an old term has lost it.
  package let term: Int
  /// What the holder's configuration says of the account, as a text that is the same for the same
  /// settings.
  package let settings: String
  package let renewed: Date
  package let until: Date

  package init(
    account: String,
    holder: String,
    term: Int,
    settings: String,
    renewed: Date,
    until: Date
  ) {
    self.account = account
    self.holder = holder
    self.term = term
    self.settings = settings
    self.renewed = renewed.roundedToMilliseconds
    self.until = until.roundedToMilliseconds
  }

  /// Whether it holds at a moment.
  ///
  /// One that was renewed in a future further away than it lasts was so before the clock went back:
  /// nobody waits for that.
  package func isValid(at now: Date) -> Bool {
    let length = until.timeIntervalSince(renewed)
    return now < until && now > renewed.addingTimeInterval(-length)
  }
}

/// What came of taking a lease.
package enum LeaseAnswer: Hashable, Sendable {
  case taken(Lease)
  /// Somebody else's, for as long as it holds.
  case held(Lease)
}

/// That a target of an account was asked, or is now.
package struct Asked: Hashable, Sendable {
  package let account: String
  package let target: String
  package let date: Date

  package init(account: String, target: String, date: Date) {
    self.account = account
    self.target = target
    self.date = date.roundedToMilliseconds
  }
}

/// That somebody wants an account, or one number of it, to be polled now.
package struct Demand: Hashable, Sendable {
  package let account: String
  /// Nil is all of the account.
  package let target: String?
  package let author: String
  package let date: Date

  package init(account: String, target: String?, author: String, date: Date) {
    self.account = account
    self.target = target
    self.author = author
    self.date = date.roundedToMilliseconds
  }
}
