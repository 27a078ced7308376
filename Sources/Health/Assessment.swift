/// What one poll's outcome means: a pure function of values, in one place.
package struct Assessment: Hashable, Sendable {
  package let verdict: Verdict
  /// The verdict for calls over SIP; nil if the answer says nothing about calls.
  ///
  /// Never changes the verdict for messages.
  package let calling: Verdict.Word?
  /// The worst of verdict and signals.
  package let severity: Severity
  /// What the screen shows while the reading is fresh.
  package let state: HealthState
  /// The main cause first; empty for a healthy number.
  package let causes: [Cause]

  /// - Parameters:
  ///   - report: What the provider said.
  ///   - callingExpected: Whether the account uses calls: if so, a calling fault is a warning and a
  ///     cause.
  package init(of report: HealthReport, callingExpected: Bool = false) {
    verdict = Verdict(of: report)
    calling = Self.calling(of: report)
    let causes = Self.causes(of: report, verdict: verdict, callingExpected: callingExpected)
    let worst = causes.map(\.severity).max() ?? .ok
    // A summary without its list of entities can't be verified.
    let base = report.isSummaryOnly ? max(verdict.severity, .unknown) : verdict.severity
    severity = max(base, worst)
    state = HealthState(verdict: verdict.word, severity: severity)
    self.causes = causes
  }

  /// A failed poll says nothing about the number, whatever the reason.
  package init(of failure: ProviderError) {
    verdict = Verdict(.unknown, note: "poll failed: \(PollOutcome(failure.kind).phrase)")
    calling = nil
    severity = .unknown
    state = .unknown
    causes = [
      Cause(
        kind: .poll,
        id: nil,
        code: failure.code,
        text: failure.message,
        topic: failure.topic,
        whoActs: failure.whoActs,
        severity: .unknown
      )
    ]
  }

  /// Before the first answer.
  package static let awaiting = Assessment()

  private init() {
    verdict = Verdict(.unknown, note: "not polled yet")
    calling = nil
    severity = .unknown
    state = .unknown
    causes = []
  }

  init(
    verdict: Verdict,
    calling: Verdict.Word?,
    severity: Severity,
    causes: [Cause]
  ) {
    self.verdict = verdict
    self.calling = calling
    self.severity = severity
    state = HealthState(verdict: verdict.word, severity: severity)
    self.causes = causes
  }

  /// Adds causes from elsewhere: facts of the related entities, and faults that are no longer
  /// reported.
  package func adding(_ more: [Cause]) -> Assessment {
    guard !more.isEmpty else { return self }
    // "No health data" is no cause if there is another one.
    var own = causes.filter { $0.kind != .poll }
    // Only one signal for missing messages: the one from the number's own answer is kept.
    let isSaid = own.contains(where: \.isAboutSubscription)
    let more = isSaid ? more.filter { !$0.isAboutSubscription } : more
    if more.contains(where: \.isOfPolicy) { own = own.map(\.restrictedByPolicy) }
    let all = Self.inOrder(own + more.filter { !own.contains($0) })
    return Assessment(
      verdict: verdict,
      calling: calling,
      severity: max(severity, all.map(\.severity).max() ?? .ok),
      causes: all
    )
  }

  private static func calling(of report: HealthReport) -> Verdict.Word? {
    var isSaid = false
    var worst: Availability?
    for entity in report.entities {
      guard let sent = entity.canReceiveCallSIP else { continue }
      isSaid = true
      if let rank = sent.value.rank, rank >= (worst?.rank ?? 0) { worst = sent.value }
    }
    return isSaid ? Verdict.Word(worst) : nil
  }
}

extension Assessment {
  package init(of reading: Reading, callingExpected: Bool) {
    switch reading.result {
    case .success(let report): self.init(of: report, callingExpected: callingExpected)
    case .failure(let error): self.init(of: error)
    }
  }
}

extension Verdict {
  /// The severity of the verdict alone.
  package var severity: Severity {
    switch word {
    case .available: .ok
    case .limited: .warning
    case .blocked: .critical
    case .unknown: .unknown
    }
  }
}

extension HealthState {
  /// The verdict's own state if it explains the severity, otherwise the state "because of a
  /// signal".
  package init(verdict: Verdict.Word, severity: Severity) {
    self =
      switch (verdict, severity) {
      case (.blocked, _): .blocked
      case (_, .critical): .critical
      case (.limited, _): .limited
      case (_, .warning): .warning
      case (.unknown, _), (_, .unknown): .unknown
      case (.available, .ok): .available
      }
  }

  /// The state of an entity or a template, from its messaging state alone.
  package init(_ availability: Availability?) {
    self =
      switch availability {
      case .available: .available
      case .limited: .limited
      case .blocked: .blocked
      case .unrecognized, nil: .unknown
      }
  }
}

extension PollOutcome {
  /// As people say it.
  package var phrase: String {
    switch self {
    case .answered: "answered"
    case .answeredPartly: "answered partly"
    case .credentialRejected: "key rejected"
    case .numberRefused: "number refused"
    case .throttled: "throttled"
    case .unreachable: "unreachable"
    case .timedOut: "timed out"
    case .unintelligible: "answer not understood"
    case .providerError: "provider error"
    }
  }
}
