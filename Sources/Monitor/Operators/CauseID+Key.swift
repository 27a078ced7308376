import Health

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
}

extension Cause.Kind {
  fileprivate init(word: String) {
    let kinds: [Self] = [.status, .quality, .name, .token, .webhook, .check, .poll]
    self = kinds.first { $0.word == word } ?? .entity(EntityType(word: word))
  }
}

extension Substring {
  /// What is before and behind a character.
  fileprivate func parted(at place: Index?) -> (String, String)? {
    place.map { (String(self[..<$0]), String(self[index(after: $0)...])) }
  }
}
