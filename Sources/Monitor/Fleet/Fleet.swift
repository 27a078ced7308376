internal import HashTreeCollections
package import Health
internal import HeapModule

/// Every number with its latest and its last good reading, and the facts of the related entities.
///
/// The cost of a change depends on its size, not on the number of numbers. Copies share everything
/// that does not change later.
package struct Fleet: Sendable {
  package internal(set) var records = PagedArray<NumberRecord>()
  /// In the order of the configuration.
  package var accounts: [AccountCondition] { accountTable.conditions }
  var accountTable = AccountTable()
  package internal(set) var counts = FleetCounts()
  var places: TreeDictionary<PhoneNumber.ID, Int> = [:]
  var members = MembershipIndex()
  var entityTable = EntityTable()
  /// It is of a moment of the past: of each answer only the state, the reason and the names are known.
  package internal(set) var isRemembered = false
  /// The operator's names for WABAs, businesses and apps, by id.
  package var labels: [String: String] = [:]
  /// The accounts whose changes are found here, and by no other process.
  var polledHere: Set<String> = []
  /// Those that were polled here until this process was stopped, while nobody says that another polls them.
  var left: Set<String> = []
  /// When a number flaps.
  var flappingRules = FlappingRules()
  /// Numbers that changed their state between the operator's last visit and this run.
  package var changedSinceVisit: Set<PhoneNumber.ID> = []
  /// When the next fact of an entity becomes unknown; nil if all are reported.
  var nextForgetting: Moment?
  /// The last lists that could be read, or that one could not be; and when that was.
  var templateLists: [String: (list: TemplateList, moment: Moment)] = [:]
  /// One entry per number.
  ///
  /// It may be too early, because a reading delays the real moment without updating the entry.
  var ageing = Heap<Ageing>()

  package init() {}

  package subscript(id: PhoneNumber.ID) -> NumberRecord? { index(of: id).map { records[$0] } }

  package func index(of id: PhoneNumber.ID) -> Int? { places[id] }

  /// An entity's facts, including what its latest answer omitted.
  ///
  /// The operator's name replaces the provider's.
  package func facts(of entity: EntityReference) -> EntityFacts? {
    let facts = entityTable[entity]
    guard let label = label(of: entity) else { return facts }
    return facts?.named(label) ?? EntityFacts(reference: entity, name: label)
  }

  /// Whether any entity can have another name than in the numbers' answers.
  var knowsNames: Bool { !entityTable.isEmpty || !labels.isEmpty }

  private func label(of entity: EntityReference) -> String? {
    guard !labels.isEmpty, [.waba, .business, .app].contains(entity.type) else { return nil }
    return labels[entity.id]
  }

  /// When a condition that an entity's latest answer omitted was last reported.
  package func lastReported(
    _ subject: EntityCondition.Subject,
    of entity: EntityReference
  ) -> Moment? {
    entityTable.record(of: entity)?.lastReported(subject)
  }

  package func templates(of waba: String) -> TemplateList? { templateLists[waba]?.list }

  /// When the list of a business account's templates was read.
  package func momentOfTemplates(of waba: String) -> Moment? { templateLists[waba]?.moment }

  package func template(_ id: String, of waba: String) -> MessageTemplate? {
    guard case .success(let templates)? = templates(of: waba)?.templates else { return nil }
    return templates.first { $0.id == id }
  }

  /// The places of the numbers whose answers list an entity, in the order of `records`.
  package func numbers(sharing entity: EntityReference) -> [Int] {
    members.places(of: entity, first: .max).sorted()
  }

  /// A few of the numbers whose answers list an entity, without reading all of them.
  package func numbers(sharing entity: EntityReference, first limit: Int) -> [Int] {
    members.places(of: entity, first: limit)
  }

  /// How many numbers' answers list an entity.
  package func count(sharing entity: EntityReference) -> Int {
    members.count(of: entity)
  }

  /// The numbers of accounts that are not named, such as those that another process polled.
  func numbers(outside accounts: [String]) -> [PhoneNumber.ID] {
    let names = Set(accounts)
    return records.lazy.map(\.id).filter { !names.contains($0.account) }
  }

  package func condition(of account: String) -> AccountCondition? {
    accountTable[account]
  }

  /// How long a reading of an account's numbers is valid: three effective intervals.
  package func window(of account: String) -> Duration {
    (condition(of: account)?.effectiveRefresh ?? .seconds(60)) * 3
  }

  /// The earliest moment at which a state may change without a reading.
  package var nextAgeing: Moment? {
    [ageing.min?.moment, nextForgetting].compactMap(\.self).min()
  }
}

/// When a number next has to be looked at without a reading.
struct Ageing: Comparable, Sendable {
  let moment: Moment
  let index: Int

  static func < (left: Self, right: Self) -> Bool { left.moment < right.moment }
}
