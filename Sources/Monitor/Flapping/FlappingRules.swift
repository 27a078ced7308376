/// From which share of changes among a number's last polls on it flaps, and when it stops.
///
/// The two shares are apart, so that a number between them does not begin and end all the time.
package struct FlappingRules: Hashable, Sendable {
  /// Percent: it begins above this.
  package var over: Int
  /// Percent: it ends below this.
  package var under: Int
  /// How many changes from one poll to the next count.
  package var polls: Int

  /// A number's last states are kept in 64 bits.
  package static let possiblePolls = 5...20

  package init(over: Int = 30, under: Int = 20, polls: Int = 20) {
    self.over = over
    self.under = under
    self.polls = polls
  }
}
