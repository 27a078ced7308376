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
    /// Whether a solution contains the placeholder for the phone number's id.
    let hasPlaceholder: Bool
    let knownFault: KnownFault?
  }

  /// A messaging fault with a known code, and the text that contains the code.
  struct KnownFault: Hashable, Sendable {
    let code: EntityError.Code
    let text: String?
  }

  /// Shared, because the same WABA, business and app appear in the answers for many numbers.
  private let contents: Shared<Contents>
  /// Replaces `{PHONE_NUMBER_ID}` in its solutions.
  ///
  /// It is the only difference between the answers for two numbers that share the entity.
  private var phoneNumberID: String?

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
        errors: errors,
        hasPlaceholder: errors.contains(where: \.hasPlaceholder),
        knownFault: Self.knownFault(of: type?.value, errors, additionalInfo)
      )
    )
  }

  /// Nil if the provider omitted it; the entity and its errors still count.
  package var type: AsSent<EntityType>? { contents.value.type }
  /// Whether it is of a type; `type` would copy the provider's word.
  package func isOf(_ type: EntityType) -> Bool { contents.value.type?.value == type }
  package var id: String? { contents.value.id }
  package var name: String? { contents.value.name }
  package var canSendMessage: AsSent<Availability>? { contents.value.canSendMessage }
  package var canReceiveCallSIP: AsSent<Availability>? { contents.value.canReceiveCallSIP }
  /// All other `can_…` fields, sorted by name.
  package var otherChannels: [Fact] { contents.value.otherChannels }
  package var additionalInfo: [String] { contents.value.additionalInfo }
  package var errors: [EntityError] {
    guard let phoneNumberID else { return contents.value.errors }
    return contents.value.errors.map { $0.fillingIn(phoneNumberID: phoneNumberID) }
  }

  /// The first fault with a known code in its errors, or else in its additional information.
  ///
  /// It counts whatever the entity's state is.
  var knownFault: KnownFault? { contents.value.knownFault }

  private static func knownFault(
    of type: EntityType?,
    _ errors: [EntityError],
    _ infos: [String]
  ) -> KnownFault? {
    let coded =
      errors.map { (code: $0.anyCode, text: $0.description) }
      + infos.map { (code: EntityError.Code(foundIn: $0), text: $0) }
    for (code, text) in coded {
      guard let code, Knowledge.isMessagingFault(code, on: type) else { continue }
      return KnownFault(code: code, text: text)
    }
    return nil
  }

  package var messagingErrors: [EntityError] { errors.filter { $0.channel == .messaging } }

  /// Whether any of its errors satisfies a condition, without copying them.
  func hasError(where isMeant: (EntityError) -> Bool) -> Bool {
    contents.value.errors.contains(where: isMeant)
  }

  /// The same entity with the number's id filled in, if a solution has the placeholder.
  package func fillingIn(phoneNumberID: String?) -> Self {
    guard contents.value.hasPlaceholder else { return self }
    var filled = self
    filled.phoneNumberID = phoneNumberID
    return filled
  }

  /// The same value in the other one's memory, if both are equal.
  package func sharing(_ other: Self) -> Self? {
    guard contents == other.contents else { return nil }
    var shared = other
    shared.phoneNumberID = phoneNumberID
    return shared
  }

  /// The same entity with another one's state for calls over SIP.
  package func takingCalling(of other: Self) -> Self {
    let errors = other.contents.value.errors.filter { $0.channel == .calling }
    return saying(other.canReceiveCallSIP, errors: contents.value.errors + errors)
  }

  /// The same entity without a state for calls over SIP.
  package var withoutCalling: Self {
    saying(nil, errors: contents.value.errors.filter { $0.channel != .calling })
  }

  private func saying(_ calling: AsSent<Availability>?, errors: [EntityError]) -> Self {
    var entity = HealthEntity(
      type: type,
      id: id,
      name: name,
      canSendMessage: canSendMessage,
      canReceiveCallSIP: calling,
      otherChannels: otherChannels,
      additionalInfo: additionalInfo,
      errors: errors
    )
    entity.phoneNumberID = phoneNumberID
    return entity
  }

  /// Nil if the type or the id is unknown.
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

  /// A number if it is one, otherwise the text as sent; nil if none was sent.
  package enum Code: Hashable, Sendable {
    case number(Int)
    case text(String)

    /// Reads whole numbers in any form, such as `#141006` and `141006.0`; anything else stays text.
    package init(_ text: String) {
      let trimmed = text.trimmingWhitespace()
      if let number = Int(trimmed) {
        self = .number(number)
        return
      }
      let bare = trimmed.hasPrefix("#") ? trimmed.dropFirst() : trimmed[...]
      let isDecimal = bare.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
      let number = isDecimal ? Double(bare).flatMap { Int(exactly: $0) } : nil
      self = number.map(Self.number) ?? .text(text)
    }

    /// The first code in a sentence, such as `(#131031) …`, `"code" => 190` or `error code 100`.
    package init?(foundIn text: String) {
      // Most texts have no figure at all, and the expression takes much longer.
      guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
      let form = /(?:#|\bcode\b["']?\s*(?:=>|[:=])?\s*["']?)(\d{1,9})\b/
      guard let match = text.firstMatch(of: form),
        let number = Int(match.1)
      else { return nil }
      self = .number(number)
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

  /// For use in a sentence: its description, else its code.
  var words: String { description.map { "\"\($0)\"" } ?? code?.text ?? "no words" }

  /// Its code, or the one in its description.
  package var anyCode: Code? { code ?? description.flatMap(Code.init(foundIn:)) }

  /// Both channels share one list of errors, so the code decides (providers.md 1.5), never the
  /// entity's state.
  package var channel: Channel {
    if case .number(138_024) = anyCode { return .calling }
    if case .number(138_025) = anyCode { return .calling }
    return .messaging
  }
}

extension EntityError {
  /// Meta's placeholder for the number's id; it stays if the id is unknown.
  private static let placeholder = "{PHONE_NUMBER_ID}"

  fileprivate var hasPlaceholder: Bool {
    var rest = solution?.utf8[...] ?? ""[...].utf8
    while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
      rest = rest[brace...]
      if rest.starts(with: Self.placeholder.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  fileprivate func fillingIn(phoneNumberID: String) -> Self {
    EntityError(
      code: code,
      description: description,
      solution: solution?.replacing(Self.placeholder, with: phoneNumberID)
    )
  }
}
