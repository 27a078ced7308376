import Health

// What another process polls.
extension Fleet {
  /// Applies what another process polled: a number is told to be what that process told of it.
  mutating func follow(_ followed: FollowedUpdate, at now: Moment) -> FleetChange {
    let states = followed.states
    let polls = followed.polls
    var change = receive(followed.update, followed.entityMoments, at: now) { record, before in
      record.follow(states[record.id], polls[record.id], after: before)
    }
    // What it told though no answer came, such as that the last one is too old.
    let read = Set(followed.update.readings.map(\.number.id))
    for (id, told) in states {
      guard let index = index(of: id), records[index].latest != nil else { continue }
      change.alter(index)
      if read.contains(id) { continue }
      let (before, account) = (records[index], id.account)
      records[index].follow(told, polls[id], after: before)
      let (window, isRefused) = (window(of: account), isRefused(account, at: now))
      _ = reconcile(index, from: before, at: now, window, isRefused, &change)
    }
    return change
  }
}

extension NumberRecord {
  /// The state that another process told, while it is the one that polls.
  var toldElsewhere: HealthState? { isFollowed ? told?.state : nil }
}
