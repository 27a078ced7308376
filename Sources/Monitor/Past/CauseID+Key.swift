package import Health

extension CauseID {
  /// The cause that a key is of; nil of a kind that a later version writes.
  package init?(key: String) {
    let (word, rest) = key.divided(at: key.firstIndex(of: "/"))
    // Names of accounts and texts may have slashes too.
    let (kind, text) = rest.divided(at: rest.firstIndex(of: "/"))
    let (name, trouble) = rest.divided(at: rest.lastIndex(of: "/"))
    switch (word, Trouble(rawValue: trouble)) {
    case ("offline", _): self = .offline
    case ("templates", _): self = .templates(TemplateStatus(word: rest))
    case ("entity", _): self = .entity(EntityReference(type: EntityType(word: kind), id: text))
    case ("signal", _): self = .signal(Cause.Kind(word: kind), text: text)
    case ("account", let trouble?): self = .account(name, trouble)
    case ("provider", let trouble?): self = .provider(name, trouble)
    default: return nil
    }
  }

  /// What kind of cause a number has of it; nil where it hits no number.
  var kind: Cause.Kind? {
    switch self {
    case .entity(let reference): .entity(reference.type)
    case .signal(let kind, _): kind
    case .account, .provider, .offline: .poll
    case .templates: nil
    }
  }

  /// Why polls fail; nil of what WhatsApp reports.
  var trouble: Trouble? {
    switch self {
    case .account(_, let trouble), .provider(_, let trouble): trouble
    case .offline: .unreachable
    case .entity, .signal, .templates: nil
    }
  }
}

extension Cause.Kind {
  /// Any word that is no signal's is an entity's.
  init(word: String) {
    let signals: [Self] = [.status, .quality, .name, .token, .webhook, .check, .poll]
    self = signals.first { $0.word == word } ?? .entity(EntityType(word: word))
  }
}

extension CauseID.Trouble {
  /// The failure of a poll that this is made of; nil where polls are answered.
  package var errorKind: ProviderError.Kind? {
    switch self {
    case .keyRejected: .credentialRejected
    case .unreachable: .unreachable
    case .throttled: .throttled(retryAfter: nil)
    case .refused: .numberRefused
    case .providerError: .providerError
    case .notUnderstood: .unintelligible
    case .silent, .listIncomplete: nil
    }
  }
}

extension String {
  /// What is before and what is after a place; without one, all is before it.
  fileprivate func divided(at place: Index?) -> (String, String) {
    guard let place else { return (self, "") }
    return (String(self[..<place]), String(self[index(after: place)...]))
  }
}
