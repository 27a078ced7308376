import Health

// How often a target is polled under the request budgets.
extension PollSchedule {
  /// What `refresh` amounts to under the budgets; never shorter than `refresh`.
  package mutating func effectiveRefresh() -> Duration {
    if let longestPeriod { return max(refresh, longestPeriod) }
    let longest = lanes.indices.map { pace(of: $0).period }.max() ?? refresh
    longestPeriod = longest
    return max(refresh, longest)
  }

  /// A credential's period changed: looking at all of them is needed only when the longest shrank.
  mutating func replacePeriod(_ before: Duration?, with after: Duration?) {
    guard let longest = longestPeriod else { return }
    if let after, after >= longest {
      longestPeriod = after
    } else if before == longest, longest > refresh {
      longestPeriod = nil
    }
  }

  func pace(of lane: Int) -> Pace {
    lanes[lane].inputs.pace(refresh: refresh, factsInterval: policy.factsInterval)
  }
}
