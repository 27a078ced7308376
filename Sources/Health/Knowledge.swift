/// What is known about an error code, or about a fact beside a word, in our own words.
///
/// A code is the key where there is one, never its text: texts vary, are translated, and are sometimes
/// wrong.
package struct KnowledgeEntry: Hashable, Sendable {
  /// What a row is about.
  package enum Subject: Hashable, Sendable {
    /// An error code, on any entity unless types are named.
    case code(Int, on: [EntityType] = [])
    case topic(KnowledgeTopic)
  }

  package let subject: Subject
  /// Two or three words, at most 22 cells, for where there is no room for the meaning.
  package let shortName: String
  package let meaning: String
  package let remedy: String
  /// Nil where nobody has to act, or where the facts do not tell who.
  package let whoActs: WhoActs?
  package let page: KnowledgePage?
  /// The page, and its section, that says so.
  package let source: String

  init(
    _ subject: Subject,
    _ shortName: String,
    _ meaning: String,
    remedy: String,
    _ whoActs: WhoActs?,
    _ page: KnowledgePage? = nil,
    source: String
  ) {
    self.subject = subject
    self.shortName = shortName
    self.meaning = meaning
    self.remedy = remedy
    self.whoActs = whoActs
    self.page = page
    self.source = source
  }

  package var code: Int? {
    if case .code(let code, _) = subject { code } else { nil }
  }

  /// Where it can be done, for the WABA and business of the number at hand; nil while those are unknown.
  package func link(waba: String?, business: String?) -> String? {
    page?.link(waba: waba, business: business)
  }
}

/// The one table of what is known: its rows are in `Knowledge+Codes` and `Knowledge+Topics`.
package enum Knowledge {
  package static let all = codes + topics

  /// What is known about a code; nil for one without a public explanation, which is shown as sent.
  ///
  /// The type of the entity counts too: 131000 means something else on a flow than on a business.
  package static func entry(
    for code: EntityError.Code?,
    on type: EntityType? = nil
  ) -> KnowledgeEntry? {
    guard case .number(let number) = code, let rows = byCode[number] else { return nil }
    return rows.first { row in
      guard case .code(_, let types) = row.subject else { return false }
      return types.isEmpty || type.map(types.contains) ?? true
    }
  }

  /// Whether a code says that numbers can't send as they should: not one about calls, about a single
  /// template or flow, or about how Graph is asked.
  static func isMessagingFault(_ code: EntityError.Code, on type: EntityType?) -> Bool {
    guard let entry = entry(for: code, on: type?.known) else { return false }
    return messagingFaults.contains(entry.subject)
  }

  package static func entry(for topic: KnowledgeTopic) -> KnowledgeEntry? { byTopic[topic] }

  /// What is known about a cause: by what the facts beside it say, else by its code.
  package static func entry(for cause: Cause) -> KnowledgeEntry? {
    if let entry = cause.topic.flatMap(entry(for:)) { return entry }
    if case .entity(let type) = cause.kind { return entry(for: cause.code, on: type.known) }
    return entry(for: cause.code)
  }

  private static let byCode = Dictionary(grouping: codes) { $0.code ?? 0 }

  private static let byTopic = Dictionary(
    topics.compactMap { row -> (KnowledgeTopic, KnowledgeEntry)? in
      guard case .topic(let topic) = row.subject else { return nil }
      return (topic, row)
    },
    uniquingKeysWith: { first, _ in first }
  )
}

extension EntityType {
  /// Nil for a type that was not sent, or that nobody knows: a code counts there all the same.
  fileprivate var known: EntityType? {
    if case .unrecognized = self { nil } else { self }
  }
}
