import FoundationEssentials
import Health
import Monitor

// How polling each account goes.
extension Metrics {
  func writeAccounts(to writer: inout MetricsWriter) {
    let accounts = fleet.accounts
    var labels = MetricLabels(capacity: 1024, count: accounts.count)
    for condition in accounts {
      labels.add([
        ("account", condition.account.name), ("provider", condition.account.provider),
      ])
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_account_up",
        kind: .gauge,
        help: "Whether polls of the account are answered; absent before the first answer."
      )
    )
    for (place, condition) in accounts.enumerated() {
      guard let isUp = condition.isUp else { continue }
      labels.with(place) { writer.add(isUp ? 1 : 0, $0) }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_account_last_success_timestamp_seconds",
        kind: .gauge,
        help: "When a poll of the account last brought what it was asked for.",
        isInSeconds: true
      )
    )
    for (place, condition) in accounts.enumerated() {
      guard let success = condition.lastSuccess else { continue }
      labels.with(place) { writer.add(milliseconds: success.milliseconds, $0) }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_request_budget_remaining",
        kind: .gauge,
        help: "Requests that may be sent at once; absent where the account's budget has no limit."
      )
    )
    for (place, condition) in accounts.enumerated() {
      guard let left = condition.budget.sum.left else { continue }
      labels.with(place) { writer.add(left, $0) }
    }
    writeCounts(labels, to: &writer)
  }

  private func writeCounts(
    _ labels: borrowing MetricLabels,
    to writer: inout MetricsWriter
  ) {
    let states = HealthState.allCases
    let places = Dictionary(
      zip(fleet.accounts.map(\.account.name), fleet.accounts.indices),
      uniquingKeysWith: min
    )
    var counts = [Int](repeating: 0, count: fleet.accounts.count * states.count)
    var last: (name: String, place: Int?) = ("", nil)
    for place in fleet.records.indices {
      fleet.records.withElement(at: place) { record in
        let account = record.pointee.number.account
        if account != last.name { last = (account, places[account]) }
        guard record.pointee.number.target != nil, let account = last.place else { return }
        counts[account * states.count + Int(record.pointee.state.rawValue)] += 1
      }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_numbers",
        kind: .gauge,
        help: "How many of the account's numbers are in each state."
      )
    )
    for account in fleet.accounts.indices {
      labels.with(account) { labels in
        for state in states {
          let count = counts[account * states.count + Int(state.rawValue)]
          writer.add(count, labels, ("state", state.label))
        }
      }
    }
  }

  /// Of accounts that are polled here.
  func writePolls(to writer: inout MetricsWriter) {
    let polls = polls.current.sorted { $0.key < $1.key }
    writer.begin(
      MetricFamily(
        name: "wabatop_polls",
        kind: .counter,
        help: "Polls of numbers by this process, by what they brought."
      )
    )
    for (account, counts) in polls {
      let outcomes = PollOutcome.allCases.filter { counts.count($0) > 0 }
      var labels = MetricLabels(capacity: 128, count: outcomes.count)
      for outcome in outcomes { labels.add([("account", account), ("outcome", outcome.rawValue)]) }
      for (place, outcome) in outcomes.enumerated() {
        labels.with(place) { writer.add(counts.count(outcome), $0) }
      }
    }
    writer.begin(
      MetricFamily(
        name: "wabatop_poll_duration_seconds",
        kind: .histogram,
        help: "How long answers to polls of numbers took.",
        isInSeconds: true
      )
    )
    for (account, counts) in polls { write(counts, of: account, to: &writer) }
  }

  private func write(
    _ counts: PollCounts.Counts,
    of account: String,
    to writer: inout MetricsWriter
  ) {
    let bounds: [StaticString] = [
      "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "30.0", "+Inf",
    ]
    var labels = MetricLabels(capacity: 64, count: 1)
    labels.add([("account", account)])
    labels.with(0) { labels in
      var sum = 0
      for (bound, count) in zip(bounds, counts.durations) {
        sum += count
        writer.add(sum, labels, ("le", bound), part: "_bucket")
      }
      writer.add(milliseconds: counts.milliseconds, labels, part: "_sum")
      writer.add(sum, labels, part: "_count")
    }
  }
}

extension AccountCondition {
  /// Nil before the first answer.
  fileprivate var isUp: Bool? {
    if trouble != nil { return false }
    return lastSuccess == nil ? nil : true
  }
}

extension Moment {
  /// Since 1970.
  var milliseconds: Int { Int(saturating: date.timeIntervalSince1970 * 1000) }
}
