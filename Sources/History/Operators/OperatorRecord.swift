import Health
import Monitor

import struct FoundationEssentials.Date

/// An acknowledgement or a mute that has to be written, with what it says in the history.
struct OperatorRecord: Sendable {
  enum Note: Sendable {
    case acknowledgement(Acknowledgement)
    case mute(Mute)
  }

  let note: Note
  let transition: Transition

  var id: String {
    switch note {
    case .acknowledgement(let note): note.id
    case .mute(let note): note.id
    }
  }

  func save(in store: any OperatorRecords & HistoryRecords) async throws(HistoryError) {
    switch note {
    case .acknowledgement(let note): try await store.save(note)
    case .mute(let note): try await store.save(note)
    }
    var batch = Batch()
    batch.transitions = [transition]
    try await store.write(batch)
  }
}

extension OperatorRecord {
  /// - Parameters:
  ///   - acknowledgement: A new one, or one with its ending.
  ///   - names: What people know its subject by.
  init(_ acknowledgement: Acknowledgement, names: Names) {
    let ending = acknowledgement.ending
    self.init(
      note: .acknowledgement(acknowledgement),
      transition: Transition(
        date: ending?.date ?? acknowledgement.date,
        subject: acknowledgement.subject,
        names: names,
        event: ending.map { .unacknowledged($0.why) }
          ?? .acknowledged(by: acknowledgement.author, comment: acknowledgement.comment)
      )
    )
  }

  init(_ mute: Mute) {
    self.init(
      note: .mute(mute),
      transition: Transition(
        date: mute.ending?.date ?? mute.date,
        subject: .program,
        names: Names("wabatop"),
        event: mute.ending.map { .unmuted(filter: mute.filter, why: $0.why) }
          ?? .muted(by: mute.author, filter: mute.filter, comment: mute.comment)
      )
    )
  }
}
