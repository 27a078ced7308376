/// What facts beside a word say of it, where the word alone would send the wrong person to work.
package enum KnowledgeTopic: Hashable, Sendable, CaseIterable {
  // Of a number's status.
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
  // Of what stands beside it.
  case lowQuality
  case nameDeclined
  case nameNotApproved
  case qualityLowersLimit
  case accountInReview
  case webhook
  case providersToken
  case reconnect
  case ownToken
  // Of its WABA and business.
  case accountDisabled
  case accountToBeDisabled
  case accountRestricted
  case accountRejected
  case verificationFailed
  // Of a poll.
  case configuration
  case appDeactivated
}

extension KnowledgeTopic {
  /// What a status means, given what else is known of the number; nil for one that is no fault.
  ///
  /// - Parameters:
  ///   - status: Meta's word.
  ///   - facts: The phone's, of which `platform_type` and `code_verification_status` tell whom it waits
  ///     for.
  ///   - hasPolicyFault: A code or a node says that a policy was broken.
  ///   - isBlocked: Not even replies pass.
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
        // The word alone doesn't tell the code, which is yours to enter, from a review.
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

  /// What Meta's words in `additional_info` are about: there is no code to go by, so by the few that
  /// are known.
  init?(info: String) {
    // It is asked of every answer, and String's own search takes a hundred times as long.
    let words = info.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    func says(_ terms: StaticString...) -> Bool { terms.contains(where: words.holds) }
    // Only forms that are known to deny it: most sentences about a webhook tell that all is well.
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

  /// Why Graph refused a question, where the code and its words name somebody else than the kind of
  /// refusal does.
  init?(_ failure: ProviderError) {
    switch (failure.code, failure.kind) {
    // Passed on by a provider whose own token it is: our key was good enough to hear of it.
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
  /// A number with a limit can reach it; bad quality is another reason to restrict one.
  fileprivate var mayHaveReachedItsLimit: Bool {
    guard case .recipients = messagingLimit?.value else { return false }
    return quality?.value != .red
  }

  /// One of the facts that are only shown, for comparing.
  fileprivate func word(_ name: String) -> String? {
    others.first { $0.name == name }?.value.trimmingWhitespace().uppercased()
  }
}
