import Canvas
import Health
import Monitor
import Screens

/// Turns what happens into lines that are only ever appended: a line for each number whose state
/// changes, and a summary whenever the counts do.
struct PlainJournal {
  private var day = ""
  private var states: [PhoneNumber.ID: HealthState] = [:]
  /// Those that the filter let through when they were last told of.
  private var passed: Set<PhoneNumber.ID> = []
  private var titles: [PhoneNumber.ID: String] = [:]
  private var failing: [String: PollOutcome] = [:]
  private var summary = ""
  private var message: Message?

  init() {}

  /// The lines since the last time; the same state again gives none.
  mutating func lines(of state: ScreenState) -> [String] {
    var news = changes(of: state)
    news += vanished(from: state)
    news += accounts(of: state)
    news += summary(of: state)
    news += said(in: state)
    return stamped(news, at: state.now)
  }

  /// Lines with the time before each, and the date wherever it is another one.
  mutating func stamped(_ lines: [String], at now: Moment) -> [String] {
    guard !lines.isEmpty else { return [] }
    let time = UTCTime(now.date)
    let date = time.day == day ? [] : ["\(time.day) UTC"]
    day = time.day
    return date + lines.map { "\(time.clock) \($0)" }
  }

  /// A first reading that reports no fault is no news.
  private mutating func changes(of state: ScreenState) -> [String] {
    var lines: [String] = []
    for (place, record) in state.fleet.records.enumerated() where record.latest != nil {
      let former = states.updateValue(record.state, forKey: record.id)
      guard former != record.state else { continue }
      titles[record.id] = PlainWords.title(of: record)
      // What leaves the filter by recovering, or by getting worse, is told once more.
      let passes = state.list.rows.row(of: place) != nil
      let wasTold = passed.contains(record.id)
      if passes { passed.insert(record.id) } else { passed.remove(record.id) }
      guard former != nil || record.state != .available, passes || wasTold else { continue }
      let was = former.map { ", was \($0.word)" } ?? ""
      lines.append(PlainWords.line(of: record) + was)
    }
    return lines
  }

  private mutating func vanished(from state: ScreenState) -> [String] {
    guard states.count > state.fleet.counts.polled else { return [] }
    let gone = states.keys.filter { state.fleet.index(of: $0) == nil }.sorted()
    return gone.map { id in
      states[id] = nil
      passed.remove(id)
      return "GONE \(titles.removeValue(forKey: id) ?? id.account.sanitized)"
    }
  }

  private mutating func accounts(of state: ScreenState) -> [String] {
    var lines: [String] = []
    for condition in state.fleet.accounts {
      let outcome = condition.failure.map { PollOutcome($0.kind) }
      guard outcome != failing[condition.account.name] else { continue }
      failing[condition.account.name] = outcome
      lines.append("ACCOUNT " + PlainWords.line(of: condition, at: state.now))
    }
    return lines
  }

  /// While the first sweep is under way it would say something else all the time.
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
