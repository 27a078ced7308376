package import Health
package import Monitor

/// One line of the tree: values only, the view draws them.
///
/// All texts are as sent and not sanitized.
package struct TreeNode: Hashable, Sendable, Identifiable {
  /// Stays the same from answer to answer, whatever the order of the entities.
  package indirect enum ID: Hashable, Sendable {
    case number
    /// `occurrence` tells entities of one type and id apart: such answers exist.
    case entity(type: String?, id: String?, occurrence: Int)
    case check(String, occurrence: Int)
    case signal(String)
    case poll
    case group(Group, of: ID)
    case template(String, of: ID)
    case sibling(PhoneNumber.ID, of: ID)
    case otherWABA(String, of: ID)
    case more(ID)
    /// Of an inverted tree, and an account in one.
    case root(CauseID)
  }

  /// A folded crowd under an entity.
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
    /// The number the tree is of, with its PHONE_NUMBER entity where the answer had one.
    case number(HealthEntity?)
    case entity(HealthEntity)
    /// A signal that makes the number bad: status, quality, name.
    case signal(Cause)
    case check(ProviderCheck)
    /// The latest poll, where it failed.
    case poll(ProviderError)
    case group(Group)
    case template(MessageTemplate, waba: String)
    /// Templates that could not be read.
    case unreadable(ProviderError)
    case sibling(PhoneNumber.ID)
    case otherWABA(id: String, numbers: Int)
    /// So many more, not shown until it is opened.
    case more(Int)
    /// What an inverted tree is of, or an account in one.
    case root(CauseID)
  }

  package let id: ID
  package let subject: Subject
  /// Nil for the line that stands for more of them.
  package let state: HealthState?
  /// What it says of calls over SIP; nil where it says nothing.
  package var calling: HealthState?
  /// The provider's word of the type; nil where there is none, as for siblings and templates.
  package var type: String?
  /// An id or a number; nil where there is none.
  package var identifier: String?
  package var name: String?
  /// What stands to the right: an error's code, a language and status, "2 blocked 7 ok".
  package var note: String?
  /// How many a group holds.
  package var count: Int?
  /// It explains the state of the number.
  package var isCause = false
  package internal(set) var isExpandable = false
  package internal(set) var isExpanded = false
  /// How far it is from the root, which is 0.
  package internal(set) var depth = 0
  /// For each level from 1 to `depth`: does its line go on below? The last says ├ (true) or └ (false).
  package internal(set) var lines: [Bool] = []

  package init(id: ID, subject: Subject, state: HealthState?) {
    self.id = id
    self.subject = subject
    self.state = state
  }
}
