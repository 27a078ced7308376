/// A fact beside the numbers' health that could not be read.
///
/// The numbers that it belongs to were answered only in part: a row must not look whole while nobody
/// could ask whether its WABA is disabled.
package struct UnreadFact: Hashable, Sendable {
  /// The node that it is of; nil for what belongs to every number that the account reads.
  package let entity: EntityReference?
  /// One plain sentence, with the provider's words in it.
  package let sentence: String

  /// - Parameters:
  ///   - what: Such as `status`.
  ///   - entity: The node that it is of; nil for the account's token.
  ///   - reason: Why, as one sentence.
  package init(_ what: String, of entity: EntityReference?, because reason: String) {
    self.entity = entity
    let node = entity.map { "\($0.type.word) \($0.id)" } ?? "Token"
    sentence = "\(node): \(what) not read: \(reason)"
  }
}

extension PollTarget {
  /// It brings facts that count for numbers.
  package var isOfNumbersFacts: Bool { purpose == .facts && !isOfTemplates }

  /// What is not known where all of it stays unread; nil where numbers are not concerned.
  package func unread(because reason: String) -> UnreadFact? {
    isOfNumbersFacts ? UnreadFact("facts", of: entity, because: reason) : nil
  }
}
