import Synchronization

/// A node whose fields are asked for.
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

/// Which fields nodes turned out not to have, for as long as the account is configured.
///
/// One unknown field fails a whole request (providers.md 2.1). What one node refuses is learnt of that
/// node alone: an odd number, or an id of another kind, must not take a fact from any other.
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

/// Names of fields that decisions are made on.
enum GraphField {
  static let health = "health_status"

  /// Everything about a phone number that one request can bring (providers.md 2.1).
  static let phoneNumber = [
    "id", "display_phone_number", "verified_name", "status", "quality_rating", "quality_score",
    "name_status", "new_name_status", "code_verification_status", "account_mode", "platform_type",
    "throughput", "is_official_business_account", "is_on_biz_app", "is_pin_enabled",
    "last_onboarded_time", "webhook_configuration", "whatsapp_business_manager_messaging_limit",
    health,
  ]

  /// The same as far as a version of Graph has them: before v24.0 the limit is the number's own.
  static func phoneNumber(version: String) -> [String] {
    guard let major = Int(version.dropFirst().prefix { $0.isNumber }), major < 24 else {
      return phoneNumber
    }
    return phoneNumber.map { $0 == portfolioLimit ? "messaging_limit_tier" : $0 }
  }

  static let portfolioLimit = "whatsapp_business_manager_messaging_limit"
}
