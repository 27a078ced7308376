import Health

import struct FoundationEssentials.Date

/// A WABA's own node, as sent.
struct MetaGraphBusinessAccount {
  /// The documented fields (providers.md 2.5), except `primary_funding_id`, which only BSPs may
  /// request.
  ///
  /// Bans and restrictions are documented only for webhooks. They are read if a provider sends
  /// them, but not requested, since each unknown field would cost a refusal.
  static let fields = [
    "id", "name", "status", "account_review_status", "business_verification_status",
    "ownership_type", "country", "currency", "timezone_id", "creation_time", "owner_business_info",
    "marketing_messages_lite_api_status", "is_enabled_for_insights",
    "whatsapp_business_manager_messaging_limit", GraphField.health,
  ]

  /// Shown in this order.
  static let shown = [
    "status", "account_review_status", "business_verification_status",
    "whatsapp_business_manager_messaging_limit", "ownership_type", "country", "currency",
    "timezone_id", "creation_time", "marketing_messages_lite_api_status",
    "is_enabled_for_insights",
  ]

  let name: String?
  let status: String?
  let reviewStatus: String?
  let verification: String?
  let banState: String?
  let restrictions: [MetaGraphRestriction]
  /// The health of the node itself, its business and its app.
  let health: [HealthEntity]
  let owner: MetaGraphOwner?
  let shown: [(name: String, value: String)]

  init(_ json: JSON) {
    let ban = json["ban_info"] ?? json
    banState = ban[anyOf: ["waba_ban_state", "ban_state"]]?.nonBlankText
    restrictions = (json["restriction_info"]?.list ?? []).compactMap(MetaGraphRestriction.init)
    health = HealthEntity.all(inGraphNode: json)
    name = json["name"]?.nonBlankText
    status = json["status"]?.nonBlankText
    reviewStatus = json["account_review_status"]?.nonBlankText
    verification = json["business_verification_status"]?.nonBlankText
    shown = json.texts(of: Self.shown)
    let verification = verification
    let info = json["owner_business_info"]
    owner = (info?["id"]?.nonBlankText).map { id in
      MetaGraphOwner(
        id: id,
        name: info?["name"]?.nonBlankText,
        verification: verification
      )
    }
  }
}

/// A restriction of a WABA, as named in Meta's webhooks.
struct MetaGraphRestriction {
  let type: String
  let end: Date?

  init?(_ json: JSON) {
    guard let type = (json["restriction_type"] ?? json).nonBlankText else { return nil }
    self.type = type
    end = json["expiration"]?.nonBlankText.flatMap { text in
      if case .date(let date) = StatedTime(text) { date } else { nil }
    }
  }

  /// Whether it affects numbers: a ban on adding numbers does not.
  func counts(at now: Date) -> Bool {
    let isOver = end.map { $0 <= now } ?? false
    return !isOver && type.trimmingWhitespace().uppercased() != "RESTRICTED_ADD_PHONE_NUMBER_ACTION"
  }
}

/// A business portfolio's node, as sent.
struct MetaGraphBusiness {
  static let fields = [
    "id", "name", "verification_status", "whatsapp_business_manager_messaging_limit",
  ]

  let name: String?
  let status: String?
  let verification: String?
  let shown: [(name: String, value: String)]

  init(_ json: JSON) {
    name = json["name"]?.nonBlankText
    status = json["status"]?.nonBlankText
    verification = json["verification_status"]?.nonBlankText
    shown = json.texts(of: ["verification_status", "whatsapp_business_manager_messaging_limit"])
  }
}

/// A row of a WABA's `message_templates`, as sent; its components are never asked for.
struct MetaGraphTemplate {
  static let fields = [
    "id", "name", "language", "status", "category", "quality_score", "rejected_reason",
  ]

  let id: String?
  let name: String
  let language: String?
  let status: String
  let category: String?
  let quality: String?
  let rejectedReason: String?

  /// Nil if the template can't be identified.
  init?(_ json: JSON) {
    id = json["id"]?.nonBlankText
    guard let name = json["name"]?.nonBlankText ?? id else { return nil }
    self.name = name
    language = (json["language"]?["code"] ?? json["language"])?.nonBlankText
    status = json["status"]?.nonBlankText ?? ""
    category = json["category"]?.nonBlankText
    quality = (json["quality_score"]?["score"] ?? json["quality_score"])?.nonBlankText
    rejectedReason = json["rejected_reason"]?.nonBlankText
  }
}

extension JSON {
  fileprivate func texts(of names: [String]) -> [(name: String, value: String)] {
    names.compactMap { name in self[name]?.nonBlankText.map { (name, $0) } }
  }
}
