import Health
import History
import Monitor

// What stands in the file for cases of enumerations: these numbers never change.

extension HealthState {
  private static let codes: [Self] = [
    .blocked, .critical, .limited, .warning, .unknown, .stale, .available,
  ]

  /// Worst first, so that the smallest of several is the worst.
  var code: Int { Self.codes.firstIndex(of: self) ?? 0 }

  init?(code: Int?) {
    guard let code, Self.codes.indices.contains(code) else { return nil }
    self = Self.codes[code]
  }
}

extension Transition.Kind {
  /// Those of lines come first: the index of lines holds the ones below `firstBesideLines`.
  private static let codes: [Self] = [
    .state, .word, .appeared, .vanished, .failing, .answering,
    .flapping, .steady, .reloaded, .started, .stopped,
    .acknowledged, .unacknowledged, .muted, .unmuted, .commented, .tookOver,
  ]

  var code: Int { Self.codes.firstIndex(of: self) ?? 0 }

  init?(code: Int) {
    guard Self.codes.indices.contains(code) else { return nil }
    self = Self.codes[code]
  }
}

/// A subject as its row has it.
struct SubjectKey: Hashable {
  /// Numbers have these two, everything else one.
  static let number = 0
  static let numberWithoutTarget = 1
  static let entity = 2
  static let account = 3
  static let template = 4
  static let cause = 5
  static let program = 6

  let kind: Int
  let scope: String
  let key: String
}

extension SubjectKey {
  init(_ subject: Subject) {
    (kind, scope, key) =
      switch subject {
      case .number(let id):
        (id.target == nil ? Self.numberWithoutTarget : Self.number, id.account, id.target ?? "")
      case .entity(let reference): (Self.entity, reference.type.word, reference.id)
      case .account(let name): (Self.account, name, "")
      case .template(let waba, let id): (Self.template, waba, id)
      case .cause(let key): (Self.cause, "", key)
      case .program: (Self.program, "", "")
      }
  }

  var subject: Subject {
    switch kind {
    case Self.number: .number(PhoneNumber.ID(account: scope, target: key))
    case Self.numberWithoutTarget: .number(PhoneNumber.ID(account: scope, target: nil))
    case Self.entity: .entity(EntityReference(type: EntityType(word: scope), id: key))
    case Self.account: .account(scope)
    case Self.template: .template(waba: scope, id: key)
    case Self.cause: .cause(key)
    default: .program
    }
  }
}
