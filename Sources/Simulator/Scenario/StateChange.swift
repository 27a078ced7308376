/// How a state differs from a healthy one; nil leaves a value unchanged.
///
/// Words are free text, so that a scenario can use values that no provider has sent yet.
package struct StateChange: Hashable, Sendable {
  package var number = NumberChange()
  package var waba = EntityChange()
  package var business = EntityChange()
  package var app = EntityChange()
  package var template = TemplateChange()
  /// True: the account's (at 360dialog the channel's) key is refused.
  package var revokesKey = false

  package init(
    number: NumberChange = NumberChange(),
    waba: EntityChange = EntityChange(),
    business: EntityChange = EntityChange(),
    app: EntityChange = EntityChange(),
    template: TemplateChange = TemplateChange(),
    revokesKey: Bool = false
  ) {
    self.number = number
    self.waba = waba
    self.business = business
    self.app = app
    self.template = template
    self.revokesKey = revokesKey
  }
}

/// The state of a node in the health tree.
package struct EntityChange: Hashable, Sendable {
  /// `can_send_message`; empty text leaves the key out.
  package var send: String?
  /// `can_receive_call_sip`; empty text leaves the key out.
  package var calling: String?
  package var errors: [Int]?
  package var info: [String]?
  /// A WABA's `account_review_status`, a business's `verification_status`.
  package var review: String?
  package var name: String?

  package init(
    send: String? = nil,
    calling: String? = nil,
    errors: [Int]? = nil,
    info: [String]? = nil,
    review: String? = nil,
    name: String? = nil
  ) {
    self.send = send
    self.calling = calling
    self.errors = errors
    self.info = info
    self.review = review
    self.name = name
  }

  mutating func merge(_ later: EntityChange) {
    send = later.send ?? send
    calling = later.calling ?? calling
    errors = later.errors ?? errors
    info = later.info ?? info
    review = later.review ?? review
    name = later.name ?? name
  }
}

/// The state of a number: its own health entity, and its facts.
package struct NumberChange: Hashable, Sendable {
  /// Its PHONE_NUMBER entity; `name` is the verified name.
  package var entity = EntityChange()
  package var status: String?
  package var quality: String?
  package var nameStatus: String?
  package var limit: String?
  package var throughput: String?
  /// Kapso's check of its webhook subscription.
  package var webhookSubscribed: Bool?
  /// Kapso's check of the webhook's address.
  package var webhookVerified: Bool?
  /// Kapso's token for the number: an invalid one fails three checks.
  package var tokenValid: Bool?
  /// Kapso cannot run its check: `status: error`.
  package var checkFails: Bool?
  package var health: HealthShape?
  /// The provider does not know the number (any more).
  package var isGone: Bool?

  package init(
    send: String? = nil,
    calling: String? = nil,
    errors: [Int]? = nil,
    info: [String]? = nil,
    name: String? = nil,
    status: String? = nil,
    quality: String? = nil,
    nameStatus: String? = nil,
    health: HealthShape? = nil
  ) {
    entity = EntityChange(send: send, calling: calling, errors: errors, info: info, name: name)
    self.status = status
    self.quality = quality
    self.nameStatus = nameStatus
    self.health = health
  }

  mutating func merge(_ later: NumberChange) {
    entity.merge(later.entity)
    status = later.status ?? status
    quality = later.quality ?? quality
    nameStatus = later.nameStatus ?? nameStatus
    limit = later.limit ?? limit
    throughput = later.throughput ?? throughput
    webhookSubscribed = later.webhookSubscribed ?? webhookSubscribed
    webhookVerified = later.webhookVerified ?? webhookVerified
    tokenValid = later.tokenValid ?? tokenValid
    checkFails = later.checkFails ?? checkFails
    health = later.health ?? health
    isGone = later.isGone ?? isGone
  }
}

/// The form of the health object.
package enum HealthShape: String, Hashable, Sendable, CaseIterable {
  case usual
  /// The key is left out.
  case missing
  case null
  /// `{}`.
  case empty
  /// An empty list of entities and no word at the root.
  case hollow
  /// Only the word at the root.
  case rootOnly = "root_only"
  /// Errors and infos are null, an entity is `{}`, ids are JSON numbers, codes are strings.
  case crooked
}

/// The state of a message template.
package struct TemplateChange: Hashable, Sendable {
  /// Its name, or its place in its WABA from 1; nil is every template of the scope.
  package var template: String?
  package var status: String?
  package var quality: String?
  package var rejectedReason: String?

  package init(
    template: String? = nil,
    status: String? = nil,
    quality: String? = nil,
    rejectedReason: String? = nil
  ) {
    self.template = template
    self.status = status
    self.quality = quality
    self.rejectedReason = rejectedReason
  }

  mutating func merge(_ later: TemplateChange) {
    status = later.status ?? status
    quality = later.quality ?? quality
    rejectedReason = later.rejectedReason ?? rejectedReason
  }
}
