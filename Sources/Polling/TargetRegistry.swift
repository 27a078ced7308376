package import Health

/// The targets of an account and the numbers they bring: turns answers into what the screen has to know.
///
/// Numbers appear when they are first heard of and vanish when no target brings them any longer. A
/// failure that belongs to no number is shown by a number that stands for the account.
package struct TargetRegistry: Sendable {
  /// What an answer changes.
  package struct Change: Sendable {
    package var update = FleetUpdate()
    package var added: [PollTarget] = []
    /// Ids of targets that are polled no more.
    package var removed: [String] = []
  }

  struct Member: Sendable {
    var target: PollTarget
    var numbers: [PhoneNumber] = []
    /// The target whose answer revealed this one; nil when discovery lists it.
    var revealedBy: String?
    var hasAnsweredWhole = false

    /// Whether all the numbers that it brings are known.
    var isKnown: Bool {
      target.purpose != .health || !target.numbers.isEmpty || hasAnsweredWhole
    }
  }

  package let account: Account
  var members: [String: Member] = [:]
  /// By how many targets each number is brought.
  var sourceCounts: [PhoneNumber.ID: Int] = [:]
  /// What no number can show, a failure or a list that isn't whole, by the target it is of; nil is
  /// discovery.
  var unattributed: Set<String?> = []
  var unread = UnreadFacts()
  var showsPlaceholder = false
  var wasDiscoveredWhole = false
  /// Numbers that were there before this registry, until they are found again or known to be gone.
  var inherited: Set<PhoneNumber.ID>

  /// - Parameters:
  ///   - account: Whose numbers it keeps.
  ///   - inherited: Numbers that a former registry of the account has let appear.
  package init(account: Account, inherited: Set<PhoneNumber.ID> = []) {
    self.account = account
    self.inherited = inherited
  }

  /// Stands for the account while its numbers are not known.
  package var placeholder: PhoneNumber {
    PhoneNumber(account: account.name, provider: account.provider, target: nil)
  }

  package func numbers(of target: String) -> [PhoneNumber] { members[target]?.numbers ?? [] }

  /// The targets that bring any of these numbers; of the placeholder all.
  package func targets(bringing numbers: Set<PhoneNumber.ID>) -> [String] {
    if numbers.contains(placeholder.id) { return Array(members.keys) }
    return members.filter { $0.value.numbers.contains { numbers.contains($0.id) } }.map(\.key)
  }
}
