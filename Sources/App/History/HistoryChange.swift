package import Health
package import History
import Monitor

/// A transition as it is told: of repetitions, such as first readings after a restart, only the first.
package struct HistoryChange: Hashable, Sendable {
  package let transition: Transition
  /// The state before, also where another run found it out.
  package let former: HealthState?

  static func all(
    of transitions: [Transition],
    since past: Past,
    _ selection: NumberSelection
  ) -> [Self] {
    var states = Dictionary(
      past.numbers.map { ($0.id, $0.state) },
      uniquingKeysWith: { $1 }
    )
    var last = Dictionary(
      past.others.map { ($0.transition.subject, $0.transition.event) },
      uniquingKeysWith: { $1 }
    )
    var changes: [Self] = []
    for transition in transitions {
      guard case .number(let id) = transition.subject else {
        let isNew =
          last.updateValue(transition.event, forKey: transition.subject)
          .map { $0.isRepeated(by: transition.event) } != true
        if isNew, selection.isWhole { changes.append(Self(transition: transition, former: nil)) }
        continue
      }
      let former = states[id]
      let isNew =
        switch transition.event {
        case .state(_, let to): former != .some(.some(to))
        case .appeared: former == nil
        default: true
        }
      switch transition.event {
      case .state(_, let to): states[id] = .some(to)
      case .appeared: if former == nil { states[id] = .some(nil) }
      case .vanished: states[id] = nil
      default: break
      }
      if isNew, selection.contains(id) {
        changes.append(Self(transition: transition, former: former ?? nil))
      }
    }
    return changes
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
