import Health

// What is told of the schedule.
extension PollSchedule {
  /// Credentials that are rejected for certain.
  var rejectedCredentials: Set<String> {
    Set(lanes.values.filter { $0.suspension?.isConfirmed == true }.map(\.credential))
  }

  /// The credential that needs longest for a round, where that is longer than `refresh`.
  func slowestCredential() -> (name: String, requestsPerRound: Double)? {
    let slowest = lanes.indices.map { (lane: $0, period: pace(of: $0).period) }
      .max { $0.period < $1.period }
    guard let slowest, slowest.period > refresh else { return nil }
    let lane = lanes[slowest.lane]
    return (lane.credential, lane.inputs.healthCost)
  }
}
