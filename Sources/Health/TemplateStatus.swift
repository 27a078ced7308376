/// Meta's status of a message template: only an approved one can be sent.
package enum TemplateStatus: ProviderWord {
  case approved
  case pending
  case rejected
  case paused
  case disabled
  case inAppeal
  case pendingDeletion
  case deleted
  case limitExceeded
  case archived
  case locked
  case flagged
  case reinstated
  case unrecognized(String)

  package init(word: String) {
    switch word.replacing(" ", with: "_") {
    case "APPROVED": self = .approved
    case "PENDING": self = .pending
    case "REJECTED", "SUBMISSION_REJECTED": self = .rejected
    case "PAUSED": self = .paused
    case "DISABLED": self = .disabled
    case "IN_APPEAL": self = .inAppeal
    case "PENDING_DELETION": self = .pendingDeletion
    case "DELETED": self = .deleted
    case "LIMIT_EXCEEDED": self = .limitExceeded
    case "ARCHIVED": self = .archived
    case "LOCKED": self = .locked
    case "FLAGGED": self = .flagged
    case "REINSTATED": self = .reinstated
    default: self = .unrecognized(word)
    }
  }

  /// The state of a template in the tree; it never changes a number's severity.
  package var state: HealthState {
    switch self {
    case .approved, .reinstated: .available
    case .paused, .flagged, .limitExceeded, .inAppeal, .pending: .limited
    case .rejected, .disabled, .locked: .blocked
    case .archived, .pendingDeletion, .deleted: .limited
    case .unrecognized: .unknown
    }
  }
}
