package import Health

extension CauseID {
  /// The cause of a `key`; nil for a text that is none.
  package init?(key: String) {
    let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count > 1 ? parts[1] : ""
    switch parts[0] {
    case "offline" where rest.isEmpty: self = .offline
    case "templates" where !rest.isEmpty: self = .templates(TemplateStatus(word: String(rest)))
    case "entity":
      guard let (word, id) = rest.parted(at: rest.firstIndex(of: "/")) else { return nil }
      self = .entity(EntityReference(type: EntityType(word: word), id: id))
    case "signal":
      guard let (word, text) = rest.parted(at: rest.firstIndex(of: "/")) else { return nil }
      self = .signal(Cause.Kind(word: word), text: text)
    case "account", "provider":
      // Names may have slashes, troubles have none.
      guard let (name, word) = rest.parted(at: rest.lastIndex(of: "/")),
        let trouble = Trouble(rawValue: word)
      else { return nil }
      self = parts[0] == "account" ? .account(name, trouble) : .provider(name, trouble)
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
  package var trouble: Trouble? {
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

extension Substring {
  /// What is before and behind a character.
  fileprivate func parted(at place: Index?) -> (String, String)? {
    place.map { (String(self[..<$0]), String(self[index(after: $0)...])) }
  }
}
