/// Meta's `name_status`: the state of the display name's review.
package enum NameStatus: ProviderWord {
  case approved
  /// Usable but never reviewed: not the same as approved.
  case availableWithoutReview
  case pendingReview
  case none
  case declined
  case expired
  case unrecognized(String)

  package init(word: String) {
    switch word {
    case "APPROVED": self = .approved
    case "AVAILABLE_WITHOUT_REVIEW": self = .availableWithoutReview
    case "PENDING_REVIEW": self = .pendingReview
    case "NONE", "NON_EXISTS": self = .none
    case "DECLINED": self = .declined
    case "EXPIRED": self = .expired
    default: self = .unrecognized(word)
    }
  }

  package var severity: Severity {
    switch self {
    case .declined, .expired: .warning
    case .approved, .availableWithoutReview, .pendingReview, .none, .unrecognized: .ok
    }
  }
}
