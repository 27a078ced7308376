import History
import Monitor

import struct FoundationEssentials.Date

/// What is to be put into the outbox for a receiver.
struct NoticePlan {
  /// So many notices wait at most before something new is told.
  ///
  /// What is told later is told as it is then, and what is over by then never.
  static let mostWaiting = 1_000

  let receiver: Receiver
  let channel: String
  let now: Date
  private(set) var tellings: [Telling] = []
  /// The incidents that had to wait because too many notices do.
  private(set) var heldBack: Set<String> = []
  /// Acknowledgements that are not told, because too many notices wait.
  var droppedRemarks = 0

  init(for receiver: Receiver, channel: String, at now: Date) {
    (self.receiver, self.channel, self.now) = (receiver, channel, now)
  }

  /// Goes on with what was told.
  mutating func follow(_ told: ToldTrouble, _ fate: Fate) {
    switch fate {
    case .unknown: break
    case .over(let end): self.end(told, at: end)
    case .lasts(let candidate):
      let isWorse =
        candidate.rank > told.rank && !candidate.isMuted && !candidate.isFlapping
        && !candidate.isOfFlapping
      guard isWorse || candidate.alert.id != told.incident else { return }
      let alert = candidate.alert.continuing(Alert(body: told.body))
      let rank = isWorse ? candidate.rank : told.rank
      let now = ToldTrouble(candidate, alert, channel: channel, rank: rank, at: now)
      tellings.append(
        Telling(
          .change(now, former: told),
          isWorse ? notice(.incidentChanged, alert, "changed-\(rank)") : nil
        )
      )
    }
  }

  /// Tells what was not told yet, as far as there is room.
  mutating func begin(
    _ candidates: [AlertBoard.Candidate],
    told: Set<String>,
    waiting: Int
  ) {
    var room = Self.mostWaiting - waiting
    for candidate in candidates where !told.contains(candidate.key) {
      guard !candidate.isMuted, !candidate.isFlapping else { continue }
      guard room > 0 else {
        heldBack.insert(candidate.alert.id)
        continue
      }
      room -= 1
      let isFlapping = candidate.isOfFlapping
      tellings.append(
        Telling(
          .begin(ToldTrouble(candidate, candidate.alert, channel: channel, at: now)),
          notice(isFlapping ? .flappingStarted : .incidentStarted, candidate.alert, "started")
        )
      )
    }
  }

  mutating func add(_ telling: Telling) { tellings.append(telling) }

  private mutating func end(_ told: ToldTrouble, at end: Date) {
    let event: AlertEvent = told.isOfFlapping ? .flappingEnded : .incidentResolved
    let notice = Alert(body: told.body)
      .flatMap { self.notice(event, $0.ended(at: end), "resolved") }
    tellings.append(Telling(.end(told), notice))
  }

  private func notice(_ event: AlertEvent, _ alert: Alert, _ what: String) -> Notice? {
    guard receiver.events.contains(event) else { return nil }
    return AlertMessage(
      id: Fingerprint.text(of: [channel, alert.id, what]),
      event: event,
      receiver: receiver.name,
      date: now,
      alert: alert
    )
    .notice(to: channel)
  }
}

extension AlertBoard.Candidate {
  var isOfFlapping: Bool { key.hasPrefix(Alert.flappingPrefix) }
}

extension ToldTrouble {
  var isOfFlapping: Bool { key.hasPrefix(Alert.flappingPrefix) }

  init(
    _ candidate: AlertBoard.Candidate,
    _ alert: Alert,
    channel: String,
    rank: Int? = nil,
    at now: Date
  ) {
    self.init(
      channel: channel,
      key: candidate.key,
      incident: candidate.alert.id,
      account: candidate.account,
      rank: rank ?? candidate.rank,
      body: alert.body,
      date: now
    )
  }
}
