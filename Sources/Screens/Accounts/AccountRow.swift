import Canvas
import Health
import Monitor

/// A line of the accounts, as words.
struct AccountRow {
  let context: DrawContext
  let line: AccountLine

  private var marks: Marks { context.marks }
  private var condition: AccountCondition { line.condition }
  private var now: Moment { context.now }

  var mark: StateMark { StateMark(line.standing.state) }
  var name: String { line.name.sanitized }
  var provider: String { condition.account.provider.sanitized }

  var numbers: [Phrase] {
    guard line.total > 0 else { return [Phrase(marks.none, .textMuted)] }
    let bad = Phrase("\(line.bad)", line.bad > 0 ? .textStrong : .textMuted)
    return [bad, Phrase("/\(line.total)", .text)]
  }

  /// Requests of the last minute and how many a minute are allowed, with a bar where there is room.
  func budget(width: Int) -> [Phrase] {
    let budget = condition.budget.sum
    let used = budget.used(at: now)
    guard let perMinute = budget.perMinute else { return [Phrase("\(used)/min", .text)] }
    let total = Int(saturating: perMinute.rounded())
    let figures = "\(used)/\(total)"
    let cells = width - max(figures.count, 7) - 1
    guard cells >= 4 else { return [Phrase(figures, .text)] }
    let isThrottled = line.standing == .throttled || line.standing == .failing(.throttled)
    let role: Role = isThrottled ? .historyLimited : .barFill
    let bar = Bar(part: used, total: total, cells: cells, role: role)
    return bar.phrases(marks) + [Phrase(" \(figures)", .text)]
  }

  /// The effective interval, behind the configured one where that is another.
  func refresh(width: Int) -> [Phrase] {
    let effective = Age(condition.effectiveRefresh).text
    guard condition.effectiveRefresh > condition.account.refresh else {
      return [Phrase(effective, .text)]
    }
    let both = [
      Phrase(Age(condition.account.refresh).text + marks.arrow, .textMuted),
      Phrase(effective, .textStrong),
    ]
    return both.cells <= width ? both : [both[1]]
  }

  var latency: String { condition.latency.map { Self.text(of: $0.median) } ?? marks.none }

  var lastAnswer: String { condition.lastAnswer.map(context.time) ?? marks.none }

  /// Polls that are due now are under way.
  var next: String {
    guard let next = condition.nextPoll else { return marks.none }
    return next - now >= .seconds(1) ? Age(next - now).text : "now"
  }

  func trouble(width: Int) -> [Phrase] {
    let standing = line.standing
    let role: Role = standing.needsAttention ? mark.rowRole : .textMuted
    let words = Phrase(standing.phrase, role)
    guard let since = line.failingSince else { return [words] }
    let preposition = context.state.shell.timeFormat == .age ? "for" : "since"
    let all = [words, Phrase(" \(preposition) \(context.time(since))", .text)]
    return all.cells <= width ? all : [words]
  }

  /// Such as `180ms` and `2.4s`.
  static func text(of latency: Duration) -> String {
    let milliseconds = latency.milliseconds
    guard milliseconds >= 1_000 else { return "\(milliseconds)ms" }
    let tenths = milliseconds / 100
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)s" : "\(milliseconds / 1_000)s"
  }
}
