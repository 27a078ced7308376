/// How often a credential's targets can be polled: what is wanted, stretched to what is allowed.
///
/// Costs are requests per round of all targets. The figures leave some of the budget unplanned, so that
/// polls which come late or take a page more don't put off all that follow.
package struct Pace: Hashable, Sendable {
  /// Between two polls of a number.
  package let period: Duration
  /// Between two polls of a number in trouble: half of it where the budget has that much to spare.
  package let troublePeriod: Duration
  package let factsPeriod: Duration
  /// Requests can be spared for retries sooner than the next turn.
  package let hasSpare: Bool

  /// A poll takes its time and its turn is not exact: asked a little early, a reading stays younger
  /// than promised.
  static let earliness = 0.9
  static let plannedShare = 0.95
  /// Facts never take more of a budget than this.
  static let factsShare = 0.25

  package init(
    refresh: Duration,
    factsInterval: Duration,
    perMinute: Double?,
    healthCost: Double,
    troubleCost: Double,
    factsCost: Double
  ) {
    let wanted = refresh * Self.earliness
    guard let perMinute else {
      period = wanted
      troublePeriod = wanted / 2
      factsPeriod = factsInterval
      hasSpare = true
      return
    }
    let rate = perMinute / 60 * Self.plannedShare
    factsPeriod = max(factsInterval, .seconds(factsCost / (rate * Self.factsShare)))
    let healthRate = rate - factsCost / factsPeriod.inSeconds
    period = max(wanted, .seconds(healthCost / healthRate))
    let spare = max(0, healthRate * period.inSeconds - healthCost)
    let extraTurns = troubleCost > 0 ? min(1, spare / troubleCost) : 1
    troublePeriod = period / (1 + extraTurns)
    hasSpare = spare > 0.1 * healthCost
  }
}
