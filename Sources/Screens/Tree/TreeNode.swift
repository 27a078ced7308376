package import Health
package import Monitor

/// One line of the tree, as values that the view draws.
///
/// All texts are as sent and not sanitized.
package struct TreeNode: Hashable, Sendable, Identifiable {
  /// Stable between answers, whatever the order of the entities.
  package indirect enum ID: Hashable, Sendable {
    case number
    /// `occurrence` distinguishes entities with the same type and id, which some answers have.
    case entity(type: String?, id: String?, occurrence: Int)
    case check(String, occurrence: Int)
    case signal(String)
    case poll
    case group(Group, of: ID)
    case template(String, of: ID)
    case sibling(PhoneNumber.ID, of: ID)
    case otherWABA(String, of: ID)
    case more(ID)
    /// The root of an inverted tree, or an account in one.
    case root(CauseID)
  }

  /// A folded group below an entity.
  package enum Group: Hashable, Sendable {
    case templates
    /// The other numbers of a WABA.
    case numbers
    /// The other WABAs of a business.
    case wabas
    /// A provider's own checks.
    case checks
  }

  package enum Subject: Hashable, Sendable {
    /// The tree's number, with its PHONE_NUMBER entity if the answer has one.
    case number(HealthEntity?)
    case entity(HealthEntity)
    /// A signal that makes the number bad: status, quality, name.
    case signal(Cause)
    case check(ProviderCheck)
    /// The latest poll, if it failed.
    case poll(ProviderError)
    case group(Group)
    case template(MessageTemplate, waba: String)
    /// Templates that could not be read.
    case unreadable(ProviderError)
    case sibling(PhoneNumber.ID)
    case otherWABA(id: String, numbers: Int)
    /// So many more items, shown when it is opened.
    case more(Int)
    /// The root of an inverted tree, or an account in one.
    case root(CauseID)
  }

  package let id: ID
  package let subject: Subject
  /// Nil for a line that represents more items.
  package let state: HealthState?
  /// The state of calls over SIP; nil if unknown.
  package var calling: HealthState?
  /// The provider's word for the type; nil if there is none, as for siblings and templates.
  package var type: String?
  /// An id or a number; nil if there is none.
  package var identifier: String?
  package var name: String?
  /// The text at the right: an error's code, a language and status, or "2 blocked 7 ok".
  package var note: String?
  /// The size of a group.
  package var count: Int?
  /// Whether it explains the number's state.
  package var isCause = false
  package internal(set) var isExpandable = false
  package internal(set) var isExpanded = false
  /// Its distance from the root, which has 0.
  package internal(set) var depth = 0
  /// For each level from 1 to `depth`, whether its line continues below.
  ///
  /// The last one decides between ├ (true) and └ (false).
  package internal(set) var lines: [Bool] = []

  package init(id: ID, subject: Subject, state: HealthState?) {
    self.id = id
    self.subject = subject
    self.state = state
  }
}
