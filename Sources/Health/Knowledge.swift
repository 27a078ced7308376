/// What is known about an error code or a topic, in our own words.
///
/// The key is the code if there is one, never its text: texts vary, are translated, and are
/// sometimes wrong.
package struct KnowledgeEntry: Hashable, Sendable {
  /// What a row is about.
  package enum Subject: Hashable, Sendable {
    /// An error code, on the entities named or on any.
    case code(Int, on: [EntityType] = [])
    case topic(KnowledgeTopic)
  }

  package let subject: Subject
  /// Two or three words, at most 22 cells, used if the meaning does not fit.
  package let shortName: String
  package let meaning: String
  package let remedy: String
  /// Nil if nobody has to act, or if the facts don't say who.
  package let whoActs: WhoActs?
  package let page: KnowledgePage?
  /// The page and section that this comes from.
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

  /// The page for the fix, for the number's WABA and business; nil if those are unknown.
  package func link(waba: String?, business: String?) -> String? {
    page?.link(waba: waba, business: business)
  }
}

/// The table of all that is known.
///
/// Its rows are in `Knowledge+Codes` and `Knowledge+Topics`.
package enum Knowledge {
  package static let all = codes + topics

  /// What is known about a code; nil for a code without a public explanation, which is shown as
  /// sent.
  ///
  /// The type of the entity matters: 131000 means one thing on a flow and another on a business.
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

  /// Whether a code says that numbers can't send normally.
  ///
  /// Codes about calls, single templates or flows, and refused requests don't.
  static func isMessagingFault(_ code: EntityError.Code, on type: EntityType?) -> Bool {
    guard let entry = entry(for: code, on: type?.known) else { return false }
    return messagingFaults.contains(entry.subject)
  }

  package static func entry(for topic: KnowledgeTopic) -> KnowledgeEntry? { byTopic[topic] }

  /// What is known about a cause, by its topic or else by its code.
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
  /// Nil for a missing or unknown type, on which any code counts.
  fileprivate var known: EntityType? {
    if case .unrecognized = self { nil } else { self }
  }
}
