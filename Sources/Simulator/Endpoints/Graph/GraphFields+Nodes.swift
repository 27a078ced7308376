extension GraphFields {
  func phoneField(_ name: String, _ index: Int) -> Field {
    let number = worldState.world.numbers[index]
    switch name {
    case "id": return .value(JSONText.quoted(number.id))
    case "display_phone_number": return .value(JSONText.quoted(number.display))
    case "verified_name": return .value(JSONText.quoted(worldState.name(of: index)))
    case "status": return .value(JSONText.quoted(worldState.status(of: index)))
    case "quality_rating": return .value(JSONText.quoted(worldState.quality(of: index)))
    case "quality_score":
      return .value(#"{"score":\#(JSONText.quoted(worldState.quality(of: index)))}"#)
    case "name_status": return .value(JSONText.quoted(worldState.nameStatus(of: index)))
    case "messaging_limit_tier": return .value(JSONText.quoted(worldState.limit(of: index)))
    case "whatsapp_business_manager_messaging_limit":
      return portfolioLimit(worldState.limit(of: index))
    case "throughput":
      return .value(#"{"level":\#(JSONText.quoted(worldState.throughput(of: index)))}"#)
    case "health_status": return .value(worldState.health(ofNumber: index))
    case "webhook_configuration":
      return .value(#"{"application":"https://hooks.example.com/whatsapp"}"#)
    default: return Self.fixedPhoneField(name)
    }
  }

  /// Fields that are the same for every number; `new_name_status` exists without a value.
  private static func fixedPhoneField(_ name: String) -> Field {
    switch name {
    case "new_name_status", "host_platform", "username", "certificate", "new_certificate",
      "search_visibility", "conversational_automation":
      .value(nil)
    case "code_verification_status": .value("\"VERIFIED\"")
    case "account_mode": .value("\"LIVE\"")
    case "platform_type": .value("\"CLOUD_API\"")
    case "is_official_business_account", "is_on_biz_app", "is_preverified_number": .value("false")
    case "is_pin_enabled": .value("true")
    case "last_onboarded_time": .value("\"2025-03-11T09:15:42+0000\"")
    case "country_code", "country_dial_code", "unified_cert_status": .value(nil)
    default: .nonexisting
    }
  }

  func wabaField(_ name: String, _ index: Int) -> Field {
    let waba = worldState.world.wabas[index]
    let business = worldState.world.businesses[waba.business]
    switch name {
    case "id": return .value(JSONText.quoted(waba.id))
    case "name": return .value(JSONText.quoted(worldState.state.wabas[index]?.name ?? waba.name))
    case "status": return .value("\"ACTIVE\"")
    case "account_review_status":
      return .value(JSONText.quoted(worldState.state.wabas[index]?.review ?? "APPROVED"))
    case "business_verification_status": return .value(verification(of: waba.business))
    case "owner_business", "owner_business_info", "on_behalf_of_business_info":
      let id = JSONText.quoted(business.id)
      return .value(#"{"id":\#(id),"name":\#(JSONText.quoted(business.name))}"#)
    case "health_status":
      let entities = worldState.entities(ofWABA: index) + [worldState.appEntity(ofAccount: account)]
      return .value(WorldState.health(entities))
    case "whatsapp_business_manager_messaging_limit": return portfolioLimit("TIER_10K")
    case "primary_funding_id":
      return .nonexisting
    default: return Self.fixedWABAField(name)
    }
  }

  private static func fixedWABAField(_ name: String) -> Field {
    switch name {
    case "ownership_type": .value("\"SELF\"")
    case "country": .value("\"US\"")
    case "currency": .value("\"USD\"")
    case "timezone_id": .value("\"1\"")
    case "message_template_namespace": .value("\"demo_namespace\"")
    case "marketing_messages_lite_api_status", "marketing_messages_onboarding_status":
      .value("\"ELIGIBLE\"")
    case "is_enabled_for_insights": .value("true")
    case "creation_time", "is_shared_with_partners", "primary_business_location",
      "purchase_order_number", "template_auto_archival_enabled":
      .value(nil)
    default: .nonexisting
    }
  }

  func businessField(_ name: String, _ index: Int) -> Field {
    let business = worldState.world.businesses[index]
    switch name {
    case "id": return .value(JSONText.quoted(business.id))
    case "name":
      return .value(JSONText.quoted(worldState.state.businesses[index]?.name ?? business.name))
    case "verification_status": return .value(verification(of: index))
    case "whatsapp_business_manager_messaging_limit": return portfolioLimit("TIER_10K")
    default: return .nonexisting
    }
  }

  private func verification(of business: Int) -> String {
    JSONText.quoted(worldState.state.businesses[business]?.review ?? "verified")
  }

  func templateField(_ name: String, _ index: Int) -> Field {
    let template = worldState.world.templates[index]
    let change = worldState.state.templates[index]
    switch name {
    case "id": return .value(JSONText.quoted(template.id))
    case "name": return .value(JSONText.quoted(template.name))
    case "language": return .value(JSONText.quoted(template.language))
    case "status": return .value(JSONText.quoted(worldState.status(ofTemplate: index)))
    case "category": return .value(JSONText.quoted(template.category))
    case "sub_category": return .value(nil)
    case "quality_score":
      let score = JSONText.quoted(change?.quality ?? "GREEN")
      return .value(#"{"score":\#(score),"date":1767225600}"#)
    case "rejected_reason": return .value(JSONText.quoted(change?.rejectedReason ?? "NONE"))
    case "parameter_format": return .value("\"POSITIONAL\"")
    case "components": return .value("[]")
    case "health_status":
      return .value(WorldState.health(worldState.entities(ofTemplate: index, account: account)))
    default: return .nonexisting
    }
  }
}
