import Health

/// What can be polled at Meta, and the ids of these poll targets.
enum MetaGraphTarget: Hashable, Sendable {
  /// A single number.
  case number(String)
  /// All numbers of a WABA.
  case numbers(waba: String)
  /// A WABA's own name and states.
  case businessAccount(String)
  /// A portfolio's name and states.
  case business(String)
  /// The templates of a WABA.
  case templates(waba: String)
  /// The account's own token.
  case token

  init?(_ id: String) {
    guard let slash = id.firstIndex(of: "/") else { return nil }
    let node = String(id[id.index(after: slash)...])
    switch id[..<slash] {
    case "number": self = .number(node)
    case "waba": self = .numbers(waba: node)
    case "waba-facts": self = .businessAccount(node)
    case "business-facts": self = .business(node)
    case "templates": self = .templates(waba: node)
    case "token": self = .token
    default: return nil
    }
  }

  var id: String {
    switch self {
    case .number(let id): "number/\(id)"
    case .numbers(let waba): "waba/\(waba)"
    case .businessAccount(let waba): "waba-facts/\(waba)"
    case .business(let id): "business-facts/\(id)"
    case .templates(let waba): "templates/\(waba)"
    case .token: "token/own"
    }
  }

  func pollTarget(numbers: [PhoneNumber] = []) -> PollTarget {
    switch self {
    case .number, .numbers: PollTarget(id: id, purpose: .health, numbers: numbers)
    case .businessAccount, .business, .token:
      PollTarget(id: id, purpose: .facts, entity: entity)
    case .templates: PollTarget(id: id, purpose: .facts, isOfTemplates: true)
    }
  }

  private var entity: EntityReference? {
    switch self {
    case .businessAccount(let id): EntityReference(type: .waba, id: id)
    case .business(let id): EntityReference(type: .business, id: id)
    case .number, .numbers, .templates, .token: nil
    }
  }
}
