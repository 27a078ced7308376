import Synchronization

/// A node whose fields are requested.
struct GraphNode: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case phoneNumber
    /// The rows of a WABA's `phone_numbers`.
    case phoneNumberEdge
    case businessAccount
    case business
    case template
    case templateEdge
    /// The rows of a business's WABAs.
    case businessAccountEdge
  }

  let kind: Kind
  let id: String
}

/// The fields that nodes are known not to have, for as long as the account is configured.
///
/// One unknown field fails a whole request (providers.md 2.1). A refusal is remembered for its node
/// only, so that an unusual number, or an id of another kind, does not affect the others.
final class GraphFieldRefusals: Sendable {
  private let refused = Mutex<[GraphNode: Set<String>]>([:])

  func remember(_ fields: [String], of node: GraphNode) {
    refused.withLock { $0[node, default: []].formUnion(fields) }
  }

  func accepted(_ fields: [String], of node: GraphNode) -> [String] {
    refused.withLock { refused in
      guard let known = refused[node] else { return fields }
      return fields.filter { !known.contains($0) }
    }
  }
}

/// Names of fields that the code refers to.
enum GraphField {
  static let health = "health_status"

  /// All fields of a phone number that one request can read (providers.md 2.1).
  static let phoneNumber = [
    "id", "display_phone_number", "verified_name", "status", "quality_rating", "quality_score",
    "name_status", "new_name_status", "code_verification_status", "account_mode", "platform_type",
    "throughput", "is_official_business_account", "is_on_biz_app", "is_pin_enabled",
    "last_onboarded_time", "webhook_configuration", "whatsapp_business_manager_messaging_limit",
    health,
  ]

  /// The same for a version of Graph: before v24.0 the messaging limit belongs to the number.
  static func phoneNumber(version: String) -> [String] {
    guard let major = Int(version.dropFirst().prefix { $0.isNumber }), major < 24 else {
      return phoneNumber
    }
    return phoneNumber.map { $0 == portfolioLimit ? "messaging_limit_tier" : $0 }
  }

  static let portfolioLimit = "whatsapp_business_manager_messaging_limit"
}
