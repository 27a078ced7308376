/// Why a poll brought no health, named by what can be done about it (providers.md 7.1).
package struct ProviderError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The account's key is wrong, expired, revoked or unpaid for: every number of it is affected.
    case credentialRejected
    /// This number is gone, not ours, or not permitted; the credential is good.
    case numberRefused
    /// Too many requests.
    ///
    /// `retryAfter` takes precedence over back-off if the provider sent it.
    case throttled(retryAfter: Duration?)
    /// No answer because of DNS, TCP or TLS.
    case unreachable
    /// No answer within the deadline.
    case timedOut
    /// A 2xx of the wrong form or too large, or a redirect to another host.
    case unintelligible
    /// The provider failed (5xx), or says that it could not check.
    case providerError
  }

  package let kind: Kind
  /// One plain sentence with the provider's words and trace id in it; never a secret.
  ///
  /// Not sanitized.
  package let message: String
  package let httpStatus: Int?
  /// The provider's code, such as `190` or `RBC201`.
  package let code: EntityError.Code?

  package init(
    _ kind: Kind,
    _ message: String,
    httpStatus: Int? = nil,
    code: EntityError.Code? = nil
  ) {
    self.kind = kind
    self.message = message
    self.httpStatus = httpStatus
    self.code = code
  }

  /// Whether there was an answer, though without health.
  ///
  /// If so, the number becomes UNKNOWN; without any answer it becomes STALE.
  package var wasAnswered: Bool {
    switch kind {
    case .credentialRejected, .numberRefused, .throttled, .unintelligible, .providerError: true
    case .unreachable, .timedOut: false
    }
  }

  /// Whether a retry may succeed; otherwise a person has to do something first.
  package var waitingHelps: Bool {
    switch kind {
    case .throttled, .unreachable, .timedOut, .unintelligible, .providerError: true
    case .credentialRejected, .numberRefused: false
    }
  }

  /// The topic that its code and text name, which is more specific than its kind.
  package var topic: KnowledgeTopic? { KnowledgeTopic(self) }

  package var knowledge: KnowledgeEntry? { topic.flatMap(Knowledge.entry(for:)) }

  package var whoActs: WhoActs? {
    if let knowledge { return knowledge.whoActs }
    return switch kind {
    case .credentialRejected, .numberRefused: .you
    case .unintelligible, .providerError: .provider
    case .throttled, .unreachable, .timedOut: nil
    }
  }
}

/// Who has to do something about a fault.
package enum WhoActs: String, Hashable, Sendable {
  case you
  case provider
  case meta
}
