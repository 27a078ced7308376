import Health
import History
import Monitor

import struct FoundationEssentials.Date

/// Puts what is to be told to a receiver into its outbox.
actor NoticeTeller {
  let outbox: Outbox
  private let fates: Fates
  /// What had to wait the last time because too many notices do.
  private var heldBack: Set<String> = []

  init(_ outbox: Outbox, _ fates: Fates) {
    self.outbox = outbox
    self.fates = fates
  }

  func tell(
    _ board: AlertBoard,
    _ remarks: [Change],
    in store: AlertStore
  ) async throws(HistoryError) {
    let receiver = outbox.receiver
    let told = try await store.records.told(to: outbox.channel)
    let waiting = try await outbox.look(in: store.records).waiting
    var plan = NoticePlan(for: receiver, channel: outbox.channel, at: board.now.date)
    for trouble in told where board.tells(of: trouble.account) {
      plan.follow(trouble, try await fates.fate(of: trouble, on: board, in: store))
    }
    let candidates = board.candidates(for: receiver.name)
    plan.begin(candidates, told: Set(told.map(\.key)), waiting: waiting)
    plan.add(remarks, told: told, on: board, waiting: waiting)
    if !plan.tellings.isEmpty {
      try await store.records.tell(plan.tellings)
      _ = try await outbox.look(in: store.records)
    }
    await outbox.note(firing: told.count)
    // What waited for room and is over by now is never told.
    let lasting = Set(candidates.map(\.alert.id))
    await outbox.note(dropped: heldBack.subtracting(lasting).count + plan.droppedRemarks)
    heldBack = plan.heldBack
  }
}

// What operators said.
extension NoticePlan {
  mutating func add(
    _ remarks: [Change],
    told: [ToldTrouble],
    on board: AlertBoard,
    waiting: Int
  ) {
    for change in remarks {
      guard let (event, number, note, why) = change.acknowledgement,
        receiver.events.contains(event)
      else { continue }
      let trouble = told.first { $0.key == change.reason?.key }
      // Of what the receiver was told, and of single numbers.
      guard number.map({ board.tells(of: $0.account) }) ?? (trouble != nil) else { continue }
      guard waiting < Self.mostWaiting else {
        droppedRemarks += 1
        continue
      }
      let title = number.map { [$0.number, $0.name].compactMap(\.self).joined(separator: " ") }
      let message = AlertMessage(
        id: Fingerprint.text(of: [channel, note.id, event.rawValue]),
        event: event,
        receiver: receiver.name,
        date: change.date,
        alert: trouble.flatMap { Alert(body: $0.body) },
        note: AlertMessage.Remark(
          id: note.id,
          subject: title ?? change.reason?.summary ?? "",
          author: note.author,
          comment: note.comment,
          why: why
        )
      )
      add(Telling(.remark, message.notice(to: channel)))
    }
  }
}

extension Change {
  fileprivate var acknowledgement: (event: AlertEvent, number: Number?, note: Note, why: String?)? {
    switch event {
    case .acknowledged(let number, let note): (.acknowledged, number, note, nil)
    case .unacknowledged(let number, let note, let why): (.unacknowledged, number, note, why)
    default: nil
    }
  }
}
