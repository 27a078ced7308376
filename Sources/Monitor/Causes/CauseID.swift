package import Health

/// What numbers that are bad have in common, and what stays the same while everything else changes.
package enum CauseID: Hashable, Sendable {
  case entity(EntityReference)
  /// A signal that numbers show in the same words.
  case signal(Cause.Kind, text: String)
  /// Polls of an account that bring no health.
  case account(String, Trouble)
  /// All accounts of a provider, where there are several.
  case provider(String, Trouble)
  /// No account's provider can be reached.
  case offline
  /// Templates of one status; they hit no number.
  case templates(TemplateStatus)

  /// What keeps polls from bringing health, by what can be done about it.
  package enum Trouble: String, Hashable, Sendable, CaseIterable {
    case keyRejected = "key_rejected"
    case unreachable
    case throttled
    case refused
    case providerError = "provider_error"
    case notUnderstood = "not_understood"
    /// Answered, without any health in it.
    case silent
    /// Not all of the account's numbers could be listed.
    case listIncomplete = "list_incomplete"

    package init(_ outcome: PollOutcome) {
      self =
        switch outcome {
        case .credentialRejected: .keyRejected
        case .unreachable, .timedOut: .unreachable
        case .throttled: .throttled
        case .numberRefused: .refused
        case .providerError: .providerError
        case .unintelligible: .notUnderstood
        case .answered, .answeredPartly: .silent
        }
    }

    /// Ours to fix, as against a provider that answers with faults.
    package var isOurs: Bool {
      switch self {
      case .keyRejected, .unreachable, .throttled, .refused: true
      case .providerError, .notUnderstood, .silent, .listIncomplete: false
      }
    }

    /// Whether it can be the provider's as a whole: keys and budgets are each account's own.
    var isOfProvider: Bool {
      switch self {
      case .unreachable, .providerError, .notUnderstood: true
      case .keyRejected, .throttled, .refused, .silent, .listIncomplete: false
      }
    }
  }

  /// A fault of polling, not one that WhatsApp reports about a number.
  package var isPolling: Bool {
    switch self {
    case .account, .provider, .offline: true
    case .entity, .signal, .templates: false
    }
  }
}

extension CauseID.Trouble {
  /// As people say it.
  package var phrase: String {
    switch self {
    case .keyRejected: "key rejected"
    case .unreachable: "unreachable"
    case .throttled: "throttled"
    case .refused: "numbers refused"
    case .providerError: "provider error"
    case .notUnderstood: "answers not understood"
    case .silent: "no health in answers"
    case .listIncomplete: "list incomplete"
    }
  }
}
