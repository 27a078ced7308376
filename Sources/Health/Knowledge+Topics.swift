extension Knowledge {
  /// One row per topic.
  static let topics: [KnowledgeEntry] = statuses + signals + accounts + polls

  private static let phoneNumbers = "Business phone numbers, developers.facebook.com: status"
  private static let enforcement = "Policy enforcement, developers.facebook.com"

  private static let statuses = [
    KnowledgeEntry(
      .topic(.inReview),
      "in Meta's review",
      "The number is not in service yet: Meta's review isn't done.",
      remedy: "Wait for Meta's review, up to five working days.",
      .meta,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.unverified),
      "not verified",
      "The number is not in service yet: its code was not entered, or Meta's review isn't done.",
      remedy: "Look at the number in WhatsApp Manager: it says which of the two is missing.",
      nil,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.notRegistered),
      "not registered",
      "The number is on no platform yet: nobody has registered it. Waiting does not end that.",
      remedy: "Register the number on Cloud API (its /register call with the 6-digit PIN).",
      .you,
      .phoneNumbers,
      source: "Business phone numbers, developers.facebook.com: register"
    ),
    KnowledgeEntry(
      .topic(.codeNotEntered),
      "code not entered",
      "Nobody has shown yet that the number is yours: its code was not entered, or has expired.",
      remedy: """
        Ask for a code by SMS or voice, enter it, then register the number (its /register call with \
        the 6-digit PIN).
        """,
      .you,
      .phoneNumbers,
      source: "Business phone numbers, developers.facebook.com: verify"
    ),
    KnowledgeEntry(
      .topic(.dailyLimit),
      "daily limit reached",
      """
      The number has reached its messaging limit of 24 hours: what the business begins is not sent, \
      replies pass.
      """,
      remedy: "Wait: it ends by itself as the 24 hours pass. Spread campaigns over more time.",
      .meta,
      .phoneNumbers,
      source: "community.sinch.com, WhatsApp: connection statuses for phone numbers"
    ),
    KnowledgeEntry(
      .topic(.policyRestriction),
      "restricted by policy",
      "Meta restricts the number, and a policy was broken.",
      remedy: "Look at account quality and appeal there.",
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.restricted),
      "restricted by Meta",
      "Meta restricts the number; nothing that was answered says why.",
      remedy: """
        Look at Meta's notice in account quality: it says what is restricted and until when. Appeal \
        there.
        """,
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.movedAway),
      "moved away",
      "The number has moved to another WABA and is served there.",
      remedy: "Retire this row: take the number out of the configuration, or add its new WABA.",
      .you,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.flagged),
      "low quality, still sends",
      "The number still sends, but people block or report what it sends.",
      remedy: "Send only what people asked for; after seven days of better quality it ends.",
      .you,
      .phoneNumbers,
      source: "community.sinch.com, WhatsApp: connection statuses for phone numbers"
    ),
    KnowledgeEntry(
      .topic(.rateLimited),
      "rate limited",
      "The number sends more than Meta allows it for now.",
      remedy: "Send more slowly, and only what people asked for.",
      .you,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.outOfService),
      "out of service",
      "Meta has taken the number out of service, or restricts it.",
      remedy: """
        Appeal a ban or restriction in account quality; register a number again that is disconnected \
        or offline.
        """,
      .you,
      .accountQuality,
      source: enforcement
    ),
  ]

  private static let signals = [
    KnowledgeEntry(
      .topic(.lowQuality),
      "low quality",
      "People block or report what this number sends.",
      remedy: """
        Pause campaigns and send only what people asked for, until the rating has recovered.
        """,
      .you,
      .phoneNumbers,
      source: "Messaging limits, developers.facebook.com: quality rating"
    ),
    KnowledgeEntry(
      .topic(.nameDeclined),
      "name declined",
      "The display name was declined, or its approval has expired.",
      remedy: "Change the display name in WhatsApp Manager and send it to review again.",
      .you,
      .phoneNumbers,
      source: "Business phone numbers, developers.facebook.com: display name"
    ),
    KnowledgeEntry(
      .topic(.nameNotApproved),
      "name not approved",
      "The display name is not approved yet: fewer people may be written to first.",
      remedy: "Get the display name approved; it is rarely why a message fails.",
      .you,
      .phoneNumbers,
      source: "Messaging Health Status, docs.360dialog.com: additional_info"
    ),
    KnowledgeEntry(
      .topic(.qualityLowersLimit),
      "quality lowers limit",
      "The messaging limit will go down unless the quality improves.",
      remedy: "Pause campaigns and send only what people asked for.",
      .you,
      .phoneNumbers,
      source: "public health checks: additional_info"
    ),
    KnowledgeEntry(
      .topic(.accountInReview),
      "account in review",
      "Meta reviews the account.",
      remedy: "Wait for Meta's review, up to five working days.",
      .meta,
      .accountQuality,
      source: "public health checks: additional_info"
    ),
    KnowledgeEntry(
      .topic(.webhook),
      "nothing comes in",
      "What people write may not reach you.",
      remedy: """
        Subscribe and verify the webhook at the provider, unless an app of your own receives the \
        messages.
        """,
      .you,
      source: "Flow Health and Monitoring, developers.facebook.com: additional_info"
    ),
    KnowledgeEntry(
      .topic(.providersToken),
      "provider's token refused",
      "Meta refused the token that the provider has for this number; your own key is good.",
      remedy: "Ask the provider to connect the number again, or to renew its token.",
      .provider,
      source: "Kapso's OpenAPI file: health, Meta Graph API error 190"
    ),
    KnowledgeEntry(
      .topic(.reconnect),
      "token invalid",
      "The provider's own token for this number is not valid any more.",
      remedy: "Connect the number again at the provider, or renew its token there.",
      .you,
      source: "Kapso's agent guides: token_validity"
    ),
    KnowledgeEntry(
      .topic(.ownToken),
      "token trouble",
      "The token that this number is read with ends soon, or may not read all that is needed.",
      remedy: "Make a new token with what is named, and put it into the configuration.",
      .you,
      source: "Access token debugger, developers.facebook.com: debug_token"
    ),
  ]

  private static let accounts = [
    KnowledgeEntry(
      .topic(.accountDisabled),
      "account disabled",
      "Meta has disabled the account: nothing of it can send.",
      remedy: "Appeal in account quality. Meta decides, usually within 24 to 48 hours.",
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.accountToBeDisabled),
      "account to be disabled",
      "Meta will disable the account at the date that it named.",
      remedy: "Appeal in account quality before that date.",
      .you,
      .accountQuality,
      source: "account_update webhook, developers.facebook.com: waba_ban_state"
    ),
    KnowledgeEntry(
      .topic(.accountRestricted),
      "account restricted",
      "Meta restricts what the account may send.",
      remedy: "Look at account quality; it names what is restricted and until when.",
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.accountRejected),
      "account rejected",
      "Meta's review has rejected the account: it may stop sending at any time.",
      remedy: "Appeal in account quality. Meta decides, usually within 24 to 48 hours.",
      .you,
      .accountQuality,
      source: "account_review_update webhook, developers.facebook.com: decision"
    ),
    KnowledgeEntry(
      .topic(.verificationFailed),
      "verification failed",
      "The business was not verified: its messaging limit stays at the starter level.",
      remedy: "Look at the verification in the security centre and hand in what is missing.",
      .you,
      .verification,
      source: "Messaging limits, developers.facebook.com: increasing your limit"
    ),
  ]

  private static let polls = [
    KnowledgeEntry(
      .topic(.configuration),
      "question not accepted",
      "Graph did not understand the question, so nothing is known of the number.",
      remedy: "Look at base_url, path, graph_version and the ids in the configuration.",
      .you,
      source: "Handle errors, developers.facebook.com: codes 100 and 2500"
    ),
    KnowledgeEntry(
      .topic(.appDeactivated),
      "app deactivated",
      "The whole app is switched off at Meta, whatever its token may do.",
      remedy: "Reactivate the app in its dashboard; it says what has to be done before.",
      .you,
      .appDashboard,
      source: "Handle errors, developers.facebook.com: code 200, API access deactivated"
    ),
  ]
}
