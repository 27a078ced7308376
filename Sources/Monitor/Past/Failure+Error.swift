package import Health

extension Change.Failure {
  /// The same in the poll's terms; nil of a kind that a later version writes.
  package var error: ProviderError? {
    guard let outcome = PollOutcome(rawValue: kind),
      let kind = CauseID.Trouble(outcome).errorKind
    else { return nil }
    return ProviderError(
      outcome == .timedOut ? .timedOut : kind,
      message,
      httpStatus: httpStatus
    )
  }
}
