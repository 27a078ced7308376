package import Health

extension HealthReport {
  /// A Graph node's answer: its health, and the phone facts beside it.
  ///
  /// For a phone number's own node and for each row of a WABA's `phone_numbers`, whoever passes them on.
  ///
  /// - Returns: nil where the answer holds neither health nor a single phone fact, which makes it
  ///   unintelligible. Facts without health are a report that says what is missing.
  package init?(graphNode json: JSON) {
    let health = GraphHealthResponse(answer: json)
    let isWrapped = json["id"] == nil && json["data"]?.isObject == true
    let node = isWrapped ? json["data"] ?? json : json
    let facts = PhoneNumberFacts(graph: node)
    guard health != nil || facts.isSaying else { return nil }
    let nodeID = node["id"]?.nonBlankText
    self.init(
      nodeID: nodeID,
      providerVerdict: health?.canSendMessage,
      root: health?.canSendMessage.map { AsSent($0) },
      entities: health?.healthEntities(phoneNumberID: nodeID) ?? [],
      facts: facts,
      incomplete: health == nil ? "The answer holds no health_status." : nil
    )
  }
}

extension HealthEntity {
  /// The first entity of a type in a Graph node's answer: a template's own health, for one.
  package init?(ofType type: EntityType, graphNode json: JSON) {
    let entities = GraphHealthResponse(answer: json)?.healthEntities(phoneNumberID: nil)
    guard let entity = entities?.first(where: { $0.type?.value == type }) else { return nil }
    self = entity
  }

  /// All entities of a Graph node's answer, in the order sent: of a WABA's own node, for one.
  package static func all(inGraphNode json: JSON) -> [HealthEntity] {
    GraphHealthResponse(answer: json)?.healthEntities(phoneNumberID: nil) ?? []
  }
}

extension GraphHealthResponse {
  /// The entities, with `{PHONE_NUMBER_ID}` filled in: the listed PHONE_NUMBER's id, else this one.
  func healthEntities(phoneNumberID: String?) -> [HealthEntity] {
    let listed = entities.first { $0.id != nil && $0.isPhoneNumber }
    let phoneNumberID = listed?.id ?? phoneNumberID
    return entities.map { $0.healthEntity(phoneNumberID: phoneNumberID) }
  }
}

extension GraphEntity {
  fileprivate func healthEntity(phoneNumberID: String?) -> HealthEntity {
    HealthEntity(
      type: type.map { AsSent($0) },
      id: id,
      name: name,
      canSendMessage: canSendMessage.map { AsSent($0) },
      canReceiveCallSIP: canReceiveCallSIP.map { AsSent($0) },
      otherChannels: otherChannels.map { Fact($0.name, $0.value) },
      additionalInfo: additionalInfo,
      errors: errors.map { error in
        EntityError(
          code: error.code.map { EntityError.Code($0) },
          description: error.description,
          solution: error.solution?.fillingIn(phoneNumberID: phoneNumberID)
        )
      }
    )
  }
}

extension GraphEntity {
  fileprivate var isPhoneNumber: Bool {
    type == EntityType.phoneNumber.word || type.map { AsSent<EntityType>($0).value } == .phoneNumber
  }
}

extension String {
  /// Meta's remedies hold a literal placeholder; it stays where the id is not known.
  fileprivate func fillingIn(phoneNumberID: String?) -> String {
    guard let phoneNumberID else { return self }
    let placeholder = "{PHONE_NUMBER_ID}"
    var filled = ""
    var rest = utf8[...]
    // Plainly by bytes: `replacing` builds a search table, on each poll of each number without SIP.
    while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
      filled += String(decoding: rest[..<brace], as: UTF8.self)
      rest = rest[brace...]
      let isPlaceholder = rest.starts(with: placeholder.utf8)
      filled += isPlaceholder ? phoneNumberID : "{"
      rest = rest.dropFirst(isPlaceholder ? placeholder.utf8.count : 1)
    }
    return filled + String(decoding: rest, as: UTF8.self)
  }
}
