import Canvas
import Health
import History
import Monitor

/// How a count is against an hour before: ` ↑11`, ` ↓2`.
struct CountTrend {
  let context: DrawContext

  /// Nothing where it is the same, or not all of it is known.
  func phrases(_ states: [HealthState], _ count: Int) -> [Phrase] {
    // What passes a filter now says nothing of an hour ago.
    guard context.state.filtering.filter.isEmpty, let before = context.state.countsBefore else {
      return []
    }
    let change = count - states.reduce(0) { $0 + before[$1] }
    guard change != 0 else { return [] }
    let isBetter = (change > 0) == (states == [.available])
    let sign = context.marks.rise(change > 0)
    return [Phrase(" \(sign)\(abs(change))", isBetter ? .trendBetter : .trendWorse)]
  }
}

extension Marks {
  fileprivate func rise(_ isUp: Bool) -> String {
    isASCII ? (isUp ? "+" : "-") : (isUp ? "↑" : "↓")
  }
}
