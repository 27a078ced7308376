package import Health

/// The identity of a cause, which bad numbers have in common.
///
/// It stays the same while texts and states change.
package enum CauseID: Hashable, Sendable {
  case entity(EntityReference)
  /// A signal with the same text on several numbers.
  case signal(Cause.Kind, text: String)
  /// Failing polls of an account.
  case account(String, Trouble)
  /// All accounts of a provider, where there are several.
  case provider(String, Trouble)
  /// No account's provider can be reached.
  case offline
  /// Templates with one status; they hit no number.
  case templates(TemplateStatus)

  /// Why polls fail, named by what can be done about it.
  package enum Trouble: String, Hashable, Sendable, CaseIterable {
    case keyRejected = "key_rejected"
    case unreachable
    case throttled
    case refused
    case providerError = "provider_error"
    case notUnderstood = "not_understood"
    /// Answers without health.
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

    /// Whether it is ours to fix, rather than the provider's.
    package var isOurs: Bool {
      switch self {
      case .keyRejected, .unreachable, .throttled, .refused: true
      case .providerError, .notUnderstood, .silent, .listIncomplete: false
      }
    }

    /// Whether it can affect a whole provider: keys and budgets belong to single accounts.
    var isOfProvider: Bool {
      switch self {
      case .unreachable, .providerError, .notUnderstood: true
      case .keyRejected, .throttled, .refused, .silent, .listIncomplete: false
      }
    }
  }

  /// Whether it is a fault of polling, not one that WhatsApp reports about a number.
  package var isPolling: Bool {
    switch self {
    case .account, .provider, .offline: true
    case .entity, .signal, .templates: false
    }
  }
}

extension CauseID.Trouble {
  /// In plain words.
  package var phrase: String {
    switch self {
    case .keyRejected: "key rejected"
    case .unreachable: "unreachable"
    case .throttled: "throttled"
    case .refused: "numbers refused"
    case .providerError: "provider error"
    case .notUnderstood: "answers not understood"
    case .silent: Knowledge.noHealthData.shortName
    case .listIncomplete: "list incomplete"
    }
  }
}
