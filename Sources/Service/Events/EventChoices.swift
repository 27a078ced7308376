internal import DequeModule
import Health
import Monitor

/// The choices of all clients, one for each filter.
///
/// What a filter let through can't be told afterwards: a number may have passed it only then. So the choice
/// of a client that left goes on for a while, for when it comes back.
struct EventChoices {
  /// Clients come back after seconds; a connection that nobody closed takes longer to be noticed.
  private static let patience = Duration.seconds(600)
  private static let mostWithoutClients = 16

  private struct Known {
    var choice: EventChoice
    /// It was asked about all changes after this one.
    let since: Int
    /// Those of them that it let through, as long as they are kept.
    var told: Deque<Int> = []
    var clients = 0
    /// When the last client left.
    var left: Moment?
  }

  private var known: [String: Known] = [:]

  /// A client begins to use a choice.
  mutating func join(_ choice: EventChoice, after sequence: Int) {
    let text = choice.filter.text
    known[text, default: Known(choice: choice, since: sequence)].clients += 1
    known[text]?.left = nil
  }

  /// A client uses the choice of a filter no more.
  mutating func leave(_ filter: String?, at now: Moment) {
    guard let filter, var one = known[filter] else { return }
    one.clients -= 1
    if one.clients == 0 { one.left = now }
    known[filter] = one
  }

  /// Forgets what nobody came back for.
  mutating func forget(at now: Moment) {
    let idle = known.compactMap { text, one in one.left.map { (text: text, left: $0) } }
      .sorted { $0.left > $1.left }
    for (place, one) in idle.enumerated()
    where place >= Self.mostWithoutClients || now - one.left > Self.patience {
      known[one.text] = nil
    }
  }

  // MARK: Changes

  var all: [EventChoice] { known.values.map(\.choice) }

  mutating func look(at looks: [String: EventChoice.Look]) {
    for (text, look) in looks { known[text]?.choice.look(at: look) }
  }

  /// The filters that let a change through, which is remembered.
  mutating func filters(passedBy change: Change) -> Set<String> {
    var passed: Set<String> = []
    for text in known.keys where known[text]?.choice.contains(change) == true {
      known[text]?.told.append(change.sequence)
      passed.insert(text)
    }
    return passed
  }

  /// Changes before this one are not kept any more.
  mutating func forget(before sequence: Int) {
    for text in known.keys {
      while let first = known[text]?.told.first, first < sequence {
        known[text]?.told.removeFirst()
      }
    }
  }

  /// The changes after one that a filter let through; nil where that is not known of all of them.
  func told(_ filter: String, after sequence: Int) -> Set<Int>? {
    guard let one = known[filter], one.since <= sequence else { return nil }
    return Set(one.told)
  }
}
