import History

import struct FoundationEssentials.Date

/// What was to be written about what is told, in order, and how things stand with it.
struct UnwrittenRecords {
  enum Step {
    case tell([Telling])
    case finish(Notice, by: String, as: Notice.Outcome, at: Date)
    case postpone(Notice, by: String)
    case note(String?, of: String, at: Date)
  }

  private var steps: [Step] = []

  var isEmpty: Bool { steps.isEmpty }
  var count: Int { steps.count }
  var first: Step? { steps.first }

  mutating func removeFirst() { steps.removeFirst() }

  /// What says the same of the same thing later takes the place of the former.
  mutating func add(_ step: Step) {
    // The first one may be on its way to the disk.
    let former = steps.indices.dropFirst().first { step.replaces(steps[$0]) }
    if let former { steps.remove(at: former) }
    steps.append(step)
  }

  // MARK: How things stand

  func applied(to written: [ToldTrouble], of channel: String) -> [ToldTrouble] {
    var troubles = written
    for telling in tellings {
      switch telling.step {
      case .begin(let told) where told.channel == channel:
        if !troubles.contains(where: { $0.key == told.key }) { troubles.append(told) }
      case .change(let told, let former) where told.channel == channel:
        let place = troubles.firstIndex {
          $0.key == former.key && $0.incident == former.incident && $0.rank == former.rank
        }
        if let place { troubles[place] = told }
      case .end(let told) where told.channel == channel:
        troubles.removeAll { $0.key == told.key && $0.incident == told.incident }
      case .begin, .change, .end, .remark: break
      }
    }
    return troubles
  }

  /// The notices that wait, the oldest first.
  func applied(to written: [Notice], of channel: String) -> [Notice] {
    var notices = written
    for notice in added(to: channel) where !notices.contains(where: { $0.id == notice.id }) {
      notices.append(notice)
    }
    for step in steps {
      switch step {
      case .finish(let notice, _, _, _): notices.removeAll { $0.id == notice.id }
      case .postpone(let notice, _):
        if let place = notices.firstIndex(where: { $0.id == notice.id }) { notices[place] = notice }
      case .tell, .note: break
      }
    }
    return notices
  }

  func applied(to written: ChannelDelivery, of channel: String) -> ChannelDelivery {
    var delivery = written
    delivery.waiting = max(
      0,
      written.waiting + added(to: channel).count - finishedCount(of: channel)
    )
    for step in steps {
      switch step {
      case .finish(let notice, _, .givenUp, _) where notice.channel == channel:
        delivery.dead += 1
      case .note(let failure, channel, let date):
        delivery.failure = failure
        if failure == nil { delivery.lastSent = date }
      case .tell, .finish, .postpone, .note: break
      }
    }
    return delivery
  }

  func finishedCount(of channel: String) -> Int {
    steps.count { step in
      if case .finish(let notice, _, _, _) = step { notice.channel == channel } else { false }
    }
  }

  private var tellings: some Sequence<Telling> {
    steps.lazy.compactMap { step in if case .tell(let tellings) = step { tellings } else { nil } }
      .joined()
  }

  private func added(to channel: String) -> [Notice] {
    tellings.compactMap(\.notice).filter { $0.channel == channel }
  }
}

extension UnwrittenRecords.Step {
  fileprivate func replaces(_ former: Self) -> Bool {
    switch (self, former) {
    case (.postpone(let notice, _), .postpone(let earlier, _)): notice.id == earlier.id
    // That it worked says when, which a later failure leaves as it is.
    case (.note(_, let channel, _), .note(.some, let earlier, _)),
      (.note(nil, let channel, _), .note(nil, let earlier, _)):
      channel == earlier
    default: false
    }
  }

  /// Writes what is known for the first time; false where a notice is in other hands.
  func write(to records: any AlertRecords) async throws(HistoryError) -> Bool {
    switch self {
    case .tell(let tellings): try await records.tell(tellings)
    case .finish(let notice, let holder, let outcome, let date):
      return try await records.finish(notice, by: holder, as: outcome, at: date)
    case .postpone(let notice, let holder): return try await records.postpone(notice, by: holder)
    case .note(let failure, let channel, let date):
      try await records.note(failure, of: channel, at: date)
    }
    return true
  }

  /// Writes what could not be written before: of a notice, only its holder may say anything.
  func catchUp(in records: any AlertRecords, at now: Date) async throws(HistoryError) -> Bool {
    switch self {
    case .finish(let notice, let holder, _, _), .postpone(let notice, let holder):
      let taken = try await records.takeNotice(
        of: notice.channel,
        for: holder,
        at: now,
        until: now.addingTimeInterval(60)
      )
      guard taken?.id == notice.id else { return false }
    case .tell, .note: break
    }
    return try await write(to: records)
  }
}
