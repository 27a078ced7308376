package import struct FoundationEssentials.Date

/// The time of a check as the provider states it: a date, or the text if it is not a date.
package enum StatedTime: Hashable, Sendable {
  case date(Date)
  case words(String)
}

/// What a provider said about one number in one answer.
package struct HealthReport: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let nodeID: String?
    var providerVerdict: String?
    var root: AsSent<Availability>?
    var entities: [HealthEntity]
    var facts: PhoneNumberFacts
    var checks: [ProviderCheck]
    var businessAccount: String?
    var exceptions: Shared<Exceptions>?
  }

  /// What hardly any answer has, so that the others need no memory for it.
  private struct Exceptions: Hashable, Sendable {
    var incomplete: String?
    var besides: EntityError?
    var unread: String?
    var note: String?
  }

  private var contents: Shared<Contents>
  /// When the provider says it checked; ages are counted by our own clock.
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
        checks: checks
      )
    )
    self.providerTime = providerTime
    self.incomplete = incomplete
  }

  /// The `id` next to the health object; it may belong to no entity.
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
  /// One plain sentence on why a part could not be read; nil if the report is complete.
  package var incomplete: String? {
    get { exceptions?.incomplete }
    set { except { $0.incomplete = newValue } }
  }

  /// An error in an answer that has health too; neither can be trusted alone.
  package var besides: EntityError? {
    get { exceptions?.besides }
    set { except { $0.besides = newValue } }
  }
  /// Which facts outside the number's own answer could not be read, such as its WABA's status; nil
  /// if none.
  ///
  /// Its health is known all the same, so this changes neither verdict nor severity.
  package var unread: String? {
    get { exceptions?.unread }
    set { except { $0.unread = newValue } }
  }

  /// The WABA whose list contains the number; the answer's entities may not name it.
  package var businessAccount: String? {
    get { contents.value.businessAccount }
    set { if newValue != businessAccount { change { $0.businessAccount = newValue } } }
  }
  /// Something odd about the answer, such as being about another number; it goes into the verdict's
  /// note.
  package var note: String? {
    get { exceptions?.note }
    set { except { $0.note = newValue } }
  }

  private init(_ contents: Shared<Contents>, providerTime: StatedTime?) {
    self.contents = contents
    self.providerTime = providerTime
  }

  /// This report in the other one's memory, if both are equal except for the provider's time.
  package func sharing(_ other: Self) -> Self? {
    guard contents == other.contents else { return nil }
    return Self(other.contents, providerTime: providerTime)
  }

  /// The same report with another time of the provider.
  package func said(at time: StatedTime?) -> Self { Self(contents, providerTime: time) }

  /// Whether both share the same memory, which needs no comparison.
  package func isSharing(_ other: Self?) -> Bool { contents === other?.contents }

  private mutating func change(_ body: (inout Contents) -> Void) {
    var changed = contents.value
    body(&changed)
    contents = Shared(changed)
  }

  private var exceptions: Exceptions? { contents.value.exceptions?.value }

  private mutating func except(_ body: (inout Exceptions) -> Void) {
    let former = exceptions ?? Exceptions()
    var changed = former
    body(&changed)
    guard changed != former else { return }
    change { $0.exceptions = changed == Exceptions() ? nil : Shared(changed) }
  }

  /// Takes the overall words of another report.
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

  /// All entities that the number depends on, as far as the answer names them.
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
