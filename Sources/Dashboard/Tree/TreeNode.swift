package import Health

/// One line of the tree: values only, the view draws them.
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
  }

  package let id: ID
  package let subject: Subject
  /// 0 is the root.
  package let depth: Int
  /// For each level from 1 to `depth`: does its line go on below? The last says ├ (true) or └ (false).
  package internal(set) var lines: [Bool]
  /// Nil for the line that stands for more of them.
  package let state: HealthState?
  package let calling: HealthState?
  /// The provider's word of the type; nil where the provider sent none, and for siblings.
  package let type: String?
  /// An id or a number, as sent; nil where there is none. Not sanitized, as all texts here.
  package let identifier: String?
  package let name: String?
  /// What stands to the right: a language and status, "2 blocked", "6 more".
  package let note: String?
  /// How many a group holds.
  package let count: Int?
  /// It explains the state of the number.
  package let isCause: Bool
  package let isExpandable: Bool
  package let isExpanded: Bool

  init(
    id: ID,
    subject: Subject,
    depth: Int,
    state: HealthState?,
    calling: HealthState? = nil,
    type: String?,
    identifier: String? = nil,
    name: String? = nil,
    note: String? = nil,
    count: Int? = nil,
    isCause: Bool = false,
    isExpandable: Bool = false,
    isExpanded: Bool = false
  ) {
    self.id = id
    self.subject = subject
    self.depth = depth
    lines = []
    self.state = state
    self.calling = calling
    self.type = type
    self.identifier = identifier
    self.name = name
    self.note = note
    self.count = count
    self.isCause = isCause
    self.isExpandable = isExpandable
    self.isExpanded = isExpanded
  }
}
