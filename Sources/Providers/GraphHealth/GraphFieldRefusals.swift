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
/// One unknown field fails a whole request (providers.md 2.1), and a version or a proxy that lacks a
/// field lacks it everywhere. `health_status` is the exception: it has been refused for single odd
/// nodes, and one of those must not end the health of all others.
final class GraphFieldRefusals: Sendable {
  private struct Key: Hashable {
    let kind: GraphNode.Kind
    /// Nil for all nodes of the kind.
    let id: String?
    let field: String
  }

  private let refused = Mutex<Set<Key>>([])

  func remember(_ fields: [String], of node: GraphNode) {
    let keys = fields.map { Self.key($0, node) }
    refused.withLock { $0.formUnion(keys) }
  }

  func accepted(_ fields: [String], of node: GraphNode) -> [String] {
    refused.withLock { refused in
      fields.filter { !refused.contains(Self.key($0, node)) }
    }
  }

  private static func key(_ field: String, _ node: GraphNode) -> Key {
    Key(kind: node.kind, id: field == GraphField.health ? node.id : nil, field: field)
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
}
