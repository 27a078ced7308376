import Health
import Monitor

import struct FoundationEssentials.Date

// What another process told, as it is remembered.

extension Transition {
  /// Whether it is of one of these accounts, or of something that is of no account.
  func isOf(_ accounts: Set<String>) -> Bool {
    subject.account.map(accounts.contains) ?? true
  }
}

extension FollowedUpdate {
  var isEmpty: Bool { update.isEmpty && told.isEmpty }
}

extension FollowedUpdate.Told {
  /// Nil of what each process says for itself, and of accounts that are not followed.
  init?(
    _ transition: Transition,
    of accounts: Set<String>,
    in fleet: Fleet,
    since origin: Moment,
    at now: Moment
  ) {
    guard let event = transition.change else { return nil }
    switch transition.subject {
    case .number(let id) where accounts.contains(id.account): break
    case .account(let name) where accounts.contains(name): break
    case .template(let waba, _):
      let numbers = fleet.numbers(sharing: EntityReference(type: .waba, id: waba), first: 4)
      guard numbers.contains(where: { accounts.contains(fleet.records[$0].number.account) }) else {
        return nil
      }
    default: return nil
    }
    switch event {
    case .acknowledged, .unacknowledged: return nil
    default: break
    }
    let moment = Moment(told: transition.date, since: origin, now: now)
    self.init(event, transition.changeReason, at: moment)
  }
}

extension Moment {
  /// A moment of another run, counted from one of this run: then one date is the same moment in every
  /// look, and what was told at once keeps its order.
  fileprivate init(told date: Date, since origin: Moment, now: Moment) {
    let distance = (date.timeIntervalSince(origin.date) * 1000).rounded()
    self.init(date: date, uptime: min(origin.uptime + .milliseconds(distance), now.uptime))
  }
}

extension Current {
  /// The states at the last polls of accounts' numbers.
  func polls(of accounts: Set<String>) -> [PhoneNumber.ID: PollStates] {
    let known = numbers.compactMap { readings -> (PhoneNumber.ID, PollStates)? in
      guard accounts.contains(readings.number.account) else { return nil }
      return readings.polls.map { (readings.number.id, $0) }
    }
    return Dictionary(known, uniquingKeysWith: { $1 })
  }
}
