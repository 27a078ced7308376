package import Health
package import Monitor
import Synchronization

/// Keeps what operators say: in the store, where others read it, or only in memory.
///
/// Whoever says something writes it. What ends by a rule is written by the process that polls. A
/// record stays here until it is written, and holds meanwhile.
package actor OperatorLedger: ChangeConsumer {
  package typealias Store = OperatorRecords & HistoryRecords & HistoryQueries

  private let time: any TimeSource
  private let makeID: @Sendable () -> String
  private var monitor: FleetMonitor?
  private var notes = OperatorNotes()
  private var endings: [String: Ending] = [:]
  private var unsaved: [OperatorRecord] = []
  private var revision: Int?
  private var watch = StoreWatch()
  private var synchronizing: Synchronizing = .no
  private nonisolated let decided = Mutex<[Decision]>([])
  /// Why records could not be written at the last try.
  package private(set) var failure: HistoryError?

  private enum Synchronizing {
    case no
    case yes
    /// Something was said meanwhile.
    case again
  }

  /// An end that the monitor decided.
  private struct Decision {
    let id: String
    let why: String
    let moment: Moment
  }

  /// - Parameters:
  ///   - time: The clock.
  ///   - makeID: Makes ids that no other process makes.
  package init(time: any TimeSource, makeID: @escaping @Sendable () -> String) {
    self.time = time
    self.makeID = makeID
  }

  /// The monitor that is told what is in force; it tells its changes to this ledger.
  package func tell(_ monitor: FleetMonitor) { self.monitor = monitor }

  /// The acknowledgements and mutes in force.
  package var current: OperatorNotes { notes }

  /// Whether everything that was said is written.
  package var isSaved: Bool { unsaved.isEmpty }

  package nonisolated func receive(_ changes: [Change]) {
    let ends = changes.compactMap { change -> Decision? in
      switch change.event {
      case .unacknowledged(_, let note, let why) where note.isDecidedHere,
        .unmuted(_, let note, let why) where note.isDecidedHere:
        Decision(
          id: note.id,
          why: why,
          moment: Moment(date: change.date, uptime: change.uptime)
        )
      default: nil
      }
    }
    if !ends.isEmpty { decided.withLock { $0 += ends } }
  }

  /// Does what an operator wants; it holds at once.
  package func perform(_ action: OperatorAction) async {
    await takeDecisions()
    let now = time.now.date
    switch action {
    case .acknowledge(let troubles, let author, let comment, let until):
      for trouble in troubles {
        let note = Acknowledgement(
          id: makeID(),
          subject: trouble.subject,
          author: author,
          comment: comment,
          date: now,
          until: until,
          state: trouble.state
        )
        unsaved.append(OperatorRecord(note, names: await names(of: note.subject)))
      }
    case .mute(let filter, let author, let comment, let until):
      let mute = Mute(
        id: makeID(),
        filter: filter,
        author: author,
        comment: comment,
        date: now,
        until: until
      )
      unsaved.append(OperatorRecord(mute))
    case .end(let ids, let author):
      for id in ids.sorted() { await end(id, Ending(now, why: "taken back by \(author)")) }
    }
    await adopt(notes)
  }

  /// Writes what has to be written, and reads what others wrote.
  ///
  /// - Parameters:
  ///   - store: Nil while there is none: then everything stays in memory.
  ///   - accounts: The accounts that are polled here; nil means all.
  package func synchronize(with store: (any Store)?, polling accounts: Set<String>?) async {
    // A record must not be written twice.
    guard synchronizing == .no else {
      synchronizing = .again
      return
    }
    repeat {
      synchronizing = .yes
      await monitor?.setAccountsPolledHere(store == nil ? nil : accounts)
      // What is over by time is ended by the rules, before the store leaves it out.
      await monitor?.advance(to: time.now)
      await takeDecisions()
      if let store { await exchange(with: store) } else { await adopt(notes) }
    } while synchronizing == .again
    synchronizing = .no
  }

  private func exchange(with store: any Store) async {
    do throws(HistoryError) {
      try await save(in: store)
      try await read(store)
      failure = nil
    } catch {
      watch.forget()
      failure = error
    }
  }
}

extension OperatorLedger {
  private func save(in store: any Store) async throws(HistoryError) {
    while let record = unsaved.first {
      try await record.save(in: store)
      // Others may have been added meanwhile, behind it.
      unsaved.removeFirst()
    }
  }

  private func read(_ store: any Store) async throws(HistoryError) {
    let now = time.now.date
    guard watch.hasNews(in: store) || !notes.isInForce(at: now) else { return }
    let latest = try await store.revision()
    guard latest != revision || !notes.isInForce(at: now) else { return }
    let read = OperatorNotes(
      acknowledgements: try await store.acknowledgements(at: now),
      mutes: try await store.mutes(at: now)
    )
    revision = latest
    try await readEndings(of: notes.ids.subtracting(read.ids), in: store)
    await adopt(read)
  }

  /// Reads why others ended what is not in force any longer.
  private func readEndings(of ids: Set<String>, in store: any Store) async throws(HistoryError) {
    for id in ids where endings[id] == nil {
      if let note = try await store.acknowledgement(id) {
        endings[id] = note.ending
      } else if let mute = try await store.mute(id) {
        endings[id] = mute.ending
      }
    }
  }

  /// Takes over what is in force by the store or by memory, with what is not written yet.
  private func adopt(_ read: OperatorNotes) async {
    let now = time.now.date
    let new = unsaved.reduce(read) { $0.applying($1) }.inForce(at: now)
    guard new != notes else { return }
    notes = new
    await monitor?.adopt(notes, endings: endings)
    endings = [:]
  }

  private func takeDecisions() async {
    let taken = decided.withLock { decided in
      defer { decided = [] }
      return decided
    }
    for decision in taken {
      await end(decision.id, Ending(decision.moment.date, why: decision.why))
    }
  }

  private func end(_ id: String, _ ending: Ending) async {
    endings[id] = ending
    if var note = notes.acknowledgements.first(where: { $0.id == id }) {
      note.ending = ending
      unsaved.append(OperatorRecord(note, names: await names(of: note.subject)))
    }
    if var mute = notes.mutes.first(where: { $0.id == id }) {
      mute.ending = ending
      unsaved.append(OperatorRecord(mute))
    }
  }

  private func names(of subject: Subject) async -> Names {
    switch subject {
    case .number(let id):
      let record = await monitor?.read { $0[id] } ?? nil
      let shown = record?.displayNumber ?? id.target ?? id.account
      return Names(shown, detail: record.flatMap { $0.number.label ?? $0.name })
    case .cause(let key): return Names(CauseID(key: key)?.subject ?? key)
    case .entity(let reference): return Names(reference.id)
    case .account(let name): return Names(name)
    case .template(_, let id): return Names(id)
    case .program: return Names("wabatop")
    }
  }
}

extension OperatorNotes {
  /// With a record that others have not read yet.
  fileprivate func applying(_ record: OperatorRecord) -> Self {
    var (acknowledgements, mutes) = (
      self.acknowledgements.filter { $0.id != record.id }, self.mutes.filter { $0.id != record.id }
    )
    switch record.note {
    case .acknowledgement(let note) where note.ending == nil: acknowledgements.append(note)
    case .mute(let mute) where mute.ending == nil: mutes.append(mute)
    case .acknowledgement, .mute: break
    }
    return OperatorNotes(acknowledgements: acknowledgements, mutes: mutes)
  }
}
