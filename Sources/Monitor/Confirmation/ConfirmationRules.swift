/// When a change of a number's state becomes an event: after some polls, or after some time.
///
/// The state itself is shown at once; only events, history and alerts wait.
package struct ConfirmationRules: Hashable, Sendable {
  /// After so many polls in a row a bad number is an event.
  package var downPolls: Int
  /// It is one after this time as well, since an account may be polled rarely.
  package var downTime: Duration
  /// After so many polls in a row a number has recovered.
  package var upPolls: Int
  /// Whether a number that is blocked or critical needs no second poll.
  ///
  /// It is an explicit answer of the provider, not the lack of one.
  package var trustsBlocked: Bool
  /// When a number changes so often that its changes are no events.
  package var flapping: FlappingRules

  package init(
    downPolls: Int = 2,
    downTime: Duration = .seconds(45),
    upPolls: Int = 2,
    trustsBlocked: Bool = true,
    flapping: FlappingRules = FlappingRules()
  ) {
    self.downPolls = downPolls
    self.downTime = downTime
    self.upPolls = upPolls
    self.trustsBlocked = trustsBlocked
    self.flapping = flapping
  }

  /// Every change is an event at once, as for a single sweep.
  package static let immediate = ConfirmationRules(downPolls: 1, downTime: .zero, upPolls: 1)
}
