/// A reason why a number is bad.
package struct Cause: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case entity(EntityType)
    case status
    case quality
    case name
    case token
    case webhook
    case check
    case poll

    /// The word of the JSON's `causes[].type`.
    package var word: String {
      switch self {
      case .entity(let type): type.word
      case .status: "STATUS"
      case .quality: "QUALITY"
      case .name: "NAME"
      case .token: "TOKEN"
      case .webhook: "WEBHOOK"
      case .check: "CHECK"
      case .poll: "POLL"
      }
    }
  }

  package let kind: Kind
  /// The entity's id; for a signal the phone number's id; nil for `.poll`.
  package private(set) var id: String?
  package let code: EntityError.Code?
  /// One sentence, in the provider's words if there are any.
  ///
  /// Not sanitized.
  package private(set) var text: String
  /// What other facts say about the cause; nil if the code decides, or nothing is known.
  package private(set) var topic: KnowledgeTopic?
  package private(set) var whoActs: WhoActs?
  package private(set) var severity: Severity

  package init(
    kind: Kind,
    id: String?,
    code: EntityError.Code? = nil,
    text: String,
    topic: KnowledgeTopic? = nil,
    whoActs: WhoActs?,
    severity: Severity
  ) {
    self.kind = kind
    self.id = id
    self.code = code
    self.text = text
    self.topic = topic
    self.whoActs = whoActs
    self.severity = severity
  }

  /// A cause whose topic, or else its code, says who has to act.
  package init(
    kind: Kind,
    id: String?,
    code: EntityError.Code? = nil,
    text: String,
    topic: KnowledgeTopic?,
    severity: Severity
  ) {
    self.init(
      kind: kind,
      id: id,
      code: code,
      text: text,
      topic: topic,
      whoActs: nil,
      severity: severity
    )
    whoActs = Knowledge.entry(for: self)?.whoActs
  }
}

extension Cause {
  /// The end of the sentence for a fault that is no longer reported.
  package static let noLongerReportedWords = " This is no longer reported."

  /// The same cause after answers stopped reporting it: unknown, neither bad nor recovered.
  package var noLongerReported: Cause {
    var lost = self
    lost.text += Self.noLongerReportedWords
    lost.whoActs = nil
    lost.severity = .unknown
    return lost
  }

  /// The same cause for a number: a signal's id is the phone number's id.
  package func of(phoneNumberID: String?) -> Cause {
    guard kind == .webhook || kind == .token, id == nil else { return self }
    var own = self
    own.id = phoneNumberID
    return own
  }

  /// Whether the account violated a policy, or is assumed to have.
  var isOfPolicy: Bool {
    switch topic {
    case .accountDisabled, .accountToBeDisabled, .accountRestricted, .accountRejected: true
    default: false
    }
  }

  /// The cause as a restriction that does not end by itself, because the account is restricted too.
  var restrictedByPolicy: Cause {
    guard topic == .dailyLimit || topic == .restricted else { return self }
    var cause = self
    cause.topic = .policyRestriction
    cause.whoActs = Knowledge.entry(for: .policyRestriction)?.whoActs
    // The text before the colon named the other reason.
    let words = cause.text.split(separator: ": ").last ?? ""
    cause.text = "Restricted by policy: \(words)"
    return cause
  }
}
