import Health
import Monitor

/// What a provider says of a number in a word beside its health, such as the quality rating.
///
/// All that the screen has to know of one is its row here: the detail, the labels of causes and the tree
/// follow.
struct NumberSignal: Sendable {
  /// As the detail calls it.
  let name: String
  /// Of the cause that it is where it is bad; nil where it is none.
  let kind: Cause.Kind?
  /// What an answer leaves out that doesn't tell it.
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

  /// The one that is a cause of this kind; nil where that is an entity, a check or a poll.
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
