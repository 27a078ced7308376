/// What an entity says about itself: Meta's `can_send_message` and `can_receive_call_sip`.
package enum Availability: ProviderWord {
  case available
  case limited
  case blocked
  case unrecognized(String)

  package init(word: String) {
    switch word {
    case "AVAILABLE": self = .available
    case "LIMITED": self = .limited
    case "BLOCKED": self = .blocked
    default: self = .unrecognized(word)
    }
  }

  /// 0 available, 1 limited, 2 blocked; nil for an unknown word.
  package var rank: Int? {
    switch self {
    case .available: 0
    case .limited: 1
    case .blocked: 2
    case .unrecognized: nil
    }
  }
}
