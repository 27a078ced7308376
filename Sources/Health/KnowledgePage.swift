/// A page of Meta's on which a fault can be seen or fixed.
///
/// Meta does not promise these addresses.
package enum KnowledgePage: Hashable, Sendable {
  case phoneNumbers
  case templates
  case accountQuality
  case billing
  case verification
  case businessInfo
  case appDashboard
  case metaStatus

  package func link(waba: String?, business: String?) -> String? {
    switch self {
    case .phoneNumbers: waba.map { Self.manager("phone-numbers", waba: $0) }
    case .templates: waba.map { Self.manager("message-templates", waba: $0) }
    case .accountQuality: waba.map { Self.manager("account-quality", waba: $0) }
    case .billing:
      waba.map {
        "https://business.facebook.com/billing_hub/accounts/details/?asset_id=\(Self.escaped($0))"
      }
    case .verification:
      business.map {
        "https://business.facebook.com/settings/security/?business_id=\(Self.escaped($0))"
      }
    case .businessInfo:
      business.map { "https://business.facebook.com/settings/info?business_id=\(Self.escaped($0))" }
    case .appDashboard: "https://developers.facebook.com/apps/"
    case .metaStatus: "https://metastatus.com/whatsapp-business-api"
    }
  }

  private static func manager(_ page: String, waba: String) -> String {
    "https://business.facebook.com/wa/manage/\(page)/?waba_id=\(escaped(waba))"
  }

  /// Ids are untrusted text: only letters, digits, - and _ get into a link.
  private static func escaped(_ id: String) -> String {
    id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
