import Health

// What a change of the fleet leads to for its members, accounts and templates.
extension MonitorState {
  mutating func noteMembers(
    _ numbers: NumberChanges,
    _ leaving: [Change.Number]
  ) -> [Change] {
    var changes: [Change] = []
    let gone = Set(numbers.gone)
    for number in leaving where number.target != nil && gone.contains(number.id) {
      changes.append(change(.vanished(number)))
    }
    for (account, added) in numbers.added.byAccount {
      changes += appeared(added, at: account).compactMap { fleet[$0] }.map {
        change(.appeared(Change.Number($0)))
      }
    }
    return changes
  }

  /// An account's numbers that are a change: the first ones that are known are none.
  private mutating func appeared(
    _ numbers: [PhoneNumber.ID],
    at account: String
  ) -> [PhoneNumber.ID] {
    let since = knownSince[account, default: now]
    knownSince[account] = since
    // Discovery may take a while. An account's own entry is not a number.
    guard now - since > max(fleet.cycle(of: account), .seconds(60)) else { return [] }
    return numbers.filter { $0.target != nil }
  }

  mutating func noteAccounts(_ change: FleetChange) -> [Change] {
    guard change.touchesAccounts else { return [] }
    var changes: [Change] = []
    for condition in fleet.accounts {
      let account = Change.Account(condition.account)
      let outcome = condition.failure.map { PollOutcome($0.kind) }
      guard outcome != failing[account.name] else { continue }
      failing[account.name] = outcome
      guard let failure = condition.failure else {
        changes.append(self.change(.answering(account)))
        continue
      }
      let own = CauseID.account(account.name, CauseID.Trouble(PollOutcome(failure.kind)))
      let reason = Change.Reason(causes.troubles.whole(of: own))
      changes.append(self.change(.failing(account, Change.Failure(failure)), reason))
    }
    let names = Set(fleet.accounts.map(\.account.name))
    failing = failing.filter { names.contains($0.key) }
    knownSince = knownSince.filter { names.contains($0.key) }
    told.forgetAccounts { !names.contains($0) }
    return changes
  }

  mutating func noteTemplates(
    _ change: FleetChange,
    _ former: [TemplateList]
  ) -> [Change] {
    guard !change.templates.isEmpty else { return [] }
    var changes: [Change] = []
    for old in former {
      guard let new = fleet.templates(of: old.waba) else { continue }
      for (template, status) in new.changed(since: old) {
        let named = Change.Template(waba: old.waba, id: template.id, name: template.name)
        let trouble = [status.value, template.status.value].last(where: \.isTrouble)
        changes.append(
          self.change(
            .template(named, from: status.text, to: template.status.text),
            trouble.map { Change.Reason(.templates($0)) }
          )
        )
      }
    }
    return changes
  }

  mutating func change(
    _ event: Change.Event,
    _ reason: Change.Reason? = nil,
    at moment: Moment? = nil
  ) -> Change {
    changeCount += 1
    let moment = moment ?? now
    return Change(
      sequence: changeCount,
      date: moment.date,
      uptime: moment.uptime,
      event: event,
      reason: reason
    )
  }
}

extension Fleet {
  /// How long changes of an account's numbers may join one event: a cycle, and a little more, since
  /// polls are not exactly a cycle apart.
  package func cycle(of account: String) -> Duration {
    (condition(of: account)?.effectiveRefresh ?? .seconds(60)) * 5 / 4
  }
}

extension TemplateList {
  /// The templates whose status changed, each with its former one.
  fileprivate func changed(
    since former: TemplateList
  ) -> [(template: MessageTemplate, former: AsSent<TemplateStatus>)] {
    guard case .success(let before) = former.templates, case .success(let after) = templates else {
      return []
    }
    let statuses = Dictionary(before.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
    return after.compactMap { template in
      guard let status = statuses[template.id], status.value != template.status.value else {
        return nil
      }
      return (template, status)
    }
  }
}

extension [PhoneNumber.ID] {
  var byAccount: [(key: String, value: [PhoneNumber.ID])] {
    Dictionary(grouping: self, by: \.account).sorted { $0.key < $1.key }
  }
}
