extension Assessment {
  /// At a moment of the past at which nobody polled.
  package static let notPolledThen = Assessment(
    verdict: Verdict(.unknown, note: "not polled then"),
    calling: nil,
    severity: .unknown,
    causes: []
  )

  /// What was made of an answer that is gone: its state is remembered, and one reason for it.
  package init(remembered state: HealthState, causes: [Cause]) {
    let word: Verdict.Word =
      switch state {
      case .blocked: .blocked
      case .limited: .limited
      case .critical, .warning, .available: .available
      case .unknown, .stale: .unknown
      }
    self.init(
      verdict: Verdict(word),
      calling: nil,
      severity: state.severity,
      causes: causes
    )
  }
}
