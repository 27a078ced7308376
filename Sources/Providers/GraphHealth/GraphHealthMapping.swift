package import Health

extension HealthReport {
  /// A Graph node's answer: its health and its phone facts.
  ///
  /// For a phone number's own node and for each row of a WABA's `phone_numbers`, from any provider.
  package init?(graphNode json: JSON) {
    self.init(graphNode: json, parts: AnswerParts())
  }

  /// Nil if the answer has neither health nor any phone fact, which makes it unintelligible.
  ///
  /// Facts without health make an incomplete report.
  ///
  /// - Parameters:
  ///   - json: The node.
  ///   - health: Its `health_status`, if that came in a separate answer.
  ///   - isListPromised: Whether an overall word always comes with a list of entities.
  ///   - parts: The common parts of the account's answers.
  init?(
    graphNode json: JSON,
    health: JSON? = nil,
    isListPromised: Bool = true,
    parts: AnswerParts
  ) {
    let health = GraphHealthResponse(answer: json, health: health)
    let isWrapped = json["id"] == nil && json["data"]?.isObject == true
    let node = isWrapped ? json["data"] ?? json : json
    let facts = PhoneNumberFacts(graph: node)
    // A row of a list may have `success: false`, as a whole answer may.
    let failure = health?.failure ?? (node.deniesSuccess ? GraphHealthResponse(node).failure : nil)
    let said = health.flatMap { failure == nil && $0.hasHealth ? $0 : nil }
    guard said != nil || failure != nil || facts.hasFacts else { return nil }
    let nodeID = node["id"]?.nonBlankText
    self.init(
      nodeID: nodeID,
      providerVerdict: said?.canSendMessage,
      root: said?.canSendMessage.map { AsSent($0) },
      entities: said?.healthEntities(phoneNumberID: nodeID, parts: parts) ?? [],
      facts: facts,
      checks: ProviderCheck.callback(node["webhook_configuration"]).map { [$0] } ?? [],
      incomplete: Self.gap(
        said.map { $0.missingDetail(isListPromised: isListPromised) }
          ?? failure ?? Knowledge.noHealthData.meaning,
        node.wordsNotUnderstood(of: ["status", "name_status", "quality_rating"])
      )
    )
    besides = Self.error(beside: health, in: json)
  }

  private static func gap(_ first: String?, _ second: String?) -> String? {
    [first, second].compactMap(\.self).first
  }

  /// The error in an answer that has health too.
  private static func error(beside health: GraphHealthResponse?, in json: JSON) -> EntityError? {
    // A list of errors in the health object itself is read as an entity's.
    let places = [health?.error, json.errorBeside, json["data"]?.errorBeside]
    guard let sent = places.compactMap(\.self).first, health?.failure == nil else { return nil }
    let error = sent.list.lazy.compactMap(GraphEntityError.init).first.map { EntityError($0) }
    guard let error, error.description != nil else {
      return EntityError(code: error?.code, description: sent.summary, solution: nil)
    }
    return error
  }
}

extension JSON {
  /// A sentence on those of these members that are objects or lists instead of words; nil if there
  /// are none.
  func wordsNotUnderstood(of names: [String]) -> String? {
    for name in names {
      guard let sent = self[name], sent.isObject || sent.isArray, !sent.isEmpty else { continue }
      return "Its \(name) was not understood: \((sent.summary ?? "").quoted)."
    }
    return nil
  }
}

extension ProviderCheck {
  /// A failed check if the number has no callback address; nil if there is one, or nothing is
  /// known.
  fileprivate static func callback(_ configuration: JSON?) -> ProviderCheck? {
    guard let configuration, configuration.isObject, !configuration.isEmpty,
      configuration.members.allSatisfy({ $0.value.nonBlankText == nil })
    else { return nil }
    return ProviderCheck(
      name: "webhook_configuration",
      kind: .webhook,
      passed: false,
      message: "The app's subscription has no callback URL: messages do not arrive."
    )
  }
}

extension HealthEntity {
  /// The first entity of a type in a Graph node's answer, such as a template's own health.
  package init?(ofType type: EntityType, graphNode json: JSON) {
    let entities = Self.all(inGraphNode: json)
    guard let entity = entities.first(where: { $0.type?.value == type }) else { return nil }
    self = entity
  }

  /// All entities of a Graph node's answer, such as a WABA's own node, in the order sent.
  package static func all(inGraphNode json: JSON) -> [HealthEntity] {
    let health = GraphHealthResponse(answer: json)
    return health?.healthEntities(phoneNumberID: nil, parts: AnswerParts()) ?? []
  }
}

extension GraphHealthResponse {
  /// The entities, with `{PHONE_NUMBER_ID}` filled in: the listed PHONE_NUMBER's id, else this one.
  func healthEntities(phoneNumberID: String?, parts: AnswerParts) -> [HealthEntity] {
    let entities = entities.map { json in
      parts.entities.value(of: json.source) { HealthEntity(GraphEntity(json), parts) }
    }
    let listed = entities.first { $0.id != nil && $0.type?.value == .phoneNumber }
    let phoneNumberID = listed?.id ?? phoneNumberID
    return entities.map { $0.fillingIn(phoneNumberID: phoneNumberID) }
  }
}

extension HealthEntity {
  fileprivate init(_ entity: GraphEntity, _ parts: AnswerParts) {
    self.init(
      type: entity.type.map { AsSent($0) },
      id: entity.id,
      name: entity.name,
      canSendMessage: entity.canSendMessage.map { AsSent($0) },
      canReceiveCallSIP: entity.canReceiveCallSIP.map { AsSent($0) },
      otherChannels: entity.otherChannels.map { Fact($0.name, $0.value) },
      additionalInfo: entity.additionalInfo.map { sent in
        parts.texts.value(of: sent.source) { sent.list.compactMap(\.summary) }
      } ?? [],
      errors: entity.errors.map { sent in
        parts.errors.value(of: sent.source) {
          sent.list.compactMap(GraphEntityError.init).map { EntityError($0) }
        }
      } ?? []
    )
  }
}

extension EntityError {
  fileprivate init(_ error: GraphEntityError) {
    self.init(
      code: error.code.map { Code($0) },
      description: error.description.map(Secrets.blotted),
      solution: error.solution.map(Secrets.blotted)
    )
  }
}
