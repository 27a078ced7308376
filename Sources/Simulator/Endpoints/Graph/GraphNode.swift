/// A node of the graph that can be read.
enum GraphNode: Hashable {
  case phoneNumber(Int)
  case waba(Int)
  case business(Int)
  case template(Int)

  /// Graph's name of the node's type, as in its message about fields that do not exist.
  var typeName: String {
    switch self {
    case .phoneNumber: "WhatsAppBusinessPhoneNumber"
    case .waba: "WhatsAppBusinessAccount"
    case .business: "Business"
    case .template: "WhatsAppMessageTemplate"
    }
  }

  /// The fields in an answer to a request without `fields`.
  var defaultFields: [String] {
    switch self {
    case .phoneNumber:
      [
        "verified_name", "code_verification_status", "display_phone_number", "quality_rating",
        "platform_type", "throughput", "id",
      ]
    case .waba: ["id", "name", "timezone_id", "message_template_namespace"]
    case .business: ["id", "name"]
    case .template: ["name", "status", "category", "language", "id"]
    }
  }
}
