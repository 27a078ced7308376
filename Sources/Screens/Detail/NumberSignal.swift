import Health
import Monitor

/// A number's signal besides its health, such as the quality rating.
///
/// Each signal is one row here, from which the detail, the causes' labels and the tree follow.
struct NumberSignal: Sendable {
  /// Its name in the detail.
  let name: String
  /// The kind of its cause; nil if it is never one.
  let kind: Cause.Kind?
  /// The part of a report that contains it.
  let part: ReportPart
  let value: @Sendable (PhoneNumberFacts) -> (word: String, severity: Severity)?

  /// In the order of the detail.
  static let all = [
    NumberSignal(name: "status", kind: .status, part: .status) { facts in
      facts.status.map { ($0.text, $0.value.severity) }
    },
    NumberSignal(name: "quality", kind: .quality, part: .quality) { facts in
      facts.quality.map { ($0.text, $0.value.severity) }
    },
    NumberSignal(name: "name status", kind: .name, part: .nameStatus) { facts in
      facts.nameStatus.map { ($0.text, $0.value.severity) }
    },
    NumberSignal(name: "portfolio's limit", kind: nil, part: .messagingLimit) { facts in
      facts.messagingLimit.map { ($0.text, .ok) }
    },
  ]

  /// The signal for a kind of cause; nil for an entity, a check or a poll.
  init?(_ kind: Cause.Kind) {
    guard let signal = Self.all.first(where: { $0.kind == kind }) else { return nil }
    self = signal
  }

  private init(
    name: String,
    kind: Cause.Kind?,
    part: ReportPart,
    value: @escaping @Sendable (PhoneNumberFacts) -> (word: String, severity: Severity)?
  ) {
    self.name = name
    self.kind = kind
    self.part = part
    self.value = value
  }
}
