/// What is known about an error code, in our own words (providers.md 1.6, 1.9, 1.10).
///
/// The key is the code, never the text: texts vary, get localised, and lie now and then.
package struct KnowledgeEntry: Hashable, Sendable {
  /// Nil where a signal is explained.
  package let code: Int?
  package let meaning: String
  package let remedy: String
  package let whoActs: WhoActs?
  package let page: KnowledgePage?

  init(
    _ code: Int?,
    _ meaning: String,
    remedy: String,
    _ whoActs: WhoActs?,
    _ page: KnowledgePage? = nil
  ) {
    self.code = code
    self.meaning = meaning
    self.remedy = remedy
    self.whoActs = whoActs
    self.page = page
  }

  /// Where it can be done, for the WABA and business of the number at hand; nil while those are unknown.
  package func link(waba: String?, business: String?) -> String? {
    page?.link(waba: waba, business: business)
  }
}

/// A page of Meta's where a fault can be looked at or mended; the shapes are not promised by Meta.
package enum KnowledgePage: Hashable, Sendable {
  case phoneNumbers
  case templates
  case accountQuality
  case billing
  case verification
  case businessInfo
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
    case .metaStatus: "https://metastatus.com/whatsapp-business-api"
    }
  }

  private static func manager(_ page: String, waba: String) -> String {
    "https://business.facebook.com/wa/manage/\(page)/?waba_id=\(escaped(waba))"
  }

  /// Ids are opaque text of a stranger's: only letters, digits, - and _ get into a link.
  private static func escaped(_ id: String) -> String {
    id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}

package enum Knowledge {
  /// What is known about a code; nil for one that nobody has explained, which is shown as sent.
  ///
  /// 131000 means something else on a flow than on a business, so the entity's type is asked for too.
  package static func entry(
    for code: EntityError.Code?,
    on type: EntityType? = nil
  ) -> KnowledgeEntry? {
    guard case .number(let number) = code else { return nil }
    if number == 131_000 {
      return switch type {
      case .flow: flowCheck
      case .business, nil: incompleteProfile
      default: nil
      }
    }
    return table[number]
  }

  /// What is known about what explains that a number is bad: by its code, or by the kind of signal.
  package static func entry(for cause: Cause) -> KnowledgeEntry? {
    if case .entity(let type) = cause.kind { return entry(for: cause.code, on: type) }
    return entry(for: cause.code) ?? signal(cause)
  }

  package static let all: [KnowledgeEntry] = entries + [incompleteProfile, flowCheck]

  private static let table = Dictionary(
    entries.compactMap { entry in entry.code.map { ($0, entry) } },
    uniquingKeysWith: { first, _ in first }
  )

  private static let incompleteProfile = KnowledgeEntry(
    131_000,
    "The business portfolio's profile is incomplete.",
    remedy: "Fill in legal name, country and website in the business info.",
    .you,
    .businessInfo
  )

  private static let flowCheck = KnowledgeEntry(
    131_000,
    "A check of the flow failed.",
    remedy: "Mend the flow's endpoint or link an app to it; the description names the check.",
    .you
  )
}
