/// A node of the health tree, as one provider reported it for one number.
package struct HealthEntity: Hashable, Sendable {
  /// Nil where the provider left it out: an entity all the same, and its errors count.
  package let type: AsSent<EntityType>?
  package let id: String?
  package let name: String?
  package let canSendMessage: AsSent<Availability>?
  package let canReceiveCallSIP: AsSent<Availability>?
  /// Any further `can_…` that a provider may send tomorrow, in the order of its name.
  package let otherChannels: [Fact]
  package let additionalInfo: [String]
  package let errors: [EntityError]

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
    self.type = type
    self.id = id
    self.name = name
    self.canSendMessage = canSendMessage
    self.canReceiveCallSIP = canReceiveCallSIP
    self.otherChannels = otherChannels
    self.additionalInfo = additionalInfo
    self.errors = errors
  }

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
