package import Health

/// How often things are asked that have no setting of their own, and how long a poll may take.
package struct PollPolicy: Hashable, Sendable {
  /// Names, states and templates change rarely and are the larger answers.
  package var factsInterval = Duration.seconds(600)
  /// The first facts come within this time after the first sweep, spread.
  package var firstFactsSpread = Duration.seconds(20)
  /// Numbers come and go; a tenth of jitter keeps accounts from asking together.
  package var discoveryInterval = Duration.seconds(600)
  /// The slow probe that is left of an account whose credential was rejected.
  package var probeInterval = Duration.seconds(300)
  /// A number that is gone or not permitted: a person has to act before it answers.
  package var refusedInterval = Duration.seconds(300)
  /// No failure is retried later than this, unless the interval itself is longer.
  package var longestBackOff = Duration.seconds(300)

  /// Of one poll with all its pages; each request has a shorter deadline of its own in the transport.
  package var healthDeadline = Duration.seconds(60)
  package var factsDeadline = Duration.seconds(300)
  package var discoveryDeadline = Duration.seconds(300)

  /// Targets that become due within this time start together.
  package var tick = Duration.milliseconds(100)
  /// Readings that arrive within this time of each other travel together.
  package var batchWindow = Duration.milliseconds(20)
  /// So many readings travel without waiting for more.
  package var batchLimit = 256

  package init() {}

  package func deadline(of purpose: PollTarget.Purpose) -> Duration {
    switch purpose {
    case .health: healthDeadline
    case .facts: factsDeadline
    }
  }
}
