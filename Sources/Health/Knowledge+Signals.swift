extension Knowledge {
  /// Signals come without a code (providers.md 2.3).
  static func signal(_ cause: Cause) -> KnowledgeEntry? {
    switch cause.kind {
    case .status: cause.whoActs == .meta ? review : outOfService
    case .quality: quality
    case .name: name
    case .token: token
    case .webhook: webhook
    case .entity, .check, .poll: nil
    }
  }

  private static let review = KnowledgeEntry(
    nil,
    "The number is not in service yet: Meta's review isn't done.",
    remedy: "Wait for Meta's review, up to five working days.",
    .meta,
    .phoneNumbers
  )

  private static let outOfService = KnowledgeEntry(
    nil,
    "Meta has taken the number out of service, or restricts it.",
    remedy: """
      Appeal a ban or restriction in account quality; register a number again that is disconnected \
      or offline.
      """,
    .you,
    .accountQuality
  )

  private static let quality = KnowledgeEntry(
    nil,
    "People block or report what this number sends.",
    remedy: """
      Pause campaigns and send only what people asked for, until the rating has recovered.
      """,
    .you,
    .phoneNumbers
  )

  private static let name = KnowledgeEntry(
    nil,
    "The display name was declined, or its approval has expired.",
    remedy: "Change the display name in WhatsApp Manager and send it to review again.",
    .you,
    .phoneNumbers
  )

  private static let token = KnowledgeEntry(
    nil,
    "The provider's own token for this number is not valid any more.",
    remedy: "Connect the number again at the provider, or renew its token there.",
    .you
  )

  private static let webhook = KnowledgeEntry(
    nil,
    "What people write may not reach you.",
    remedy: """
      Subscribe and verify the webhook at the provider, unless an app of your own receives the \
      messages.
      """,
    .you
  )
}
