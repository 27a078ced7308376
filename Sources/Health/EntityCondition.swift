/// A word of a WABA, business or app about itself that counts for every number under it.
///
/// Told apart by what it is about, so that an answer that leaves one out says nothing against it.
package struct EntityCondition: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    /// The node's own `status`.
    case status
    /// A WABA's `account_review_status`.
    case review
    /// Meta's ban state of a WABA, such as `SCHEDULE_FOR_DISABLE`.
    case ban
    /// What Meta restricts of a WABA, and until when.
    case restriction
    /// What the node's own `health_status` says of it.
    case health
    /// The verification of a business.
    case verification
    /// Whether what people write is handed on to an app.
    case webhook
    /// The token that the numbers are read with.
    case token
  }

  package let subject: Subject
  /// A word as sent, or one plain sentence where `subject` is a webhook, a token or a restriction.
  package let text: String
  package let severity: Severity
  /// Of `.health` only.
  package let health: HealthEntity?
  /// Where a sentence has another remedy than what it is about mostly has.
  package private(set) var ownTopic: KnowledgeTopic?

  /// A word as sent, weighed by the table below; a word that nobody knows has no effect.
  package init(_ subject: Subject, _ word: String) {
    self.subject = subject
    text = word
    severity = Self.severity(of: word.trimmingWhitespace().uppercased(), subject)
    health = nil
  }

  /// What the entity's own node says of its health; nil where it says no state that is known.
  package init?(health: HealthEntity) {
    guard let state = health.messaging else { return nil }
    subject = .health
    text = health.canSendMessage?.text ?? ""
    severity = Verdict(Verdict.Word(state)).severity
    self.health = health
  }

  /// What a sentence tells, such as that no app is subscribed; `ok` where all is well.
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
    // Without a verification the limit stays at the starter level, which is news only where somebody
    // asked for one and did not get it, or lost it.
    case (.verification, "FAILED"), (.verification, "REJECTED"), (.verification, "REVOKED"),
      (.verification, "EXPIRED"), (.verification, "INELIGIBLE"),
      (.verification, "PENDING_NEED_MORE_INFO"):
      .warning
    default: .ok
    }
  }
}

extension EntityCondition {
  /// What it explains of a number under the entity.
  ///
  /// A signal's id is the phone number's, which the number adds.
  package func cause(of entity: EntityReference) -> Cause {
    // In the words of the number's own answer, where that lists the entity too.
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
