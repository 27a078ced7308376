import Canvas
import Health
import Monitor

/// The whole story in one line: how many numbers are in which state, and how old that knowledge is.
///
///      ✘ 13  ▲ 21  ● 470  ? 6  ◌ 2   of 512         polled 12s ago · next 18s
struct CountsView {
  let context: DrawContext

  private var marks: Marks { context.marks }
  private var overview: Overview { context.overview }
  private var counts: FleetCounts { overview.counts }

  func draw(on canvas: inout Canvas) {
    let lefts = [phrases(showsTotal: true), phrases(showsTotal: false), compact]
    // The age of the data is said at any width, so the counts make room for it.
    let end = canvas.width - 1
    for left in lefts {
      for freshness in freshness where left.cells + 3 + TextWidth.cells(of: freshness) < end {
        canvas.put(left, row: 0, column: 1, width: end)
        canvas.put([Phrase(freshness, .textMuted)], row: 0, endingAt: end, after: 0)
        return
      }
    }
    let left = lefts.first { $0.cells < end } ?? compact
    canvas.put(left, row: 0, column: 1, width: end)
  }

  /// `✘13 ▲21 ●470 ?6 ◌2`: all there is where a screen is one line high, and the terminal's title.
  var compact: [Phrase] {
    Self.groups.enumerated().flatMap { index, group in
      let count = count(group)
      let text = "\(StateMark(group[0]).sign(marks))\(count)"
      return [Phrase(index == 0 ? "" : " ", .text), Phrase(text, role(group[0], count))]
    }
  }

  private func phrases(showsTotal: Bool) -> [Phrase] {
    var phrases: [Phrase] = []
    for group in Self.groups {
      let count = count(group)
      phrases.append(Phrase(StateMark(group[0]).sign(marks), role(group[0], count)))
      phrases.append(Phrase(" \(count)", count > 0 ? .textStrong : .textMuted))
      phrases.append(Phrase("  ", .text))
    }
    _ = phrases.popLast()
    let of = narrowed.map { "\($0.total) of \(counts.total) shown" } ?? "of \(counts.total)"
    if showsTotal { phrases.append(Phrase("   \(of)", .textMuted)) }
    return phrases
  }

  /// The states that count as one, worst first.
  static let groups: [[HealthState]] = [
    [.blocked, .critical], [.limited, .warning], [.available], [.unknown], [.stale],
  ]

  /// Of the numbers that the filter lets through; nil while there is none.
  private var narrowed: Tally? {
    let state = context.state
    return state.filtering.filter.isEmpty ? nil : state.tiles.index.total
  }

  private func count(_ group: [HealthState]) -> Int {
    group.reduce(0) { $0 + (narrowed?[$1] ?? counts[$1]) }
  }

  /// What there is none of has no colour.
  private func role(_ state: HealthState, _ count: Int) -> Role {
    count > 0 ? StateMark(state).role : .textMuted
  }

  /// The longest first; a narrow screen takes a shorter one.
  var freshness: [String] {
    let polled = polled
    // A time or nothing: polls that are due now are on their way.
    let next = overview.nextPoll.flatMap { moment in
      moment - context.now >= .seconds(1) ? "next \(age(moment - context.now))" : nil
    }
    let stretched = overview.stretched.map(\.effectiveRefresh).max()
      .map { "every \(Age($0).text) by budget" }
    let short = overview.oldestReading.map { "\(age(context.now - $0)) ago" }
    let choices = [[polled, next, stretched], [polled, next], [polled], [short]]
    return choices.map { $0.compactMap(\.self).joined(separator: marks.separator) }
      .filter { !$0.isEmpty }
  }

  private var polled: String? {
    if counts.total == 0 { return nil }
    if overview.isFirstSweep { return "\(counts.polled) of \(counts.total) polled" }
    return overview.oldestReading.map { "polled \(age(context.now - $0)) ago" }
  }

  /// Who switches the clock off wants a screen that doesn't tick: never younger than it is, in steps.
  private func age(_ duration: Duration) -> String {
    Age(duration, rounding: context.chrome.showsClock ? .none : .up).text
  }
}
