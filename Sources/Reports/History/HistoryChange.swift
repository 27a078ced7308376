package import Health
package import History
import Monitor

/// A transition as it is told: of repetitions, such as first readings after a restart, only the first.
package struct HistoryChange: Hashable, Sendable {
  package let transition: Transition
  /// A number's state before, also where another run found it out.
  package let former: HealthState?
  /// What the cause's entity is called today; nil where it has no name.
  var causeName: String?

  /// - Parameters:
  ///   - transitions: In the order in which they were told.
  ///   - past: How everything was before them.
  ///   - selection: Which numbers are meant.
  /// - Returns: Those that are of the selection and say something new.
  static func all(
    of transitions: [Transition],
    since past: Past,
    _ selection: NumberSelection
  ) -> [Self] {
    var last = LastKnown(past)
    var names = CauseNames(selection.numbers)
    return transitions.compactMap { transition in
      guard case .number(let id) = transition.subject else {
        return last.note(transition.event, of: transition.subject) && selection.isWhole
          ? Self(transition: transition, former: nil, causeName: names.name(of: transition)) : nil
      }
      let former = last.states[id]
      guard last.note(transition.event, of: id), selection.contains(id) else { return nil }
      let name = names.name(of: transition)
      return Self(transition: transition, former: former ?? nil, causeName: name)
    }
  }
}

/// What causes are called, each looked up once.
private struct CauseNames {
  private let numbers: KnownNumbers
  private var names: [String: String?] = [:]

  init(_ numbers: KnownNumbers) { self.numbers = numbers }

  mutating func name(of transition: Transition) -> String? {
    guard let reason = transition.reason else { return nil }
    if let known = names[reason.key] { return known }
    let name = numbers.name(of: reason)
    names[reason.key] = .some(name)
    return name
  }
}

/// What was last told of everything.
private struct LastKnown {
  /// Of each number that there is; its state is nil before its first answer.
  private(set) var states: [PhoneNumber.ID: HealthState?]
  private var events: [Subject: Transition.Event]

  init(_ past: Past) {
    states = Dictionary(past.numbers.map { ($0.id, $0.state) }, uniquingKeysWith: { $1 })
    events = Dictionary(
      past.others.map { ($0.transition.subject, $0.transition.event) },
      uniquingKeysWith: { $1 }
    )
  }

  /// Returns whether it says something new of the number.
  mutating func note(_ event: Transition.Event, of number: PhoneNumber.ID) -> Bool {
    let former = states[number]
    switch event {
    case .state(_, let state):
      states[number] = .some(state)
      return former != .some(.some(state))
    case .appeared:
      guard former == nil else { return false }
      states[number] = .some(nil)
      return true
    case .vanished:
      states[number] = nil
      return true
    default: return true
    }
  }

  /// Returns whether it says something new of an account, a template or the like.
  mutating func note(_ event: Transition.Event, of subject: Subject) -> Bool {
    events.updateValue(event, forKey: subject).map { !$0.isRepeated(by: event) } ?? true
  }
}

extension Transition.Event {
  /// Whether another event of the same subject says nothing new.
  fileprivate func isRepeated(by other: Self) -> Bool {
    switch (self, other) {
    case (.failing(let mine), .failing(let theirs)): mine.kind == theirs.kind
    case (.word(_, let mine), .word(_, let theirs)): mine == theirs
    case (.answering, .answering): true
    default: false
    }
  }
}
