/// A condition of a WABA, business or app that applies to every number under it.
///
/// Each has a subject: an answer that omits a subject does not contradict an earlier one about it.
package struct EntityCondition: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    /// The node's own `status`.
    case status
    /// A WABA's `account_review_status`.
    case review
    /// Meta's ban state of a WABA, such as `SCHEDULE_FOR_DISABLE`.
    case ban
    /// What Meta restricts for a WABA, and until when.
    case restriction
    /// The node's own `health_status`.
    case health
    /// The verification of a business.
    case verification
    /// Whether incoming messages are delivered to an app.
    case webhook
    /// The token that reads the numbers.
    case token
  }

  package let subject: Subject
  /// A word as sent, or one plain sentence for a webhook, a token or a restriction.
  package let text: String
  package let severity: Severity
  /// Only for `.health`.
  package let health: HealthEntity?
  /// Set if the remedy is not the usual one for the subject.
  package private(set) var ownTopic: KnowledgeTopic?

  /// A word as sent, rated by the table below; an unknown word has no effect.
  package init(_ subject: Subject, _ word: String) {
    self.subject = subject
    text = word
    severity = Self.severity(of: word.trimmingWhitespace().uppercased(), subject)
    health = nil
  }

  /// The health that the entity's own node reports; nil without a known state.
  package init?(health: HealthEntity) {
    guard let state = health.messaging else { return nil }
    subject = .health
    text = health.canSendMessage?.text ?? ""
    severity = Verdict(Verdict.Word(state)).severity
    self.health = health
  }

  /// A condition that a sentence describes, such as a missing subscription; its severity may be
  /// `ok`.
  package init(
    _ subject: Subject,
    sentence: String,
    severity: Severity,
    topic: KnowledgeTopic? = nil
  ) {
    self.subject = subject
    text = sentence
    self.severity = severity
    health = nil
    ownTopic = topic
  }

  /// Product.md, "facts of WABA, BUSINESS, APP nodes".
  private static func severity(of word: String, _ subject: Subject) -> Severity {
    switch (subject, word) {
    case (.status, "DISABLED"), (.status, "BANNED"), (.status, "DELETED"): .critical
    case (.status, "RESTRICTED"), (.status, "FLAGGED"), (.status, "LOCKED"),
      (.status, "SUSPENDED"), (.status, "DISCONNECTED"), (.status, "PAUSED"),
      (.status, "OFFLINE"):
      .warning
    case (.review, "DISABLED"): .critical
    case (.review, "REJECTED"): .warning
    case (.ban, "DISABLE"): .critical
    case (.ban, "SCHEDULE_FOR_DISABLE"): .warning
    // An unverified business stays at the starter limit. That is worth a warning only if the
    // verification was refused or lost.
    case (.verification, "FAILED"), (.verification, "REJECTED"), (.verification, "REVOKED"),
      (.verification, "EXPIRED"), (.verification, "INELIGIBLE"),
      (.verification, "PENDING_NEED_MORE_INFO"):
      .warning
    default: .ok
    }
  }
}

extension EntityCondition {
  /// The cause for a number under the entity.
  ///
  /// A signal's id is the phone number's, which the number adds.
  package func cause(of entity: EntityReference) -> Cause {
    // This gives the same sentence as the number's own answer, which may list the entity too.
    if let health { return health.cause(of: severity) }
    return switch subject {
    case .webhook:
      Cause(kind: .webhook, id: nil, text: text, topic: .webhook, severity: severity)
    case .token:
      Cause(kind: .token, id: nil, text: text, topic: ownTopic ?? .ownToken, severity: severity)
    case .status, .review, .ban, .restriction, .health, .verification:
      Cause(
        kind: .entity(entity.type),
        id: entity.id,
        text: sentence,
        topic: topic,
        severity: severity
      )
    }
  }

  private var sentence: String {
    switch subject {
    case .status: "Status is \(text)."
    case .review: "Account review is \(text)."
    case .ban: "Ban state is \(text)."
    case .health: "Its health is \(text)."
    case .verification: "Business verification is \(text)."
    case .webhook, .token, .restriction: text
    }
  }

  private var topic: KnowledgeTopic? {
    switch (subject, severity) {
    case (_, .ok), (_, .unknown), (.health, _): nil
    case (.status, .critical), (.review, .critical), (.ban, .critical): .accountDisabled
    case (.status, _), (.restriction, _): .accountRestricted
    case (.review, _): .accountRejected
    case (.ban, _): .accountToBeDisabled
    case (.verification, _): .verificationFailed
    case (.webhook, _): .webhook
    case (.token, _): .ownToken
    }
  }
}
