/// Meta's `status` of a phone number.
package enum PhoneNumberStatus: ProviderWord {
  case connected
  case pending
  case unverified
  case flagged
  case rateLimited
  case migrated
  case restricted
  case disconnected
  case offline
  case paused
  case banned
  case deleted
  case unrecognized(String)

  package init(word: String) {
    switch word {
    case "CONNECTED": self = .connected
    case "PENDING": self = .pending
    case "UNVERIFIED": self = .unverified
    case "FLAGGED": self = .flagged
    case "RATE_LIMITED": self = .rateLimited
    case "MIGRATED": self = .migrated
    case "RESTRICTED": self = .restricted
    case "DISCONNECTED": self = .disconnected
    case "OFFLINE": self = .offline
    case "PAUSED": self = .paused
    case "BANNED": self = .banned
    case "DELETED": self = .deleted
    default: self = .unrecognized(word)
    }
  }

  /// The severity of the status alone; an unknown word has no effect.
  package var severity: Severity {
    switch self {
    case .banned, .deleted, .disconnected, .restricted, .offline, .paused: .critical
    case .pending, .unverified, .flagged, .rateLimited, .migrated: .warning
    case .connected, .unrecognized: .ok
    }
  }
}
