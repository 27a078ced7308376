package import Health

/// Port: which accounts this process polls, where several processes share the work.
package protocol PollClaims: Sendable {
  /// Waits until this process is to poll an account.
  ///
  /// - Returns: What is known of it then; nil once the task is cancelled.
  func claim(_ account: Account) async -> PollStart?

  /// Notes what is asked of an account now, before it is asked.
  ///
  /// - Returns: False where another process polls it by now, so that nothing may be asked.
  func note(asking targets: [String], of account: String) async -> Bool

  /// Whether a request of a poll that has begun may be sent now.
  func allowsRequest(of account: String) -> Bool
}

/// What is known of an account when polling it starts.
package struct PollStart: Sendable {
  /// Numbers that are on the screen already.
  package var numbers: Set<PhoneNumber.ID> = []
  /// How polling it went before; nil where nobody knows.
  package var condition: AccountCondition?
  /// When each target was last asked, by whom it may be.
  package var asked: [String: Moment] = [:]

  package init() {}
}
