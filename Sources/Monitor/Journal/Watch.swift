package import Health

/// Follows the fleet: what explains its troubles, and what changed in this run.
///
/// While the screen is paused the one that goes on following is kept beside the fleet that goes on.
package struct Watch: Sendable {
  package private(set) var causes = CauseIndex()
  package private(set) var journal: EventJournal
  /// Since when the numbers of an account are known.
  private var known: [String: Moment] = [:]

  package init(startedAt now: Moment) {
    journal = EventJournal(startedAt: now)
  }

  /// Takes in a change of the fleet.
  ///
  /// - Parameters:
  ///   - change: What the fleet said that an update, or time, changed.
  ///   - update: What brought it; empty where only time passed.
  ///   - fleet: As it is now.
  ///   - former: The lists of templates as they were, of those that the update brings.
  ///   - now: When it was seen.
  /// - Returns: Whether a number, what explains its state, or how an account answers is another now.
  @discardableResult
  package mutating func follow(
    _ change: FleetChange,
    _ update: FleetUpdate = FleetUpdate(),
    in fleet: Fleet,
    former: [TemplateList] = [],
    at now: Moment
  ) -> Bool {
    let polling = update.accounts.isEmpty ? PollingChange() : causes.update(fleet.accounts)
    journal.note(polling, at: now)
    let changes =
      change.isRenumbered
      ? causes.rebuild(from: fleet, at: now) : causes.update(change.places, of: fleet, at: now)
    note(changes, fleet, now)
    note(update.templates, former, fleet, now)
    causes.settlePolling(fleet)
    return changes.isNews || !polling.isEmpty || !update.templates.isEmpty
  }

  package mutating func note(reload text: String, at now: Moment) {
    journal.note(reload: text, at: now)
  }

  private mutating func note(_ changes: NumberChanges, _ fleet: Fleet, _ now: Moment) {
    let cycle = { (account: String) in
      fleet.condition(of: account)?.effectiveRefresh ?? .seconds(60)
    }
    // Why there are none: nothing was asked for, or discovery goes on.
    for (account, numbers) in changes.added.byAccount {
      let since = known[account, default: now]
      known[account] = since
      guard now - since > max(cycle(account), .seconds(60)) else { continue }
      let found = numbers.filter { $0.target != nil }
      journal.note(appeared: found, at: now, cycle: cycle(account))
    }
    for (account, numbers) in changes.gone.byAccount {
      let gone = numbers.filter { $0.target != nil }
      journal.note(vanished: gone, at: now, cycle: cycle(account))
    }
    let troubles = causes.troubles
    journal.note(changes.states, at: now, whole: troubles.whole, cycle: cycle)
  }

  private mutating func note(
    _ lists: [TemplateList],
    _ former: [TemplateList],
    _ fleet: Fleet,
    _ now: Moment
  ) {
    guard !lists.isEmpty else { return }
    causes.update(lists, of: fleet, at: now)
    for old in former {
      guard case .success(let before) = old.templates,
        case .success(let after)? = fleet.templates(of: old.waba)?.templates
      else { continue }
      let statuses = Dictionary(before.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
      for template in after {
        guard let status = statuses[template.id], status.value != template.status.value else {
          continue
        }
        journal.note(template, of: old.waba, from: status, at: now)
      }
    }
  }
}

extension [PhoneNumber.ID] {
  fileprivate var byAccount: [(key: String, value: [PhoneNumber.ID])] {
    Dictionary(grouping: self, by: \.account).sorted { $0.key < $1.key }
  }
}
