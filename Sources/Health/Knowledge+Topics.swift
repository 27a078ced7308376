extension Knowledge {
  /// One row per topic.
  static let topics: [KnowledgeEntry] = statuses + signals + accounts + polls

  private static let phoneNumbers = "Business phone numbers, developers.facebook.com: status"
  private static let enforcement = "Policy enforcement, developers.facebook.com"

  private static let statuses = [
    KnowledgeEntry(
      .topic(.inReview),
      "number in review",
      "The number is not in service yet: Meta is still reviewing it.",
      remedy: "Wait for Meta's review, which takes up to five working days.",
      .meta,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.unverified),
      "number not verified",
      "The number is not in service yet: its code was not entered, or Meta is still reviewing it.",
      remedy: "Open the number in WhatsApp Manager: it says which of the two is missing.",
      nil,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.notRegistered),
      "not registered",
      "The number is not registered with any platform yet. Waiting does not help.",
      remedy: "Register the number with Cloud API: call /register with the 6-digit PIN.",
      .you,
      .phoneNumbers,
      source: "Business phone numbers, developers.facebook.com: register"
    ),
    KnowledgeEntry(
      .topic(.codeNotEntered),
      "code not entered",
      "The ownership of the number is not verified: its code was not entered, or has expired.",
      remedy: """
        Request a code by SMS or voice, enter it, then register the number: call /register with the \
        6-digit PIN.
        """,
      .you,
      .phoneNumbers,
      source: "Business phone numbers, developers.facebook.com: verify"
    ),
    KnowledgeEntry(
      .topic(.dailyLimit),
      "daily limit reached",
      """
      The number has reached its 24-hour messaging limit: business-initiated messages are not sent, \
      replies are.
      """,
      remedy: "Wait: the limit resets by itself within 24 hours. Spread campaigns over more time.",
      .meta,
      .phoneNumbers,
      source: "community.sinch.com, WhatsApp: connection statuses for phone numbers"
    ),
    KnowledgeEntry(
      .topic(.policyRestriction),
      "restricted by policy",
      "Meta has restricted the number because of a policy violation.",
      remedy: "Check Account quality and appeal there.",
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.restricted),
      "restricted by Meta",
      "Meta has restricted the number; the answer does not say why.",
      remedy: """
        Read Meta's notice in Account quality: it says what is restricted and until when. Appeal there.
        """,
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.movedAway),
      "moved away",
      "The number has moved to another WABA.",
      remedy: "Retire this row: remove the number from the configuration, or add its new WABA.",
      .you,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.flagged),
      "flagged for quality",
      "The number can still send, but people block or report its messages.",
      remedy: "Send only what people asked for. It ends after seven days of better quality.",
      .you,
      .phoneNumbers,
      source: "community.sinch.com, WhatsApp: connection statuses for phone numbers"
    ),
    KnowledgeEntry(
      .topic(.rateLimited),
      "rate limited",
      "The number sends more than Meta allows at the moment.",
      remedy: "Send more slowly, and only what people asked for.",
      .you,
      .phoneNumbers,
      source: phoneNumbers
    ),
    KnowledgeEntry(
      .topic(.outOfService),
      "out of service",
      "Meta has taken the number out of service.",
      remedy: """
        Appeal against a ban or restriction in Account quality. If the number is disconnected or \
        offline, register it again.
        """,
      .you,
      .accountQuality,
      source: enforcement
    ),
  ]

  private static let signals = [
    KnowledgeEntry(
      .topic(.lowQuality),
      "quality low",
      "People block or report the messages of this number.",
      remedy: "Pause campaigns and send only what people asked for until the rating has recovered.",
      .you,
      .phoneNumbers,
      source: "Messaging limits, developers.facebook.com: quality rating"
    ),
    KnowledgeEntry(
      .topic(.nameDeclined),
      "display name declined",
      "The display name was declined, or its approval has expired.",
      remedy: "Change the display name in WhatsApp Manager and submit it for review again.",
      .you,
      .phoneNumbers,
      source: "Business phone numbers, developers.facebook.com: display name"
    ),
    KnowledgeEntry(
      .topic(.nameNotApproved),
      "name not approved",
      "The display name is not approved yet: the messaging limit is lower until it is.",
      remedy: "Get the display name approved. It is rarely the reason why a message fails.",
      .you,
      .phoneNumbers,
      source: "Messaging Health Status, docs.360dialog.com: additional_info"
    ),
    KnowledgeEntry(
      .topic(.qualityLowersLimit),
      "limit at risk",
      "The messaging limit will be lowered unless the quality improves.",
      remedy: "Pause campaigns and send only what people asked for.",
      .you,
      .phoneNumbers,
      source: "public health checks: additional_info"
    ),
    KnowledgeEntry(
      .topic(.accountInReview),
      "account in review",
      "Meta is reviewing the account.",
      remedy: "Wait for Meta's review, which takes up to five working days.",
      .meta,
      .accountQuality,
      source: "public health checks: additional_info"
    ),
    KnowledgeEntry(
      .topic(.webhook),
      "webhook not working",
      "Incoming messages may not reach you.",
      remedy: """
        Subscribe and verify the webhook at the provider, unless an app of your own receives the \
        messages.
        """,
      .you,
      source: "Flow Health and Monitoring, developers.facebook.com: additional_info"
    ),
    KnowledgeEntry(
      .topic(.providersToken),
      "token refused",
      "Meta refused the provider's token for this number; your own key is valid.",
      remedy: "Ask the provider to reconnect the number, or to renew its token.",
      .provider,
      source: "Kapso's OpenAPI file: health, Meta Graph API error 190"
    ),
    KnowledgeEntry(
      .topic(.reconnect),
      "token invalid",
      "The provider's token for this number is no longer valid.",
      remedy: "Reconnect the number at the provider, or renew its token there.",
      .you,
      source: "Kapso's agent guides: token_validity"
    ),
    KnowledgeEntry(
      .topic(.ownToken),
      "token needs renewal",
      "The token that reads this number expires soon, or lacks a permission.",
      remedy: "Create a new token with the permissions named, and put it into the configuration.",
      .you,
      source: "Access token debugger, developers.facebook.com: debug_token"
    ),
  ]

  private static let accounts = [
    KnowledgeEntry(
      .topic(.accountDisabled),
      "account disabled",
      "Meta has disabled the account: none of its numbers can send.",
      remedy: "Appeal in Account quality. Meta usually decides within 24 to 48 hours.",
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.accountToBeDisabled),
      "disabling announced",
      "Meta will disable the account on the date named.",
      remedy: "Appeal in Account quality before that date.",
      .you,
      .accountQuality,
      source: "account_update webhook, developers.facebook.com: waba_ban_state"
    ),
    KnowledgeEntry(
      .topic(.accountRestricted),
      "account restricted",
      "Meta has restricted what the account may send.",
      remedy: "Check Account quality: it says what is restricted and until when.",
      .you,
      .accountQuality,
      source: enforcement
    ),
    KnowledgeEntry(
      .topic(.accountRejected),
      "account rejected",
      "Meta has rejected the account in its review: it may stop sending at any time.",
      remedy: "Appeal in Account quality. Meta usually decides within 24 to 48 hours.",
      .you,
      .accountQuality,
      source: "account_review_update webhook, developers.facebook.com: decision"
    ),
    KnowledgeEntry(
      .topic(.verificationFailed),
      "verification failed",
      "The business verification failed: the messaging limit stays at the starter level.",
      remedy: "Open the verification in the Security Centre and submit what is missing.",
      .you,
      .verification,
      source: "Messaging limits, developers.facebook.com: increasing your limit"
    ),
  ]

  private static let polls = [
    KnowledgeEntry(
      .topic(.configuration),
      "request not accepted",
      "Graph rejected the request, so nothing is known about the number.",
      remedy: "Check base_url, path, graph_version and the ids in the configuration.",
      .you,
      source: "Handle errors, developers.facebook.com: codes 100 and 2500"
    ),
    KnowledgeEntry(
      .topic(.appDeactivated),
      "app deactivated",
      "Meta has deactivated the app, whatever the permissions of its token.",
      remedy: "Reactivate the app in its dashboard, which says what has to be done first.",
      .you,
      .appDashboard,
      source: "Handle errors, developers.facebook.com: code 200, API access deactivated"
    ),
    noHealthData,
  ]

  /// The words for an answer without health, wherever it is found out.
  package static let noHealthData = KnowledgeEntry(
    .topic(.noHealthData),
    "no health data",
    "The answer holds no health data.",
    remedy: "Check the number at the provider: it may not be connected.",
    .provider,
    source: "Messaging and Calling Health Status, developers.facebook.com: health_status"
  )
}
