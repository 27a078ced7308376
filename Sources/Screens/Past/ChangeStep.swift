import Foundation
import Health
import History
import Monitor

/// Changes that are one step of a journey: of one kind and one cause, within a poll cycle and without
/// others in between.
struct ChangeStep {
  /// In the order in which they happened; never empty.
  let changes: [Transition]

  /// Numbers are polled one after the other, so what hits many of them takes so long to be seen.
  static let longest = 75.0

  var start: Date { changes[0].date }
  var end: Date { changes[changes.count - 1].date }

  /// The step that ends with the last of some changes.
  init?(endingWith changes: [Transition]) {
    guard let last = changes.last else { return nil }
    let together = changes.reversed().prefix {
      $0.group == last.group && last.date.timeIntervalSince($0.date) <= Self.longest
    }
    self.changes = together.reversed()
  }

  /// The step that begins with the first of some changes.
  init?(beginningWith changes: [Transition]) {
    guard let first = changes.first else { return nil }
    self.changes = Array(
      changes.prefix {
        $0.group == first.group && $0.date.timeIntervalSince(first.date) <= Self.longest
      }
    )
  }
}

// What changed, for people.
extension ChangeStep {
  /// Such as `11 numbers BLOCKED: payment failed, WABA Nordwind Group 1`.
  func text(in fleet: Fleet) -> String {
    let first = changes[0]
    return [subject, Self.what(first.event), why(first, fleet)].compactMap(\.self)
      .joined(separator: " ") + "."
  }

  private var subject: String {
    let subjects = Set(changes.map(\.subject))
    let names = [changes[0].names.text, changes[0].names.detail].compactMap(\.self)
    guard subjects.count > 1 else {
      if case .account(let name) = changes[0].subject { return "account \(name)" }
      if case .template = changes[0].subject { return "template \(names[0])" }
      return names.joined(separator: " ")
    }
    switch changes[0].subject {
    case .account: return "\(subjects.count) accounts"
    case .template: return "\(subjects.count) templates"
    case .number, .entity, .cause, .program: return "\(subjects.count) numbers"
    }
  }

  private static func what(_ event: Transition.Event) -> String {
    switch event {
    case .state(nil, let to): "first seen \(to.word)"
    case .state(_?, let to): to.word
    case .word(_, let to): to
    case .appeared: "new"
    case .vanished: "gone"
    case .failing(let failure): failure.phrase
    case .answering: "answering again"
    case .flapping, .steady, .reloaded, .started, .stopped, .tookOver, .acknowledged,
      .unacknowledged, .muted, .unmuted, .commented:
      "changed"
    }
  }

  private func why(_ transition: Transition, _ fleet: Fleet) -> String? {
    guard case .state(_, let to) = transition.event, to != .available,
      let reason = transition.reason, let cause = CauseID(key: reason.key)
    else { return nil }
    let short = Cause(reason)?.shortName
    let name: String? =
      switch cause {
      case .entity(let entity) where entity.type == .phoneNumber: nil
      case .entity: fleet.name(of: cause) ?? reason.summary
      case .signal, .account, .provider, .offline, .templates: short == nil ? reason.summary : nil
      }
    let words = [short, name].compactMap(\.self)
    return words.isEmpty ? nil : "(\(words.joined(separator: ", ")))"
  }
}

extension Transition {
  /// Changes with the same one belong together.
  fileprivate var group: String {
    let what: String =
      switch event {
      case .state(nil, let to): "first \(to.word)"
      case .state(_?, let to): to == .available ? "fine" : to.isLost ? "lost" : "bad"
      case .word(_, let to): to
      default: kind.rawValue
      }
    return "\(kind.rawValue) \(what) \(reason?.key ?? "")"
  }
}
