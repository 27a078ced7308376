/// A fact besides the numbers' health that could not be read.
///
/// Its numbers count as answered partly: a row must not look complete if it is unknown whether its
/// WABA is disabled.
package struct UnreadFact: Hashable, Sendable {
  /// The node that has the fact; nil if it concerns all numbers of the account.
  package let entity: EntityReference?
  /// One plain sentence that contains the provider's words.
  package let sentence: String

  /// - Parameters:
  ///   - what: Such as `status`.
  ///   - entity: The node that has the fact; nil for the account's token.
  ///   - reason: Why, as one sentence.
  package init(_ what: String, of entity: EntityReference?, because reason: String) {
    self.entity = entity
    let node = entity.map { "\($0.type.word) \($0.id)" } ?? "Token"
    sentence = "\(node): \(what) not read: \(reason)"
  }
}

extension PollTarget {
  /// Whether it reads facts that affect numbers.
  package var isOfNumbersFacts: Bool { purpose == .facts && !isOfTemplates }

  /// What is unknown if the whole target stays unread; nil if no numbers are concerned.
  package func unread(because reason: String) -> UnreadFact? {
    isOfNumbersFacts ? UnreadFact("facts", of: entity, because: reason) : nil
  }
}
