import Canvas
import Configuration
import Health
import History
import Monitor
import Screens

/// What the store knows, for a command that acknowledges or mutes.
struct OperatorSession {
  let state: ScreenState
  private let ledger: OperatorLedger
  private let store: any HistoryStore

  /// - Throws: `CommandFailure` if nothing is remembered, or it can't be read.
  init(_ wiring: Wiring, _ paths: ConfigurationPaths) async throws(CommandFailure) {
    guard FileContents.exists(paths.history.path) else {
      throw CommandFailure(
        "no number is known yet: the dashboard writes them to \(paths.history.path)"
      )
    }
    do throws(HistoryError) {
      let store = try await wiring.openHistory(in: paths.stateDirectory).store
      try await self.init(store, wiring.ledger(), time: wiring.time)
    } catch {
      throw CommandFailure("the history can't be used: \(error.reason)")
    }
  }

  init(
    _ store: any HistoryStore,
    _ ledger: OperatorLedger,
    time: any TimeSource
  ) async throws(HistoryError) {
    let monitor = FleetMonitor(time: time)
    let known = try await store.current(after: nil, at: time.now)
    await monitor.receive(known.update)
    await ledger.tell(monitor)
    // Nothing is polled here, so nothing is ended by a rule.
    await ledger.synchronize(with: store, polling: [])
    if let failure = await ledger.failure { throw failure }
    var state = ScreenState(now: time.now)
    state.adopt(await monitor.takeSnapshot(), at: time.now)
    (self.state, self.ledger, self.store) = (state, ledger, store)
  }

  var notes: OperatorNotes { state.notes }

  /// Does what an operator wants, and writes it.
  func perform(_ action: OperatorAction) async throws(CommandFailure) {
    await ledger.perform(action)
    await ledger.synchronize(with: store, polling: [])
    if let failure = await ledger.failure {
      throw CommandFailure("it can't be written: \(failure.reason)")
    }
  }
}

/// A number or a cause that was named on the command line.
struct NamedTrouble {
  let subject: Subject
  let state: HealthState
  /// Such as `+447700900131 Acme Orders UK`, sanitized.
  let title: String
}

extension OperatorSession {
  /// Finds a number or a cause: a number by its number, id, label or name, a cause by its id, its
  /// title or an account's name.
  func trouble(named name: String) throws(CommandFailure) -> NamedTrouble {
    if let record = state.fleet.records.first(where: { $0.answers(to: name) }) {
      return NamedTrouble(record)
    }
    let causes = state.causeIndex.lines(in: state.fleet).filter { state.answers($0.id, to: name) }
    if causes.count == 1 {
      return NamedTrouble(
        subject: .cause(causes[0].id.key),
        state: causes[0].state,
        title: state.title(of: causes[0].id).sanitized
      )
    }
    guard causes.isEmpty else {
      let some = causes.prefix(5).map { "\"\($0.id.key)\"" }.joined(separator: ", ")
      throw CommandFailure("\"\(name)\" could be \(some)")
    }
    switch PlainAnswers(state: state).record(named: name) {
    case .success(let record): return NamedTrouble(record)
    case .failure(let failure):
      throw state.fleet.records.isEmpty
        ? failure : CommandFailure("\(failure.text), and no cause that is there now is named so")
    }
  }

  /// The acknowledgements of a number or a cause, which may be over by now.
  func acknowledgements(named name: String) throws(CommandFailure) -> [Acknowledgement] {
    let known = notes.acknowledgements.filter { note in
      note.id == name || note.cause.map { state.answers($0, to: name) } ?? false
    }
    guard known.isEmpty else { return known }
    let trouble = try trouble(named: name)
    return notes.acknowledgements(of: trouble.subject)
  }
}

extension NamedTrouble {
  fileprivate init(_ record: NumberRecord) {
    subject = .number(record.id)
    // While nobody polls, what was last known is what is meant.
    let known = record.lastKnownState
    let isLost = record.state == .stale || record.state == .unknown
    state = isLost && known?.isProblem == true ? known ?? record.state : record.state
    title = PlainWords.title(of: record)
  }
}

extension ScreenState {
  /// Such as `WABA 102938475610 Acme UK`.
  func title(of cause: CauseID) -> String {
    [cause.subject, fleet.name(of: cause)].compactMap(\.self).joined(separator: " ")
  }

  /// Whether a name refers to a cause.
  fileprivate func answers(_ cause: CauseID, to name: String) -> Bool {
    let names: [String?] =
      switch cause {
      case .entity(let reference): [reference.id, fleet.name(of: cause)]
      case .signal(_, let text): [text]
      case .account(let name, _), .provider(let name, _): [name]
      case .offline, .templates: []
      }
    let all = names + [cause.key, cause.subject, title(of: cause)]
    return all.contains { $0?.lowercased() == name.lowercased() }
  }
}
