import Canvas
import Health
import Monitor
import Screens

/// Turns changes into lines: one for each number whose state changes, and a summary whenever the
/// counts change.
struct PlainJournal {
  private var day = ""
  /// The numbers that passed the filter when they were last printed.
  private var passed: Set<PhoneNumber.ID> = []
  private var summary = ""
  private var message: Message?

  init() {}

  /// The lines for changes and other news since the last call.
  mutating func lines(of changes: [Change], in state: ScreenState) -> [String] {
    var news = changes.compactMap { line(of: $0, in: state) }
    news += summary(of: state)
    news += said(in: state)
    return stamped(news, at: state.now)
  }

  /// Adds the time to each line, and a line with the date when it changes.
  mutating func stamped(_ lines: [String], at now: Moment) -> [String] {
    guard !lines.isEmpty else { return [] }
    let time = UTCTime(now.date)
    let date = time.day == day ? [] : ["\(time.day) UTC"]
    day = time.day
    return date + lines.map { "\(time.clock) \($0)" }
  }

  private mutating func line(of change: Change, in state: ScreenState) -> String? {
    switch change.event {
    case .number(let number, let from, let to):
      return line(of: number, from: from, to: to, change.reason, in: state)
    case .vanished(let number):
      passed.remove(number.id)
      return "GONE \(PlainWords.title(of: number))"
    case .flapping(let number, _, let percent):
      return "FLAPPING \(PlainWords.title(of: number)), \(percent) percent of its last polls"
    case .steady(let number): return "STEADY \(PlainWords.title(of: number))"
    case .failing(let account, _), .answering(let account):
      return state.fleet.condition(of: account.name)
        .map { "ACCOUNT \(PlainWords.line(of: $0, at: state.now))" }
    case .acknowledged(let number, let note):
      return PlainWords.line(of: note, about: number, change.reason)
    case .unacknowledged(let number, _, let why):
      return PlainWords.line(ofEnd: why, of: number, change.reason)
    case .muted(let filter, let note):
      return "MUTED \(filter.sanitized)\(PlainWords.words(of: note))"
    case .unmuted(let filter, _, let why):
      return "UNMUTED \(filter.sanitized)" + (why.isEmpty ? "" : ", \(why.sanitized)")
    case .appeared, .template, .reloaded: return nil
    }
  }

  /// A first reading without a fault is not printed.
  private mutating func line(
    of number: Change.Number,
    from former: HealthState?,
    to current: HealthState,
    _ reason: Change.Reason?,
    in state: ScreenState
  ) -> String? {
    // A number that stops passing the filter because its state changed is printed once more.
    let passes =
      state.fleet.index(of: number.id).map { state.list.rows.row(of: $0) != nil } ?? false
    let wasTold = passed.contains(number.id)
    if passes { passed.insert(number.id) } else { passed.remove(number.id) }
    guard former != nil || current != .available, passes || wasTold else { return nil }
    let record = state.fleet[number.id]
    let words = PlainWords.cause(of: current, reason, record, in: state.fleet)
    let cause = words.map { ", cause \($0)" } ?? ""
    let was = former.map { ", was \($0.word)" } ?? ""
    return "\(current.word) \(PlainWords.title(of: number))\(cause)\(was)"
  }

  /// During the first sweep, the summary would change all the time.
  private mutating func summary(of state: ScreenState) -> [String] {
    let counts = state.fleet.counts
    guard counts.total > 0, counts.polled == counts.total else { return [] }
    let words = PlainWords.summary(of: counts)
    guard words != summary else { return [] }
    summary = words
    return ["SUMMARY \(words)"]
  }

  private mutating func said(in state: ScreenState) -> [String] {
    guard state.shell.message != message else { return [] }
    message = state.shell.message
    return state.shell.message.map { ["MESSAGE \($0.text.sanitized)"] } ?? []
  }
}
