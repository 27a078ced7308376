import Health

/// An id in the wrong list of the configuration: it belongs to another type of node.
///
/// It does not affect the other numbers of the list, and one request is enough to find it.
struct MisplacedID {
  let id: String
  let wanted: GraphNode.Kind
  /// The real type of the id.
  let found: Kind

  enum Kind: Hashable {
    case phoneNumber
    case businessAccount
    case business
    case other(String)

    /// Reads Graph's name of a node's type; nil for an unknown name.
    init?(typeName: String) {
      switch typeName.lowercased() {
      case "whatsappbusinessphonenumber", "whatsappphonenumber": self = .phoneNumber
      case "whatsappbusinessaccount": self = .businessAccount
      case "business": self = .business
      case "whatsappmessagetemplate", "messagetemplate": self = .other("a message template's id")
      case "application": self = .other("an app's id")
      case "user", "systemuser": self = .other("a user's id")
      case "page": self = .other("a page's id")
      default: return nil
      }
    }

    /// The type of an entity; nil for a template or an app, which have no list.
    init?(_ type: EntityType) {
      switch type {
      case .waba: self = .businessAccount
      case .business: self = .business
      case .phoneNumber, .app, .messageTemplate, .flow, .unrecognized: return nil
      }
    }

    var owner: String {
      switch self {
      case .phoneNumber: "a phone number's id"
      case .businessAccount: "a business account's id"
      case .business: "a business portfolio's id"
      case .other(let owner): owner
      }
    }

    /// The list of the configuration for such ids.
    var list: String? {
      switch self {
      case .phoneNumber: "numbers"
      case .businessAccount: "wabas"
      case .business: "businesses"
      case .other: nil
      }
    }
  }

  /// Nil if the id has the right type, or the refusal does not tell its type.
  ///
  /// A list can also be refused because of a field of its rows; the type is then that of the rows.
  init?(_ subject: GraphSubject, refusing field: Substring, ofType typeName: Substring) {
    guard let node = subject.node, let found = Kind(typeName: String(typeName)),
      found != node.kind.own, !node.kind.isEdge || node.kind.edges.contains(String(field))
    else { return nil }
    (id, wanted, self.found) = (node.id, node.kind, found)
  }

  /// For an answer about a phone number that has no phone number, and in which another entity has
  /// the id.
  init?(number id: String, answeredWith report: HealthReport) {
    let entities = report.entities
    guard report.facts.displayNumber == nil,
      !entities.contains(where: { $0.type?.value == .phoneNumber }),
      let own = entities.first(where: { $0.id == id }),
      let found = own.type.flatMap({ Kind($0.value) })
    else { return nil }
    (self.id, wanted, self.found) = (id, .phoneNumber, found)
  }

  /// The error that says who has to move it, and where to.
  func error(
    asking caller: GraphCaller,
    httpStatus: Int?,
    code: Int? = nil,
    traceID: String? = nil
  ) -> ProviderError {
    let shownCode = code.map { " (\($0))" } ?? ""
    let trace = traceID.map { " Trace \(caller.redacted($0))." } ?? ""
    return ProviderError(
      .numberRefused,
      "\(caller.provider) has no \(wanted.name) \(id)\(shownCode): this is \(found.owner): "
        + "\(place(caller)).\(trace)",
      httpStatus: httpStatus,
      code: code.map(EntityError.Code.number)
    )
  }

  private func place(_ caller: GraphCaller) -> String {
    guard let list = found.list else {
      return "remove it from accounts.\(caller.account).\(wanted.list)"
    }
    guard !caller.listsEveryKind else { return "put it under \(list)" }
    return "put it under \(list) of an account with provider meta, since accounts."
      + "\(caller.account) takes only ids of phone numbers"
  }
}

extension GraphNode.Kind {
  /// The type of its id; nil if such ids are not configured.
  fileprivate var own: MisplacedID.Kind? {
    switch self {
    case .phoneNumber: .phoneNumber
    case .businessAccount, .phoneNumberEdge, .templateEdge: .businessAccount
    case .business, .businessAccountEdge: .business
    case .template: nil
    }
  }

  fileprivate var isEdge: Bool { !edges.isEmpty }

  /// The lists that are requested under such a node.
  fileprivate var edges: [String] {
    switch self {
    case .phoneNumberEdge: ["phone_numbers"]
    case .templateEdge: ["message_templates"]
    case .businessAccountEdge:
      ["owned_whatsapp_business_accounts", "client_whatsapp_business_accounts"]
    case .phoneNumber, .businessAccount, .business, .template: []
    }
  }

  fileprivate var name: String {
    switch self {
    case .phoneNumber: "phone number"
    case .businessAccount, .phoneNumberEdge, .templateEdge: "business account"
    case .business, .businessAccountEdge: "business"
    case .template: "template"
    }
  }

  /// The list of the configuration for such ids.
  fileprivate var list: String { own?.list ?? "numbers" }
}

extension GraphError {
  /// Graph names the type of the requested node: `… on node type (Business)`.
  func misplacement(
    of subject: GraphSubject,
    asking caller: GraphCaller,
    httpStatus: Int?
  ) -> ProviderError? {
    guard code == 100,
      let match = message.firstMatch(of: /field \((\w+)\) on node type \((\w+)\)/)
    else { return nil }
    return MisplacedID(subject, refusing: match.1, ofType: match.2)?
      .error(asking: caller, httpStatus: httpStatus, code: code, traceID: traceID)
  }
}

extension GraphSubject {
  /// Whether it looks like a telephone number: ids are longer, and have no plus.
  var isLikelyTelephoneNumber: Bool {
    guard let node, node.kind == .phoneNumber else { return false }
    return Self.isLikelyTelephoneNumber(node.id)
  }

  /// Whether a text is probably a telephone number: `+44 7700 900132`, `447700900132`.
  package static func isLikelyTelephoneNumber(_ text: String) -> Bool {
    let digits = text.count { $0.isASCII && $0.isNumber }
    guard text.allSatisfy({ $0.isASCII && $0.isNumber || " +-().".contains($0) }) else {
      return false
    }
    let isFormatted = digits < text.count
    return isFormatted ? (7...15).contains(digits) : (7...13).contains(digits)
  }
}
