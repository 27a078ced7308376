/// What kind of node of the health tree an entity is.
package enum EntityType: ProviderWord {
  case phoneNumber
  case waba
  case business
  case app
  case messageTemplate
  case flow
  case unrecognized(String)

  package init(word: String) {
    switch word {
    case "PHONE_NUMBER": self = .phoneNumber
    case "WABA": self = .waba
    case "BUSINESS": self = .business
    case "APP": self = .app
    case "MESSAGE_TEMPLATE": self = .messageTemplate
    case "FLOW": self = .flow
    default: self = .unrecognized(word)
    }
  }

  /// The provider's word, as in JSON and on the screen.
  package var word: String {
    switch self {
    case .phoneNumber: "PHONE_NUMBER"
    case .waba: "WABA"
    case .business: "BUSINESS"
    case .app: "APP"
    case .messageTemplate: "MESSAGE_TEMPLATE"
    case .flow: "FLOW"
    case .unrecognized(let word): word
    }
  }
}

/// Identifies an entity in all answers: the same WABA under many numbers is one reference.
///
/// It is not unique within one answer: in some answers all entities share an id.
package struct EntityReference: Hashable, Sendable {
  package let type: EntityType
  package let id: String

  package init(type: EntityType, id: String) {
    self.type = type
    self.id = id
  }
}
