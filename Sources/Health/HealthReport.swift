package import struct FoundationEssentials.Date

/// When a provider says that it looked: a date, or its words where they are none.
package enum StatedTime: Hashable, Sendable {
  case date(Date)
  case words(String)
}

/// What a provider said of one number in one answer.
package struct HealthReport: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let nodeID: String?
    var providerVerdict: String?
    var root: AsSent<Availability>?
    var entities: [HealthEntity]
    var facts: PhoneNumberFacts
    var checks: [ProviderCheck]
    var incomplete: String?
    var besides: EntityError?
    var unread: String?
    var businessAccount: String?
    var note: String?
  }

  private var contents: Shared<Contents>
  /// When the provider says that it looked; ages are counted from our own clock.
  package let providerTime: StatedTime?

  package init(
    nodeID: String? = nil,
    providerVerdict: String? = nil,
    root: AsSent<Availability>? = nil,
    entities: [HealthEntity] = [],
    facts: PhoneNumberFacts = PhoneNumberFacts(),
    checks: [ProviderCheck] = [],
    incomplete: String? = nil,
    providerTime: StatedTime? = nil
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

  /// What the answer says went wrong, though it has health: neither is to be believed alone.
  package var besides: EntityError? {
    get { contents.value.besides }
    set { if newValue != besides { change { $0.besides = newValue } } }
  }
  /// Which facts beside the number's own answer could not be read, such as its WABA's status; nil when
  /// all were.
  ///
  /// Its health is known all the same, so this moves neither verdict nor severity.
  package var unread: String? {
    get { contents.value.unread }
    set { if newValue != unread { change { $0.unread = newValue } } }
  }

  /// The WABA in whose list the number stands, where no entity of the answer need say so.
  package var businessAccount: String? {
    get { contents.value.businessAccount }
    set { if newValue != businessAccount { change { $0.businessAccount = newValue } } }
  }
  /// What is odd about the answer, such as that it is about another number; goes into the verdict's note.
  package var note: String? {
    get { contents.value.note }
    set { if newValue != note { change { $0.note = newValue } } }
  }

  private init(_ contents: Shared<Contents>, providerTime: StatedTime?) {
    self.contents = contents
    self.providerTime = providerTime
  }

  /// This report lying where the other one lies, if both say the same but for the provider's time.
  package func sharing(_ other: Self) -> Self? {
    guard contents == other.contents else { return nil }
    return Self(other.contents, providerTime: providerTime)
  }

  /// This report of another time that the provider says it looked at.
  package func said(at time: StatedTime?) -> Self { Self(contents, providerTime: time) }

  /// Whether both lie at the same place, which needs no look at them.
  package func isSharing(_ other: Self?) -> Bool { contents === other?.contents }

  private mutating func change(_ body: (inout Contents) -> Void) {
    var changed = contents.value
    body(&changed)
    contents = Shared(changed)
  }

  /// The same with the overall words that another one told.
  package mutating func takeOverallWords(of other: Self) {
    change {
      $0.root = other.root
      $0.providerVerdict = $0.providerVerdict ?? other.providerVerdict
    }
  }

  /// The phone number's id as the provider gave it: the PHONE_NUMBER entity's, else the root's.
  package var phoneNumberID: String? {
    entities.first { $0.type?.value == .phoneNumber && $0.id != nil }?.id ?? nodeID
  }

  /// Everything that the number hangs on, as far as the answer names it.
  package var references: [EntityReference] {
    let listed = entities.compactMap(\.reference)
    guard let businessAccount else { return listed }
    let waba = EntityReference(type: .waba, id: businessAccount)
    return listed.contains(waba) ? listed : listed + [waba]
  }

  /// The first entity of a type that has an id.
  package func id(of type: EntityType) -> String? {
    if let listed = entities.first(where: { $0.type?.value == type && $0.id != nil })?.id {
      return listed
    }
    return type == .waba ? businessAccount : nil
  }
}
