/// Meta's `health_status` as it comes over the wire, in all known spellings.
///
/// Kapso, 360dialog, Kaleyra, Meta and Graph-compatible providers send the same object.
struct GraphHealthResponse {
  let canSendMessage: String?
  /// Each an object; `GraphEntity` reads it.
  let entities: [JSON]
  private let listing: Listing
  /// `error` next to the overall word.
  let error: JSON?
  /// The provider's text if the health, or one of its entities, could not be read.
  let failure: String?

  private enum Listing {
    /// There is no list at all.
    case missing
    case empty
    case filled
  }

  /// The health object itself.
  init(_ json: JSON) {
    canSendMessage = json[anyOf: GraphKeys.canSendMessage]?.nonBlankText
    // `{}` is an empty list; any other object is a single entity without its list.
    var entities: [JSON] = []
    let sent = json[anyOf: GraphKeys.entities]
    if let sent, !sent.isEmpty { entities = sent.list.filter(\.isObject) }
    listing = sent == nil ? .missing : entities.isEmpty ? .empty : .filled
    // Errors next to the overall word count as an entity's, because there is no entity that has
    // them.
    if let errors = json[anyOf: GraphKeys.errors], !errors.isEmpty { entities.append(json) }
    self.entities = entities
    error = json["error"].flatMap { $0.bool == false || $0.isEmpty ? nil : $0 }
    let denial = ([json] + entities).first(where: \.deniesSuccess)
    failure = denial.map(Self.words)
  }

  private static func words(_ denial: JSON) -> String {
    let words = denial.errorWords.map { ": \($0.quoted)" } ?? ""
    return "The health of this number came with success: false\(words)."
  }

  /// Whether it has an overall word or an entity; an empty list or a failure is no health.
  var hasHealth: Bool { failure == nil && (canSendMessage != nil || !entities.isEmpty) }

  /// A sentence if the list of entities is missing, unless the provider never sends one.
  func missingDetail(isListPromised: Bool) -> String? {
    guard canSendMessage != nil else { return nil }
    return switch listing {
    case .filled: nil
    case .empty: "The answer has a summary, and an empty list of entities."
    case .missing where isListPromised: "The answer has a summary, and no list of entities."
    case .missing: nil
    }
  }

  /// The health object of a whole answer: `health_status`, else `data.health_status`, else the root
  /// or `data` itself.
  ///
  /// Nil if there is none: the number is then neither healthy nor blocked.
  ///
  /// - Parameters:
  ///   - answer: The whole answer.
  ///   - health: The `health_status` of another answer, if this one was requested without it.
  init?(answer: JSON, health: JSON? = nil) {
    let data = answer[anyOf: GraphKeys.data]
    let own = health ?? answer[anyOf: GraphKeys.health]
    let holder =
      own?.asObject ?? data?[anyOf: GraphKeys.health]?.asObject
      ?? (Self.isHealth(answer) ? answer : data)
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
  /// All other `can_…` fields, by name.
  let otherChannels: [(name: String, value: String)]
  /// The lists with reasons.
  let additionalInfo: JSON?
  let errors: JSON?

  init(_ json: JSON) {
    type = json[anyOf: GraphKeys.entityType]?.nonBlankText
    id = json[anyOf: GraphKeys.id]?.nonBlankText
    name = json["name"]?.nonBlankText
    canSendMessage = json[anyOf: GraphKeys.canSendMessage]?.nonBlankText
    canReceiveCallSIP = json[anyOf: GraphKeys.canReceiveCallSIP]?.nonBlankText
    otherChannels = Self.otherChannels(json)
    additionalInfo = json[anyOf: GraphKeys.additionalInfo]
    errors = json[anyOf: GraphKeys.errors]
  }
}

extension GraphEntity {
  private static func otherChannels(_ json: JSON) -> [(name: String, value: String)] {
    guard json.hasMember(withPrefix: "can_", otherThan: Self.channels) else { return [] }
    return json.members
      .filter { $0.name.hasPrefix("can_") && !channels.contains($0.name) }
      .compactMap { member in member.value.summary.map { (member.name, $0) } }
      .sorted { $0.0 < $1.0 }
  }

  private static let channels = GraphKeys.canSendMessage + GraphKeys.canReceiveCallSIP
}

/// A fault of an entity, as sent.
struct GraphEntityError {
  let code: String?
  let description: String?
  let solution: String?

  /// Nil if it is empty: `null`, `{}`, `""`.
  init?(_ json: JSON) {
    guard json.isObject else {
      guard let text = json.nonBlankText else { return nil }
      (code, description, solution) = (nil, text, nil)
      return
    }
    code = json[anyOf: GraphKeys.code]?.nonBlankText
    description = json[anyOf: GraphKeys.description]?.nonBlankText
    solution = json[anyOf: GraphKeys.solution]?.nonBlankText
    if code == nil, description == nil, solution == nil { return nil }
  }
}

/// Keys with more than one spelling, the documented one first.
private enum GraphKeys {
  static let data = ["data", "Data"]
  static let health = ["health_status", "HealthStatus"]
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
  static let code = ["error_code", "code", "ErrorCode", "errorCode", "Code", "error_subcode"]
  static let description = [
    "error_description", "message", "description", "ErrorDescription", "errorDescription",
    "Message",
  ]
  static let solution = ["possible_solution", "solution", "PossibleSolution", "possibleSolution"]
}

extension JSON {
  /// An object, even if it was sent as a string.
  fileprivate var asObject: JSON? {
    if isObject { return self }
    guard let value = embedded else { return nil }
    return value.isObject ? value : nil
  }
}
