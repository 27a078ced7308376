package import struct Foundation.Date

/// What a provider said of one number in one answer.
package struct HealthReport: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let nodeID: String?
    let providerVerdict: String?
    let root: AsSent<Availability>?
    var entities: [HealthEntity]
    var facts: PhoneNumberFacts
    var checks: [ProviderCheck]
    var incomplete: String?
    let providerTime: Date?
  }

  private var contents: Shared<Contents>

  package init(
    nodeID: String? = nil,
    providerVerdict: String? = nil,
    root: AsSent<Availability>? = nil,
    entities: [HealthEntity] = [],
    facts: PhoneNumberFacts = PhoneNumberFacts(),
    checks: [ProviderCheck] = [],
    incomplete: String? = nil,
    providerTime: Date? = nil
  ) {
    contents = Shared(
      Contents(
        nodeID: nodeID,
        providerVerdict: providerVerdict,
        root: root,
        entities: entities,
        facts: facts,
        checks: checks,
        incomplete: incomplete,
        providerTime: providerTime
      )
    )
  }

  /// The `id` beside the health object; it need not be any entity's.
  package var nodeID: String? { contents.value.nodeID }
  /// The provider's own overall word, as sent: Kapso's `status`, else `can_send_message` at the root.
  package var providerVerdict: String? { contents.value.providerVerdict }
  /// `can_send_message` of the health object itself.
  package var root: AsSent<Availability>? { contents.value.root }
  package var entities: [HealthEntity] {
    get { contents.value.entities }
    set { change { $0.entities = newValue } }
  }
  package var facts: PhoneNumberFacts {
    get { contents.value.facts }
    set { change { $0.facts = newValue } }
  }
  package var checks: [ProviderCheck] {
    get { contents.value.checks }
    set { change { $0.checks = newValue } }
  }
  /// Why something that belongs to it could not be read, as one plain sentence; nil when all is there.
  package var incomplete: String? {
    get { contents.value.incomplete }
    set { change { $0.incomplete = newValue } }
  }
  /// When the provider says that it looked; ages are counted from our own clock.
  package var providerTime: Date? { contents.value.providerTime }

  private mutating func change(_ body: (inout Contents) -> Void) {
    var changed = contents.value
    body(&changed)
    contents = Shared(changed)
  }

  /// The phone number's id as the provider gave it: the PHONE_NUMBER entity's, else the root's.
  package var phoneNumberID: String? {
    entities.first { $0.type?.value == .phoneNumber && $0.id != nil }?.id ?? nodeID
  }

  /// The first entity of a type that has an id.
  package func id(of type: EntityType) -> String? {
    entities.first { $0.type?.value == type && $0.id != nil }?.id
  }
}

/// What stands beside the health of a number.
package struct PhoneNumberFacts: Hashable, Sendable {
  /// As sent, in any of the formats that providers use.
  package var displayNumber: String?
  package var verifiedName: String?
  package var status: AsSent<PhoneNumberStatus>?
  /// From the score where there is one, else from the older rating.
  package var quality: AsSent<QualityRating>?
  package var nameStatus: AsSent<NameStatus>?
  package var messagingLimit: AsSent<MessagingLimit>?
  /// `STANDARD` is 80 messages a second, `HIGH` 1000; as sent.
  package var throughput: String?
  /// Everything else worth showing in the details, in a fixed order.
  package var others: [Fact]

  package init(
    displayNumber: String? = nil,
    verifiedName: String? = nil,
    status: AsSent<PhoneNumberStatus>? = nil,
    quality: AsSent<QualityRating>? = nil,
    nameStatus: AsSent<NameStatus>? = nil,
    messagingLimit: AsSent<MessagingLimit>? = nil,
    throughput: String? = nil,
    others: [Fact] = []
  ) {
    self.displayNumber = displayNumber
    self.verifiedName = verifiedName
    self.status = status
    self.quality = quality
    self.nameStatus = nameStatus
    self.messagingLimit = messagingLimit
    self.throughput = throughput
    self.others = others
  }
}

/// One of a provider's own checks, such as Kapso's `webhook_verified`.
package struct ProviderCheck: Hashable, Sendable {
  /// What a failed check means for the number; each provider's mapping decides.
  package enum Kind: Hashable, Sendable {
    /// Says that the number's own token is invalid: critical when failed.
    case token
    case webhook
    case other
  }

  package let name: String
  package let kind: Kind
  /// Nil where the provider did not say.
  package let passed: Bool?
  /// One line for people: the provider's message or error.
  package let message: String?
  package let details: [Fact]

  package init(
    name: String,
    kind: Kind = .other,
    passed: Bool?,
    message: String? = nil,
    details: [Fact] = []
  ) {
    self.name = name
    self.kind = kind
    self.passed = passed
    self.message = message
    self.details = details
  }
}
