extension Knowledge {
  /// One row per code.
  static let entries: [KnowledgeEntry] = health + calling + sending

  /// Codes seen in `health_status`.
  ///
  /// What is not here in 141000–141099 has no public explanation.
  private static let health = [
    KnowledgeEntry(
      141_000,
      "The number is not registered, or no longer, with the account that uses it.",
      remedy: """
        Register the number on Cloud API (its /register call with the 6-digit PIN). A code by SMS is \
        rarely what is missing, whatever the provider's text says. If its status is PENDING, wait for \
        Meta's review, up to five working days.
        """,
      .you,
      .phoneNumbers
    ),
    KnowledgeEntry(
      141_002,
      "The template is not approved, so it can't be sent.",
      remedy: "Edit the template, or appeal the review.",
      .you,
      .templates
    ),
    KnowledgeEntry(
      141_006,
      "The account's payment method has a fault: what the business begins is not sent.",
      remedy: """
        Add a valid payment method for this WABA in Billing and make it the default. Replies within \
        24 hours of a customer's message still work.
        """,
      .you,
      .billing
    ),
    KnowledgeEntry(
      141_010,
      "The business portfolio is not verified: the messaging limit stays at the starter level.",
      remedy: "Start, or mend, the business verification in the security centre.",
      .you,
      .verification
    ),
    KnowledgeEntry(
      141_014,
      "The account is disabled for breaking a policy.",
      remedy: "Appeal in account quality. Meta decides, usually within 24 to 48 hours.",
      .you,
      .accountQuality
    ),
  ]

  private static let calling = [
    KnowledgeEntry(
      138_024,
      "Calls over SIP are not enabled for the number.",
      remedy: "Enable SIP in the number's settings, or ignore it if you don't take calls.",
      .you
    ),
    KnowledgeEntry(
      138_025,
      "The app has no SIP server set for this number.",
      remedy: "Set a SIP server in the number's settings, or ignore it if you don't take calls.",
      .you
    ),
  ]

  /// Codes that sending returns for the same causes; providers mix them into their texts.
  private static let sending = [
    KnowledgeEntry(
      131_031,
      "The account is locked or restricted.",
      remedy: "Look at account quality and appeal there. Health may say nothing about it.",
      .you,
      .accountQuality
    ),
    KnowledgeEntry(
      368,
      "Meta restricts the account for breaking a policy.",
      remedy: "Look at account quality and appeal there.",
      .you,
      .accountQuality
    ),
    KnowledgeEntry(
      131_042,
      "The account can't pay: no payment account, a credit line that is used up, or no currency set.",
      remedy: "Look at the WABA's billing.",
      .you,
      .billing
    ),
    KnowledgeEntry(
      131_037,
      "A number supplied by Meta has no approved display name.",
      remedy: "Get the display name approved.",
      .you,
      .phoneNumbers
    ),
    KnowledgeEntry(
      131_045,
      "The registration's certificate is at fault.",
      remedy: "Register the number again.",
      .you,
      .phoneNumbers
    ),
    KnowledgeEntry(
      133_010,
      "The number is not registered.",
      remedy: "Register the number on Cloud API (its /register call with the 6-digit PIN).",
      .you,
      .phoneNumbers
    ),
    KnowledgeEntry(
      130_497,
      "Messages to that country are not allowed.",
      remedy: "Look at the business's country and category.",
      .you
    ),
    KnowledgeEntry(
      130_429,
      "The throughput of the number is used up.",
      remedy: "Send more slowly.",
      .you
    ),
    KnowledgeEntry(
      131_048,
      "Too many messages of the number were blocked or reported as spam.",
      remedy: "Send less until the quality has recovered.",
      .you,
      .accountQuality
    ),
    KnowledgeEntry(
      131_016,
      "A temporary outage.",
      remedy: "Wait; look at Meta's status page.",
      .meta,
      .metaStatus
    ),
    KnowledgeEntry(
      131_057,
      "The account is in maintenance, such as an upgrade of its throughput.",
      remedy: "Wait a minute.",
      .meta
    ),
    KnowledgeEntry(
      132_001,
      "The template does not exist in that language.",
      remedy: "Look at the WABA's templates.",
      .you,
      .templates
    ),
    KnowledgeEntry(
      132_015,
      "The template is paused for its low quality.",
      remedy: "Wait for the pause to end (3, then 6 hours), and edit the template.",
      .you,
      .templates
    ),
    KnowledgeEntry(
      132_016,
      "The template is disabled for good for its low quality.",
      remedy: "Make a new template.",
      .you,
      .templates
    ),
    KnowledgeEntry(
      132_068,
      "The flow is blocked.",
      remedy: "Mend the flow.",
      .you
    ),
    KnowledgeEntry(
      132_069,
      "The flow is throttled to ten messages an hour.",
      remedy: "Mend the flow.",
      .you
    ),
    KnowledgeEntry(
      190,
      "The access token has expired or was revoked.",
      remedy: "Make a new token and put it into the configuration, or reconnect at the provider.",
      .you
    ),
  ]
}
