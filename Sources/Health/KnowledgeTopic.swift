/// What other facts say about a provider's word, if the word alone would name the wrong person to
/// act.
package enum KnowledgeTopic: String, Hashable, Sendable, CaseIterable {
  // For a number's status.
  case inReview
  case unverified
  case notRegistered
  case codeNotEntered
  case dailyLimit
  case policyRestriction
  case restricted
  case movedAway
  case flagged
  case rateLimited
  case outOfService
  // For other signals.
  case lowQuality
  case nameDeclined
  case nameNotApproved
  case qualityLowersLimit
  case accountInReview
  case webhook
  case providersToken
  case reconnect
  case ownToken
  // For its WABA and business.
  case accountDisabled
  case accountToBeDisabled
  case accountRestricted
  case accountRejected
  case verificationFailed
  // For a poll.
  case configuration
  case appDeactivated
  case noHealthData
}

extension KnowledgeTopic {
  /// What a status means, given the number's other facts; nil if it is no fault.
  ///
  /// - Parameters:
  ///   - status: Meta's word.
  ///   - facts: The phone number's facts: `platform_type` and `code_verification_status` say who
  ///     has to act.
  ///   - hasPolicyFault: Whether a code or a node says that a policy was violated.
  ///   - isBlocked: Whether replies fail too.
  init?(
    _ status: PhoneNumberStatus,
    _ facts: PhoneNumberFacts,
    hasPolicyFault: @autoclosure () -> Bool,
    isBlocked: Bool
  ) {
    switch status {
    case .pending, .unverified:
      let code = facts.word("code_verification_status")
      let isCodeMissing =
        code == "NOT_VERIFIED" || code == "UNVERIFIED"
        || (code == "EXPIRED" && status == .unverified)
      if isCodeMissing {
        self = .codeNotEntered
      } else if facts.word("platform_type") == "NOT_APPLICABLE" {
        self = .notRegistered
      } else {
        // The word alone doesn't say whether you have to enter the code, or Meta has to review the
        // number.
        self = status == .pending ? .inReview : .unverified
      }
    case .restricted:
      if hasPolicyFault() {
        self = .policyRestriction
      } else {
        self = facts.mayHaveReachedItsLimit && !isBlocked ? .dailyLimit : .restricted
      }
    case .migrated: self = .movedAway
    case .flagged: self = .flagged
    case .rateLimited: self = .rateLimited
    case .banned, .deleted, .disconnected, .offline, .paused: self = .outOfService
    case .connected, .unrecognized: return nil
    }
  }

  /// The topic of Meta's text in `additional_info`, which has no code: recognized by a few known
  /// phrases.
  init?(info: String) {
    // This runs for every answer, and String's own search takes a hundred times as long.
    let words = info.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    func says(_ terms: StaticString...) -> Bool { terms.contains(where: words.holds) }
    // Only known negative phrases: most sentences about a webhook say that all is well.
    let isDenied =
      says("not subscribed", "n't subscribed", "unsubscribed", "not receive any messages")
      || says("no app", "none of") && says("subscribed")
    let isOfMessages = says("message") || says("webhook") && !says("call")
    if isDenied, isOfMessages, says("webhook", " app ", "app is") {
      self = .webhook
    } else if says("display name"), says("not been approved", "not approved", "after the display") {
      self = .nameNotApproved
    } else if says("quality"), says("decrease", "lower", "improve") {
      self = .qualityLowersLimit
    } else if says("under review", "being reviewed", "in review") {
      self = .accountInReview
    } else {
      return nil
    }
  }

  /// Why Graph refused a request, if the code and its text name another person to act than the kind
  /// of failure does.
  init?(_ failure: ProviderError) {
    switch (failure.code, failure.kind) {
    // Passed on by a provider, about its own token: our key was accepted.
    case (.number(190), .providerError), (.number(0), .providerError): self = .providersToken
    case (.number(100), .providerError), (.number(2_500), .providerError): self = .configuration
    case (.number(12), .providerError), (.number(2_635), .providerError): self = .configuration
    case (.number(200), .credentialRejected): self = .appDeactivated
    default: return nil
    }
  }
}

extension [UInt8] {
  fileprivate func holds(_ term: StaticString) -> Bool {
    term.withUTF8Buffer { term in
      withUnsafeBufferPointer { bytes in
        guard let first = term.first, bytes.count >= term.count else { return false }
        return (0...(bytes.count - term.count)).contains { start in
          bytes[start] == first && bytes[start..<(start + term.count)].elementsEqual(term)
        }
      }
    }
  }
}

extension PhoneNumberFacts {
  /// Only a number with a limit can reach it; with RED quality, the restriction has another reason.
  fileprivate var mayHaveReachedItsLimit: Bool {
    guard case .recipients = messagingLimit?.value else { return false }
    return quality?.value != .red
  }

  /// One of the other facts, normalized for comparing.
  fileprivate func word(_ name: String) -> String? {
    others.first { $0.name == name }?.value.trimmingWhitespace().uppercased()
  }
}
