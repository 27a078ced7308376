import Health

import struct FoundationEssentials.Date

// Accounts that fail, and answer again.
extension ToldChanges {
  /// Accounts that fail for one reason are one event.
  mutating func note(
    _ account: Change.Account,
    _ failure: Change.Failure,
    _ cause: CauseID?,
    at moment: Moment,
    in journal: inout EventJournal
  ) {
    guard let error = failure.error else { return }
    let own = CauseID.account(account.name, CauseID.Trouble(PollOutcome(error.kind)))
    let whole = cause ?? own
    if let former = failing[account.name], former.own == own,
      former.since?.isSame(as: moment) ?? false
    {
      return
    }
    // With another reason it is no part of a larger trouble any more.
    if let former = failing[account.name], former.own != own {
      if former.whole != former.own { noteAnswering(account.name, at: moment, in: &journal) }
      journal.dropRest(former.own)
      failing[account.name] = nil
    }
    let isKnown = failing.values.contains { $0.whole == whole }
    failing[account.name] = Failing(
      whole: whole,
      own: own,
      provider: account.provider,
      error: error,
      since: moment
    )
    guard !isKnown else { return }
    let change = PollingChange.Failing(
      cause: whole,
      parts: parts(of: whole, own, account.provider),
      error: error,
      isRest: false
    )
    journal.note(PollingChange(failing: [change]), at: moment)
  }

  /// The troubles of single accounts that a larger one combines, which are no longer their own.
  private mutating func parts(
    of whole: CauseID,
    _ own: CauseID,
    _ provider: String
  ) -> [CauseID] {
    guard whole != own else { return [] }
    let names = failing.filter { whole == .offline || $0.value.provider == provider }.keys
    for name in names { failing[name]?.whole = whole }
    return names.compactMap { failing[$0]?.own }
  }

  mutating func noteAnswering(
    _ account: String,
    at moment: Moment,
    in journal: inout EventJournal
  ) {
    if let known = answers[account], known.isSame(as: moment) { return }
    answers[account] = moment
    guard let over = failing.removeValue(forKey: account) else {
      // It failed before anything that is looked at.
      let unknown = CauseID.account(account, .unreachable)
      let change = PollingChange.Over(cause: unknown, parts: [], since: nil)
      return journal.note(PollingChange(answering: [change]), at: moment)
    }
    let others = failing.filter { $0.value.whole == over.whole }
    // The others fail on their own from now on.
    for name in others.keys { failing[name]?.whole = others[name]?.own ?? over.own }
    var change = PollingChange()
    if over.whole == .offline || others.isEmpty {
      let parts = over.whole == over.own ? [] : [over.own] + others.values.map(\.own)
      let since = ([over] + others.values).compactMap(\.since).min()
      change.answering = [PollingChange.Over(cause: over.whole, parts: parts, since: since)]
    }
    change.failing = others.sorted { $0.key < $1.key }.map { _, other in
      PollingChange.Failing(cause: other.own, parts: [], error: other.error, isRest: true)
    }
    journal.note(change, at: moment)
  }
}

extension Moment {
  /// What is told twice, such as to a process that told it before another one took over, is dated to the
  /// millisecond the second time.
  func isSame(as other: Moment) -> Bool {
    abs(date.timeIntervalSince(other.date)) < 0.002
  }
}
