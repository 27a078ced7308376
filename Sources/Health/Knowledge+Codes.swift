extension Knowledge {
  /// One row per code, or one per type of entity if a code has two meanings.
  static let codes: [KnowledgeEntry] = health + templates + calling + sending + asking

  /// Codes that keep a number from sending.
  static let messagingFaults = Set((health + sending).map(\.subject))

  private static let errorCodes = "Error codes (Cloud API), developers.facebook.com"

  /// Codes seen in `health_status`.
  ///
  /// The other codes from 141000 to 141099 have no public explanation.
  private static let health = [
    KnowledgeEntry(
      .code(141_000),
      "not registered",
      "The number is not, or no longer, registered with the account that uses it.",
      remedy: """
        Register the number with Cloud API: call /register with the 6-digit PIN. A missing SMS code is \
        rarely the reason, whatever the provider's text says. If the status is PENDING, wait for Meta's \
        review, which takes up to five working days.
        """,
      .you,
      .phoneNumbers,
      source: "restfb's fixtures and Kapso's agent guides: health"
    ),
    KnowledgeEntry(
      .code(141_006),
      "payment failed",
      "The account's payment failed: business-initiated messages are not sent.",
      remedy: """
        Add a valid payment method to this WABA in Billing and make it the default. Replies within \
        24 hours of a customer's message are still sent.
        """,
      .you,
      .billing,
      source: "Kapso's OpenAPI file and agent guides: messaging_health"
    ),
    KnowledgeEntry(
      .code(141_010),
      "business unverified",
      "The business portfolio is not verified: its messaging limit stays at the starter level.",
      remedy: "Start or complete the business verification in the Security Centre.",
      .you,
      .verification,
      source: "Messaging limits, developers.facebook.com: increasing your limit"
    ),
    KnowledgeEntry(
      .code(141_014),
      "disabled for policy",
      "The account is disabled because of a policy violation.",
      remedy: "Appeal in Account quality. Meta usually decides within 24 to 48 hours.",
      .you,
      .accountQuality,
      source: "Policy enforcement, developers.facebook.com: appeals"
    ),
    KnowledgeEntry(
      .code(131_000, on: [.business]),
      "profile incomplete",
      "The business portfolio's profile is incomplete.",
      remedy: "Add the legal name, country and website to the business info.",
      .you,
      .businessInfo,
      source: "public health checks: BUSINESS entity"
    ),
  ]

  /// Codes of a single template or flow, which never affect a number's state.
  private static let templates = [
    KnowledgeEntry(
      .code(141_002),
      "template not approved",
      "The template is not approved and can't be sent.",
      remedy: "Edit the template, or appeal against the review.",
      .you,
      .templates,
      source: "Messaging and Calling Health Status, developers.facebook.com: template node"
    ),
    KnowledgeEntry(
      .code(131_000, on: [.flow]),
      "flow check failed",
      "A check of the flow failed.",
      remedy: "Fix the flow's endpoint, or link an app to it; the description names the check.",
      .you,
      source: "Flow Health and Monitoring, developers.facebook.com: health_status"
    ),
    KnowledgeEntry(
      .code(132_001),
      "template missing",
      "The template does not exist in this language.",
      remedy: "Check the WABA's templates.",
      .you,
      .templates,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_015),
      "template paused",
      "The template is paused because of its low quality.",
      remedy: "Wait until the pause ends (after 3 hours, then 6 hours), and edit the template.",
      .you,
      .templates,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_016),
      "template disabled",
      "The template is permanently disabled because of its low quality.",
      remedy: "Create a new template.",
      .you,
      .templates,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_068),
      "flow blocked",
      "The flow is blocked.",
      remedy: "Fix the flow.",
      .you,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_069),
      "flow throttled",
      "The flow is limited to ten messages an hour.",
      remedy: "Fix the flow.",
      .you,
      source: errorCodes
    ),
  ]

  private static let calling = [
    KnowledgeEntry(
      .code(138_024),
      "SIP not enabled",
      "SIP calling is not enabled for the number.",
      remedy: "Enable SIP in the number's settings, or ignore this if you don't take calls.",
      .you,
      source: "Messaging and Calling Health Status, developers.facebook.com: calling"
    ),
    KnowledgeEntry(
      .code(138_025),
      "no SIP server",
      "No SIP server is configured for this number.",
      remedy: "Set a SIP server in the number's settings, or ignore this if you don't take calls.",
      .you,
      source: "Messaging and Calling Health Status, developers.facebook.com: calling"
    ),
  ]

  /// Codes that the sending API returns for the same causes.
  ///
  /// Providers quote them in their texts.
  private static let sending = [
    KnowledgeEntry(
      .code(131_031),
      "account locked",
      "The account is locked or restricted.",
      remedy: "Check Account quality and appeal there. Health may not mention it.",
      .you,
      .accountQuality,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(368),
      "policy violation",
      "Meta has restricted the account because of a policy violation.",
      remedy: "Check Account quality and appeal there.",
      .you,
      .accountQuality,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_042),
      "no valid payment",
      "The account can't pay: no payment method, an exhausted credit line, or no currency set.",
      remedy: "Check the WABA's billing.",
      .you,
      .billing,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_037),
      "name needs approval",
      "The number was supplied by Meta and has no approved display name.",
      remedy: "Get the display name approved.",
      .you,
      .phoneNumbers,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_045),
      "certificate invalid",
      "The certificate of the registration is invalid.",
      remedy: "Register the number again.",
      .you,
      .phoneNumbers,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(133_010),
      "not registered",
      "The number is not registered.",
      remedy: "Register the number with Cloud API: call /register with the 6-digit PIN.",
      .you,
      .phoneNumbers,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(130_497),
      "country not allowed",
      "Messages to this country are not allowed.",
      remedy: "Check the country and the category of the business.",
      .you,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(130_429),
      "throughput exceeded",
      "The number sends faster than its throughput allows.",
      remedy: "Send more slowly.",
      .you,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_048),
      "spam limit reached",
      "Too many messages from the number were blocked or reported as spam.",
      remedy: "Send fewer messages until the quality has recovered.",
      .you,
      .accountQuality,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_016),
      "temporary outage",
      "WhatsApp has a temporary outage.",
      remedy: "Wait, and check Meta's status page.",
      .meta,
      .metaStatus,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_057),
      "in maintenance",
      "The account is in maintenance, for example during a throughput upgrade.",
      remedy: "Wait a minute.",
      .meta,
      source: errorCodes
    ),
  ]

  /// Codes with which Graph refuses a read.
  private static let asking = [
    KnowledgeEntry(
      .code(190),
      "token expired",
      "The access token has expired or was revoked.",
      remedy: "Create a new token and put it into the configuration, or reconnect at the provider.",
      .you,
      source: errorCodes
    )
  ]
}
