extension Knowledge {
  /// One row per code, and per kind of entity where a code means two things.
  static let codes: [KnowledgeEntry] = health + templates + calling + sending + asking

  /// Of those, what a number can't send for as long as it stands.
  static let messagingFaults = Set((health + sending).map(\.subject))

  private static let errorCodes = "Error codes (Cloud API), developers.facebook.com"

  /// Codes seen in `health_status`.
  ///
  /// What is not here in 141000–141099 has no public explanation.
  private static let health = [
    KnowledgeEntry(
      .code(141_000),
      "not registered",
      "The number is not registered, or no longer, with the account that uses it.",
      remedy: """
        Register the number on Cloud API (its /register call with the 6-digit PIN). A code by SMS is \
        rarely what is missing, whatever the provider's text says. If its status is PENDING, wait for \
        Meta's review, up to five working days.
        """,
      .you,
      .phoneNumbers,
      source: "restfb's fixtures and Kapso's agent guides: health"
    ),
    KnowledgeEntry(
      .code(141_006),
      "payment failed",
      "The account's payment method has a fault: what the business begins is not sent.",
      remedy: """
        Add a valid payment method for this WABA in Billing and make it the default. Replies within \
        24 hours of a customer's message still work.
        """,
      .you,
      .billing,
      source: "Kapso's OpenAPI file and agent guides: messaging_health"
    ),
    KnowledgeEntry(
      .code(141_010),
      "business unverified",
      "The business portfolio is not verified: the messaging limit stays at the starter level.",
      remedy: "Start, or mend, the business verification in the security centre.",
      .you,
      .verification,
      source: "Messaging limits, developers.facebook.com: increasing your limit"
    ),
    KnowledgeEntry(
      .code(141_014),
      "account disabled",
      "The account is disabled for breaking a policy.",
      remedy: "Appeal in account quality. Meta decides, usually within 24 to 48 hours.",
      .you,
      .accountQuality,
      source: "Policy enforcement, developers.facebook.com: appeals"
    ),
    KnowledgeEntry(
      .code(131_000, on: [.business]),
      "profile incomplete",
      "The business portfolio's profile is incomplete.",
      remedy: "Fill in legal name, country and website in the business info.",
      .you,
      .businessInfo,
      source: "public health checks: BUSINESS entity"
    ),
  ]

  /// Codes of one template or one flow, which never move a number.
  private static let templates = [
    KnowledgeEntry(
      .code(141_002),
      "template not approved",
      "The template is not approved, so it can't be sent.",
      remedy: "Edit the template, or appeal the review.",
      .you,
      .templates,
      source: "Messaging and Calling Health Status, developers.facebook.com: template node"
    ),
    KnowledgeEntry(
      .code(131_000, on: [.flow]),
      "flow check failed",
      "A check of the flow failed.",
      remedy: "Mend the flow's endpoint or link an app to it; the description names the check.",
      .you,
      source: "Flow Health and Monitoring, developers.facebook.com: health_status"
    ),
    KnowledgeEntry(
      .code(132_001),
      "template missing",
      "The template does not exist in that language.",
      remedy: "Look at the WABA's templates.",
      .you,
      .templates,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_015),
      "template paused",
      "The template is paused for its low quality.",
      remedy: "Wait for the pause to end (3, then 6 hours), and edit the template.",
      .you,
      .templates,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_016),
      "template disabled",
      "The template is disabled for good for its low quality.",
      remedy: "Make a new template.",
      .you,
      .templates,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_068),
      "flow blocked",
      "The flow is blocked.",
      remedy: "Mend the flow.",
      .you,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(132_069),
      "flow throttled",
      "The flow is throttled to ten messages an hour.",
      remedy: "Mend the flow.",
      .you,
      source: errorCodes
    ),
  ]

  private static let calling = [
    KnowledgeEntry(
      .code(138_024),
      "SIP not enabled",
      "Calls over SIP are not enabled for the number.",
      remedy: "Enable SIP in the number's settings, or ignore it if you don't take calls.",
      .you,
      source: "Messaging and Calling Health Status, developers.facebook.com: calling"
    ),
    KnowledgeEntry(
      .code(138_025),
      "no SIP server",
      "The app has no SIP server set for this number.",
      remedy: "Set a SIP server in the number's settings, or ignore it if you don't take calls.",
      .you,
      source: "Messaging and Calling Health Status, developers.facebook.com: calling"
    ),
  ]

  /// Codes that sending returns for the same causes; providers mix them into their texts.
  private static let sending = [
    KnowledgeEntry(
      .code(131_031),
      "account locked",
      "The account is locked or restricted.",
      remedy: "Look at account quality and appeal there. Health may say nothing about it.",
      .you,
      .accountQuality,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(368),
      "policy restriction",
      "Meta restricts the account for breaking a policy.",
      remedy: "Look at account quality and appeal there.",
      .you,
      .accountQuality,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_042),
      "account can't pay",
      "The account can't pay: no payment account, a credit line that is used up, or no currency set.",
      remedy: "Look at the WABA's billing.",
      .you,
      .billing,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_037),
      "name not approved",
      "A number supplied by Meta has no approved display name.",
      remedy: "Get the display name approved.",
      .you,
      .phoneNumbers,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_045),
      "certificate fault",
      "The registration's certificate is at fault.",
      remedy: "Register the number again.",
      .you,
      .phoneNumbers,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(133_010),
      "not registered",
      "The number is not registered.",
      remedy: "Register the number on Cloud API (its /register call with the 6-digit PIN).",
      .you,
      .phoneNumbers,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(130_497),
      "country not allowed",
      "Messages to that country are not allowed.",
      remedy: "Look at the business's country and category.",
      .you,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(130_429),
      "throughput used up",
      "The throughput of the number is used up.",
      remedy: "Send more slowly.",
      .you,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_048),
      "spam limit",
      "Too many messages of the number were blocked or reported as spam.",
      remedy: "Send less until the quality has recovered.",
      .you,
      .accountQuality,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_016),
      "temporary outage",
      "A temporary outage.",
      remedy: "Wait; look at Meta's status page.",
      .meta,
      .metaStatus,
      source: errorCodes
    ),
    KnowledgeEntry(
      .code(131_057),
      "in maintenance",
      "The account is in maintenance, such as an upgrade of its throughput.",
      remedy: "Wait a minute.",
      .meta,
      source: errorCodes
    ),
  ]

  /// Codes with which Graph refuses to be read.
  private static let asking = [
    KnowledgeEntry(
      .code(190),
      "token refused",
      "The access token has expired or was revoked.",
      remedy: "Make a new token and put it into the configuration, or reconnect at the provider.",
      .you,
      source: errorCodes
    )
  ]
}
