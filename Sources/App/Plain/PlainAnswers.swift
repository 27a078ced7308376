import Canvas
import Health
import Monitor
import Reports
import Screens

/// The answers to commands that show something.
struct PlainAnswers {
  let state: ScreenState

  /// A line for each number in these states (separated by commas), `all`, or those that pass a
  /// filter; without an argument, all that aren't available.
  func list(_ wanted: String) -> [String] {
    let passes: (NumberRecord) -> Bool
    do {
      passes = try selector(wanted)
    } catch {
      return [error.message.sanitized]
    }
    // The filter applies only to printed changes, not to answers.
    let records = state.fleet.records.filter(passes).stablySorted { $0.state < $1.state }
    let lines = records.map { record in
      record.latest == nil
        ? "not polled yet, \(PlainWords.title(of: record))"
        : "\(PlainWords.line(of: record, in: state.fleet)), \(PlainWords.since(record, at: state.now))"
    }
    return lines + [records.count == 1 ? "1 number" : "\(records.count) numbers"]
  }

  /// A number in detail, as in a ticket.
  func show(_ name: String) -> [String] {
    switch record(named: name) {
    case .success(let record):
      let text = TicketText(of: record, now: state.now).text
      return text.split(separator: "\n").map { String($0).sanitized }
    case .failure(let failure): return [failure.text]
    }
  }

  var causes: [String] {
    let causes = state.causeIndex.lines(in: state.fleet)
    guard !causes.isEmpty else { return ["no fault reported"] }
    return causes.map { PlainWords.line(of: $0, in: state.fleet, at: state.now) }
  }

  var accounts: [String] {
    state.fleet.accounts.map { PlainWords.line(of: $0, at: state.now) }
  }

  /// Finds a number by number, id, label or name, or by a unique part of one.
  func record(named name: String) -> Result<NumberRecord, CommandFailure> {
    let records = state.fleet.records
    if let record = records.first(where: { $0.answers(to: name) }) { return .success(record) }
    let folded = name.lowercased()
    let matches = records.filter { record in
      PlainWords.title(of: record).lowercased().contains(folded)
    }
    guard let match = matches.first else {
      return .failure(CommandFailure("no number matches \"\(name.sanitized)\""))
    }
    guard matches.count == 1 else {
      let some = matches.prefix(5).map { PlainWords.title(of: $0) }.joined(separator: "; ")
      return .failure(CommandFailure("\(matches.count) numbers match, such as \(some)"))
    }
    return .success(match)
  }

  private func selector(_ wanted: String) throws(FilterError) -> (NumberRecord) -> Bool {
    let wanted = ["PROBLEMS", "ALL"].contains(wanted.uppercased()) ? wanted.lowercased() : wanted
    if wanted.isEmpty || wanted == "problems" { return \.state.needsAttention }
    if wanted == "all" { return { _ in true } }
    let words = wanted.uppercased().split(separator: ",")
      .map { $0.trimmingPrefix { $0 == " " } }
    let states = words.compactMap { word in HealthState.allCases.first { $0.word == word } }
    if states.count == words.count { return { states.contains($0.state) } }
    if !states.isEmpty,
      let wrong = words.first(where: { word in !states.contains { $0.word == word } })
    {
      let names = HealthState.allCases.map { $0.word.lowercased() }
      let suggestion = NearestName.suggestion(for: wrong.lowercased(), among: names)
      throw FilterError(
        "there is no state \"\(wrong.lowercased())\"\(suggestion)",
        at: 0..<wanted.count
      )
    }
    let filter = try Filter(wanted)
    return { filter.passes($0, in: state.fleet, at: state.now) }
  }
}
