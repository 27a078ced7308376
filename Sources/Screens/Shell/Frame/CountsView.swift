import Canvas
import Health
import Monitor

/// A summary in one line: the number of numbers in each state, and the age of the data.
///
///      ✘ 13  ▲ 21  ● 470  ? 6  ◌ 2   of 512         polled 12s ago · next 18s
struct CountsView {
  let context: DrawContext
  /// The header of the wall says the age of the data already.
  var showsAge = true

  private var marks: Marks { context.marks }
  private var overview: Overview { context.overview }
  private var counts: FleetCounts { overview.counts }

  func draw(on canvas: inout Canvas) {
    let notes = NoteCounts(counts)
    let (long, short) = (notes.phrases, notes.shortPhrases)
    let lefts = [
      phrases(showsTotal: true, showsTrend: true) + long, phrases(showsTotal: true) + long,
      phrases(showsTotal: false) + long, phrases(showsTotal: false) + short, compact + short,
    ]
    // The age of the data is shown at any width, so the counts are shortened for it.
    let end = canvas.width - 1
    for left in showsAge ? lefts : [] {
      for freshness in freshness where left.cells + 3 + TextWidth.cells(of: freshness) < end {
        canvas.put(left, row: 0, column: 1, width: end)
        canvas.put([Phrase(freshness, .textMuted)], row: 0, endingAt: end, after: 0)
        return
      }
    }
    let left = lefts.first { $0.cells < end } ?? compact
    canvas.put(left, row: 0, column: 1, width: end)
  }

  /// `✘13 ▲21 ●470 ?6 ◌2`, for tiny screens and the terminal's title.
  var compact: [Phrase] {
    Self.groups.enumerated().flatMap { index, group in
      let count = count(group)
      let text = "\(StateMark(group[0]).sign(marks))\(count)"
      return [Phrase(index == 0 ? "" : " ", .text), Phrase(text, role(group[0], count))]
    }
  }

  private func phrases(showsTotal: Bool, showsTrend: Bool = false) -> [Phrase] {
    var phrases: [Phrase] = []
    for group in Self.groups {
      let count = count(group)
      phrases.append(Phrase(StateMark(group[0]).sign(marks), role(group[0], count)))
      phrases.append(Phrase(" \(count)", count > 0 ? .textStrong : .textMuted))
      if showsTrend { phrases += CountTrend(context: context).phrases(group, count) }
      phrases.append(Phrase("  ", .text))
    }
    _ = phrases.popLast()
    let of = narrowed.map { "\($0.total) of \(counts.total) shown" } ?? "of \(counts.total)"
    if showsTotal { phrases.append(Phrase("   \(of)", .textMuted)) }
    return phrases
  }

  /// The states that are counted together, worst first.
  static let groups: [[HealthState]] = [
    [.blocked, .critical], [.limited, .warning], [.available], [.unknown], [.stale],
  ]

  /// The counts of numbers that pass the filter; nil without a filter.
  private var narrowed: Tally? {
    let state = context.state
    return state.filtering.filter.isEmpty ? nil : state.tiles.index.total
  }

  private func count(_ group: [HealthState]) -> Int {
    group.reduce(0) { $0 + (narrowed?[$1] ?? counts[$1]) }
  }

  /// A count of zero has no colour.
  private func role(_ state: HealthState, _ count: Int) -> Role {
    count > 0 ? StateMark(state).role : .textMuted
  }

  /// Texts of the data's age, longest first.
  var freshness: [String] {
    if let past = context.state.travel.past {
      return PastWords(context: context, past: past).freshness
    }
    let polled = polled
    // Nothing if polls are due now.
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

  /// Without the clock, ages change in steps and are rounded up.
  private func age(_ duration: Duration) -> String {
    Age(duration, rounding: context.chrome.showsClock ? .none : .up).text
  }
}
