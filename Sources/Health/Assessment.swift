/// What we make of one poll's outcome: a pure reading of values, decided in one place.
package struct Assessment: Hashable, Sendable {
  package let verdict: Verdict
  /// The same for calls over SIP; nil when nobody said anything about it.
  ///
  /// Never moves the verdict.
  package let calling: Verdict.Word?
  /// The worst of verdict and signals.
  package let severity: Severity
  /// What the screen says while the reading is fresh.
  package let state: HealthState
  /// The headline first; a fine number has none.
  package let causes: [Cause]

  /// - Parameters:
  ///   - report: What the provider said.
  ///   - callingExpected: The account wants calls: a calling fault is a warning and a cause.
  package init(of report: HealthReport, callingExpected: Bool = false) {
    verdict = Verdict(of: report)
    calling = Self.calling(of: report)
    let causes = Self.causes(of: report, verdict: verdict, callingExpected: callingExpected)
    let worst = causes.map(\.severity).max() ?? .ok
    // A summary without the list that it sums up says nothing that could be checked.
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

  private init(
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

  /// With what explains it besides: facts of the entities around, and what is not told any more.
  package func adding(_ more: [Cause]) -> Assessment {
    guard !more.isEmpty else { return self }
    // That nothing was said is no cause beside something that was.
    var own = causes.filter { $0.kind != .poll }
    // One signal that nothing comes in: what Meta says to the number is kept.
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
  /// What the verdict alone makes of the number.
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
  /// The verdict's own state where it explains the severity, else the one "by a signal".
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

  /// Of an entity or a template by its messaging state alone.
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
