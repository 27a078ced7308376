import Health

/// An id that belongs to another kind of node than the list of the configuration that it stands in.
///
/// It says nothing of the numbers beside it, and one request is enough to know.
struct MisplacedID {
  let id: String
  let wanted: GraphNode.Kind
  /// What the id really is.
  let found: Kind

  enum Kind: Hashable {
    case phoneNumber
    case businessAccount
    case business
    case other(String)

    /// Graph's name of a node's type; nil for a name that nobody knows yet.
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

    /// The same of an entity; a template or an app has no list that it could stand in.
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

    /// The list of the configuration that takes it.
    var list: String? {
      switch self {
      case .phoneNumber: "numbers"
      case .businessAccount: "wabas"
      case .business: "businesses"
      case .other: nil
      }
    }
  }

  /// Nil where the id is what was asked for, or where the refusal tells nothing of it.
  ///
  /// A list is refused for a field of its rows as well, and then the type is that of the rows.
  init?(_ subject: GraphSubject, refusing field: Substring, ofType typeName: Substring) {
    guard let node = subject.node, let found = Kind(typeName: String(typeName)),
      found != node.kind.own, !node.kind.isEdge || node.kind.edges.contains(String(field))
    else { return nil }
    (id, wanted, self.found) = (node.id, node.kind, found)
  }

  /// Of an answer about a phone number: the id is that of another entity in it, and no phone number is
  /// there.
  init?(number id: String, answeredWith report: HealthReport) {
    let entities = report.entities
    guard report.facts.displayNumber == nil,
      !entities.contains(where: { $0.type?.value == .phoneNumber }),
      let own = entities.first(where: { $0.id == id }),
      let found = own.type.flatMap({ Kind($0.value) })
    else { return nil }
    (self.id, wanted, self.found) = (id, .phoneNumber, found)
  }

  /// Who has to move it, and where to.
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
      return "take it out of accounts.\(caller.account).\(wanted.list)"
    }
    guard !caller.listsEveryKind else { return "put it under \(list)" }
    return "put it under \(list) of an account with provider meta, since accounts."
      + "\(caller.account) takes only ids of phone numbers"
  }
}

extension GraphNode.Kind {
  /// What its own id is the id of; nil where nobody writes such an id down.
  fileprivate var own: MisplacedID.Kind? {
    switch self {
    case .phoneNumber: .phoneNumber
    case .businessAccount, .phoneNumberEdge, .templateEdge: .businessAccount
    case .business, .businessAccountEdge: .business
    case .template: nil
    }
  }

  fileprivate var isEdge: Bool { !edges.isEmpty }

  /// The lists that are asked for under such a node.
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

  /// The list of the configuration that such ids stand in.
  fileprivate var list: String { own?.list ?? "numbers" }
}

extension GraphError {
  /// Graph names the type of the node that it was asked for: `… on node type (Business)`.
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
  /// Ids of phone numbers are longer, and have no plus.
  var isLikelyTelephoneNumber: Bool {
    guard let node, node.kind == .phoneNumber else { return false }
    return Self.isLikelyTelephoneNumber(node.id)
  }

  /// Whether somebody has written down a telephone number: `+44 7700 900132`, `447700900132`.
  package static func isLikelyTelephoneNumber(_ text: String) -> Bool {
    let digits = text.count { $0.isASCII && $0.isNumber }
    guard text.allSatisfy({ $0.isASCII && $0.isNumber || " +-().".contains($0) }) else {
      return false
    }
    let isFormatted = digits < text.count
    return isFormatted ? (7...15).contains(digits) : (7...13).contains(digits)
  }
}
