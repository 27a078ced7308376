/// Meta's `health_status` as it comes over the wire, in every spelling that has been seen.
///
/// Kapso, 360dialog, Kaleyra, Meta and whoever answers like Graph carry the same object.
struct GraphHealthResponse {
  let canSendMessage: String?
  let entities: [GraphEntity]

  /// The health object itself.
  init(_ json: JSON) {
    canSendMessage = json[anyOf: GraphKeys.canSendMessage]?.nonBlankText
    let sent = json[anyOf: GraphKeys.entities] ?? .null
    // An empty list that was written as `{}`, against one entity that was sent without its list.
    entities = sent.isEmpty ? [] : sent.list.filter(\.isObject).map(GraphEntity.init)
  }

  /// The health object of a whole answer: `health_status`, else `data.health_status`, else what stands
  /// at the root or under `data` itself.
  ///
  /// Nil where there is none: that is neither healthy nor blocked.
  init?(answer: JSON) {
    let data = answer[anyOf: ["data", "Data"]]
    let named = [answer, data].compactMap { $0?[anyOf: ["health_status", "HealthStatus"]] }
    let holder =
      named.compactMap(\.asObject).first
      ?? [answer, data].compactMap(\.self).first { Self.isHealth($0) }
    guard let holder, Self.isHealth(holder) else { return nil }
    self.init(holder)
  }

  private static func isHealth(_ json: JSON) -> Bool {
    json[anyOf: GraphKeys.canSendMessage] != nil || json[anyOf: GraphKeys.entities] != nil
  }
}

/// One node of the health tree, as sent.
struct GraphEntity {
  let type: String?
  let id: String?
  let name: String?
  let canSendMessage: String?
  let canReceiveCallSIP: String?
  /// Every further `can_…`, by name.
  let otherChannels: [(name: String, value: String)]
  let additionalInfo: [String]
  let errors: [GraphEntityError]

  init(_ json: JSON) {
    type = json[anyOf: GraphKeys.entityType]?.nonBlankText
    id = json[anyOf: GraphKeys.id]?.nonBlankText
    name = json["name"]?.nonBlankText
    canSendMessage = json[anyOf: GraphKeys.canSendMessage]?.nonBlankText
    canReceiveCallSIP = json[anyOf: GraphKeys.canReceiveCallSIP]?.nonBlankText
    otherChannels = Self.otherChannels(json)
    additionalInfo =
      (json[anyOf: GraphKeys.additionalInfo] ?? .null).list.compactMap(\.summary)
    errors = (json[anyOf: GraphKeys.errors] ?? .null).list.compactMap(GraphEntityError.init)
  }
}

extension GraphEntity {
  private static func otherChannels(_ json: JSON) -> [(name: String, value: String)] {
    guard case .object(let sent) = json, sent.contains(where: { isOtherChannel($0.name) }) else {
      return []
    }
    return json.members
      .filter { isOtherChannel($0.name) }
      .compactMap { member in member.value.summary.map { (member.name, $0) } }
      .sorted { $0.0 < $1.0 }
  }

  private static func isOtherChannel(_ name: String) -> Bool {
    name.hasPrefix("can_") && !GraphKeys.canSendMessage.contains(name)
      && !GraphKeys.canReceiveCallSIP.contains(name)
  }
}

/// A fault of an entity, as sent.
struct GraphEntityError {
  let code: String?
  let description: String?
  let solution: String?

  /// Nil where nothing is said: `null`, `{}`, `""`.
  init?(_ json: JSON) {
    guard json.isObject else {
      guard let text = json.nonBlankText else { return nil }
      (code, description, solution) = (nil, text, nil)
      return
    }
    code = json[anyOf: ["error_code", "code", "ErrorCode", "errorCode", "Code"]]?.nonBlankText
    description =
      json[anyOf: [
        "error_description", "message", "description", "ErrorDescription", "errorDescription",
        "Message",
      ]]?.nonBlankText
    solution =
      json[anyOf: ["possible_solution", "solution", "PossibleSolution", "possibleSolution"]]?
      .nonBlankText
    if code == nil, description == nil, solution == nil { return nil }
  }
}

/// Keys with more than one spelling, the documented one first.
private enum GraphKeys {
  static let canSendMessage = [
    "can_send_message", "can_send_messages", "entity_status", "CanSendMessage", "canSendMessage",
  ]
  static let canReceiveCallSIP = [
    "can_receive_call_sip", "CanReceiveCallSip", "canReceiveCallSip",
  ]
  static let entities = ["entities", "Entities"]
  static let entityType = ["entity_type", "EntityType", "entityType"]
  static let id = ["id", "Id", "ID", "meta_id"]
  static let additionalInfo = [
    "additional_info", "AdditionalInfo", "AdditionalInfos", "additionalInfo",
  ]
  static let errors = ["errors", "Errors"]
}

extension JSON {
  /// An object, also where it came inside a string.
  fileprivate var asObject: JSON? {
    if isObject { return self }
    guard case .string(let text) = self, let value = Self.embedded(in: text) else { return nil }
    return value.isObject ? value : nil
  }
}
