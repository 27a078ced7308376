/// One entity of a health object before it becomes text.
struct EntityAnswer {
  let type: String
  let id: String
  /// Nil leaves the key out.
  var send: String?
  var calling: String?
  var errors: [Int]
  var info: [String]

  init(type: String, id: String, calling: String? = nil, errors: [Int] = [], change: EntityChange?)
  {
    self.type = type
    self.id = id
    send = Self.word(change?.send ?? "AVAILABLE")
    self.calling = (change?.calling ?? calling).flatMap(Self.word)
    self.errors = errors + (change?.errors ?? [])
    info = change?.info ?? []
  }

  /// Empty text in a scenario means that the key is left out.
  private static func word(_ text: String) -> String? { text.isEmpty ? nil : text }

  var text: String {
    JSONText.object([
      ("entity_type", JSONText.quoted(type)),
      ("id", JSONText.quoted(id)),
      ("can_send_message", send.map(JSONText.quoted)),
      ("can_receive_call_sip", calling.map(JSONText.quoted)),
      ("additional_info", info.isEmpty ? nil : JSONText.list(info.map(JSONText.quoted))),
      ("errors", errors.isEmpty ? nil : JSONText.list(errors.map(HealthCode.error))),
    ])
  }
}

extension WorldState {
  /// PHONE_NUMBER, WABA, BUSINESS and APP, as a phone number's node lists them.
  func entities(ofNumber index: Int) -> [EntityAnswer] {
    let number = world.numbers[index]
    let change = state.numbers[index]?.entity
    let calling = change?.calling ?? number.calling
    let sipIsOff = calling.map(Self.known) == "BLOCKED"
    let phone = EntityAnswer(
      type: "PHONE_NUMBER",
      id: number.id,
      calling: number.calling,
      errors: sipIsOff ? [138024] : [],
      change: change
    )
    let app = appEntity(ofAccount: number.account, calling: calling, sipIsOff: sipIsOff)
    return [phone] + entities(ofWABA: number.waba) + [app]
  }

  /// WABA and BUSINESS.
  func entities(ofWABA waba: Int) -> [EntityAnswer] {
    let business = world.wabas[waba].business
    return [
      EntityAnswer(type: "WABA", id: world.wabas[waba].id, change: state.wabas[waba]),
      EntityAnswer(
        type: "BUSINESS",
        id: world.businesses[business].id,
        change: state.businesses[business]
      ),
    ]
  }

  func appEntity(
    ofAccount account: Int,
    calling: String? = nil,
    sipIsOff: Bool = false
  )
    -> EntityAnswer
  {
    EntityAnswer(
      type: "APP",
      id: world.accounts[account].appID,
      calling: calling,
      errors: sipIsOff ? [138025] : [],
      change: state.apps[account]
    )
  }

  /// MESSAGE_TEMPLATE, WABA, BUSINESS and APP.
  func entities(ofTemplate index: Int, account: Int) -> [EntityAnswer] {
    let template = world.templates[index]
    let isApproved = status(ofTemplate: index).uppercased() == "APPROVED"
    let change = isApproved ? nil : EntityChange(send: "BLOCKED", errors: [141002])
    let own = EntityAnswer(type: "MESSAGE_TEMPLATE", id: template.id, change: change)
    return [own] + entities(ofWABA: template.waba) + [appEntity(ofAccount: account)]
  }

  /// The health object of a number in the form that its state names; nil leaves the key out.
  func health(ofNumber index: Int) -> String? {
    Self.health(entities(ofNumber: index), shape: state.numbers[index]?.health)
  }

  static func health(_ entities: [EntityAnswer], shape: HealthShape?) -> String? {
    switch shape ?? .usual {
    case .usual: health(entities)
    case .missing: nil
    case .null: "null"
    case .empty: "{}"
    case .hollow: #"{"entities":[]}"#
    case .rootOnly: JSONText.object([("can_send_message", root(of: entities))])
    case .crooked: irregularHealth(entities)
    }
  }

  static func health(_ entities: [EntityAnswer]) -> String {
    JSONText.object([
      ("can_send_message", root(of: entities)),
      ("entities", JSONText.list(entities.map(\.text))),
    ])
  }

  /// BLOCKED if any is BLOCKED, else LIMITED if any is LIMITED; unknown words are ignored.
  static func overall(_ entities: [EntityAnswer]) -> String? {
    let words = entities.compactMap { $0.send.map(known) }
    return ["BLOCKED", "LIMITED", "AVAILABLE"].first(where: words.contains)
  }

  /// In capitals, as Meta's words nearly always are.
  private static func known(_ word: String) -> String {
    word.utf8.contains { (0x61...0x7A).contains($0) || $0 >= 0x80 } ? word.uppercased() : word
  }

  private static func root(of entities: [EntityAnswer]) -> String? {
    overall(entities).map(JSONText.quoted)
  }

  /// All irregularities of real answers in one.
  private static func irregularHealth(_ entities: [EntityAnswer]) -> String {
    let irregular = entities.map { entity in
      JSONText.object([
        ("errors", entity.errors.isEmpty ? "null" : HealthCode.error(entity.errors[0])),
        ("additional_info", entity.info.isEmpty ? "null" : JSONText.quoted(entity.info[0])),
        ("id", entity.id),
        ("can_send_messages", entity.send.map { JSONText.quoted(" \($0.lowercased())") }),
        ("entity_type", JSONText.quoted(entity.type.lowercased())),
      ])
    }
    return JSONText.object([("entities", JSONText.list(irregular.reversed() + ["{}"]))])
  }
}
