import Canvas
import Health
import Monitor
import Reports
import Screens

/// A number or a cause that was named on the command line.
struct NamedTrouble {
  let subject: Subject
  let state: HealthState
  /// Such as `+447700900131 Acme Orders UK`, sanitized.
  let title: String
}

extension ScreenState {
  /// Finds a number or a cause: a number by its number, id, label or name, a cause by its id, its
  /// title or an account's name.
  func trouble(named name: String) throws(CommandFailure) -> NamedTrouble {
    if let record = fleet.records.first(where: { $0.answers(to: name) }) {
      return NamedTrouble(record)
    }
    let causes = causeIndex.lines(in: fleet).filter { answers($0.id, to: name) }
    if causes.count == 1 {
      return NamedTrouble(
        subject: .cause(causes[0].id.key),
        state: causes[0].state,
        title: title(of: causes[0].id).sanitized
      )
    }
    guard causes.isEmpty else {
      let some = causes.prefix(5).map { "\"\($0.id.key)\"" }.joined(separator: ", ")
      throw CommandFailure("\"\(name)\" could be \(some)")
    }
    switch PlainAnswers(state: self).record(named: name) {
    case .success(let record): return NamedTrouble(record)
    case .failure(let failure):
      throw fleet.records.isEmpty
        ? failure : CommandFailure("\(failure.text), and no cause that is there now is named so")
    }
  }

  /// The acknowledgements of a number or a cause, which may be over by now.
  func acknowledgements(named name: String) throws(CommandFailure) -> [Acknowledgement] {
    let known = notes.acknowledgements.filter { note in
      note.id == name || note.cause.map { answers($0, to: name) } ?? false
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
