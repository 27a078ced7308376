/// A node of the health tree, as one provider reported it for one number.
package struct HealthEntity: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let type: AsSent<EntityType>?
    let id: String?
    let name: String?
    let canSendMessage: AsSent<Availability>?
    let canReceiveCallSIP: AsSent<Availability>?
    let otherChannels: [Fact]
    let additionalInfo: [String]
    let errors: [EntityError]
  }

  /// The same WABA, business and app stand in the answers for many numbers.
  private let contents: Shared<Contents>

  package init(
    type: AsSent<EntityType>?,
    id: String?,
    name: String? = nil,
    canSendMessage: AsSent<Availability>?,
    canReceiveCallSIP: AsSent<Availability>? = nil,
    otherChannels: [Fact] = [],
    additionalInfo: [String] = [],
    errors: [EntityError] = []
  ) {
    contents = Shared(
      Contents(
        type: type,
        id: id,
        name: name,
        canSendMessage: canSendMessage,
        canReceiveCallSIP: canReceiveCallSIP,
        otherChannels: otherChannels,
        additionalInfo: additionalInfo,
        errors: errors
      )
    )
  }

  /// Nil where the provider left it out: an entity all the same, and its errors count.
  package var type: AsSent<EntityType>? { contents.value.type }
  package var id: String? { contents.value.id }
  package var name: String? { contents.value.name }
  package var canSendMessage: AsSent<Availability>? { contents.value.canSendMessage }
  package var canReceiveCallSIP: AsSent<Availability>? { contents.value.canReceiveCallSIP }
  /// Any further `can_…` that a provider may send tomorrow, in the order of its name.
  package var otherChannels: [Fact] { contents.value.otherChannels }
  package var additionalInfo: [String] { contents.value.additionalInfo }
  package var errors: [EntityError] { contents.value.errors }

  package var messagingErrors: [EntityError] { errors.filter { $0.channel == .messaging } }

  /// Nil while the type or the id is unknown.
  package var reference: EntityReference? {
    guard let type, let id else { return nil }
    return EntityReference(type: type.value, id: id)
  }
}

/// A fault of an entity, in the provider's words.
package struct EntityError: Hashable, Sendable {
  package enum Channel: String, Hashable, Sendable {
    case messaging
    case calling
  }

  /// A number where it is one, else the text as sent; nil where none was sent.
  package enum Code: Hashable, Sendable {
    case number(Int)
    case text(String)

    /// Digits become a number, anything else stays text.
    package init(_ text: String) {
      let trimmed = text.trimmingWhitespace()
      self = Int(trimmed).map(Self.number) ?? .text(text)
    }

    package var text: String {
      switch self {
      case .number(let number): String(number)
      case .text(let text): text
      }
    }
  }

  package let code: Code?
  package let description: String?
  /// With `{PHONE_NUMBER_ID}` filled in.
  package let solution: String?

  package init(code: Code?, description: String?, solution: String?) {
    self.code = code
    self.description = description
    self.solution = solution
  }

  /// One list serves both channels, so the code decides (providers.md 1.5), never the entity's state.
  package var channel: Channel {
    if case .number(138_024) = code { return .calling }
    if case .number(138_025) = code { return .calling }
    return .messaging
  }
}

/// A name and a value as sent, for what is shown and never decided upon.
package struct Fact: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
