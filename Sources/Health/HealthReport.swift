package import struct FoundationEssentials.Date

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
  }

  private var contents: Shared<Contents>
  /// When the provider says that it looked; ages are counted from our own clock.
  package let providerTime: Date?

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
        incomplete: incomplete
      )
    )
    self.providerTime = providerTime
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

  private init(_ contents: Shared<Contents>, providerTime: Date?) {
    self.contents = contents
    self.providerTime = providerTime
  }

  /// This report lying where the other one lies, if both say the same but for the provider's time.
  func sharing(_ other: Self) -> Self? {
    guard contents == other.contents else { return nil }
    return Self(other.contents, providerTime: providerTime)
  }

  /// Whether both lie at the same place, which needs no look at them.
  func isSharing(_ other: Self?) -> Bool { contents === other?.contents }

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
  package var others: [Fact] {
    get { packedOthers.facts }
    set { packedOthers = PackedFacts(newValue) }
  }
  private var packedOthers: PackedFacts

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
    packedOthers = PackedFacts(others)
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

  private struct Contents: Hashable, Sendable {
    let name: String
    let kind: Kind
    let passed: Bool?
    let message: String?
    let details: PackedFacts
  }

  /// Most checks say the same of many numbers.
  private let contents: Shared<Contents>

  package init(
    name: String,
    kind: Kind = .other,
    passed: Bool?,
    message: String? = nil,
    details: [Fact] = []
  ) {
    self.init(
      name: name,
      kind: kind,
      passed: passed,
      message: message,
      details: PackedFacts(details)
    )
  }

  package init(
    name: String,
    kind: Kind,
    passed: Bool?,
    message: String?,
    details: PackedFacts
  ) {
    contents = Shared(
      Contents(name: name, kind: kind, passed: passed, message: message, details: details)
    )
  }

  package var name: String { contents.value.name }
  package var kind: Kind { contents.value.kind }
  /// Nil where the provider did not say.
  package var passed: Bool? { contents.value.passed }
  /// One line for people: the provider's message or error.
  package var message: String? { contents.value.message }
  package var details: [Fact] { contents.value.details.facts }
}
