/// What explains that a number is bad.
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
  /// The entity's id; of a signal the phone number's id; of `.poll` nil.
  package private(set) var id: String?
  package let code: EntityError.Code?
  /// One sentence, in the provider's words where there are any.
  ///
  /// Not sanitized.
  package private(set) var text: String
  /// What the facts beside the word make of it; nil where the code or nothing is known to decide.
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

  /// One whose topic, else its code, says who acts.
  init(
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
  /// How the sentence ends of a fault that nobody tells of any more.
  package static let notToldWords = " That is not told any more."

  /// The same where the answers stopped telling: unknown, neither bad nor well again.
  package var notToldAnyMore: Cause {
    var lost = self
    lost.text += Self.notToldWords
    lost.whoActs = nil
    lost.severity = .unknown
    return lost
  }

  /// The same of a number: a signal's id is the phone number's.
  package func of(phoneNumberID: String?) -> Cause {
    guard kind == .webhook || kind == .token, id == nil else { return self }
    var own = self
    own.id = phoneNumberID
    return own
  }

  /// The account broke a policy, or is taken to have.
  var isOfPolicy: Bool {
    switch topic {
    case .accountDisabled, .accountToBeDisabled, .accountRestricted, .accountRejected: true
    default: false
    }
  }

  /// A restriction that does not end by itself, since the account is restricted as well.
  var restrictedByPolicy: Cause {
    guard topic == .dailyLimit || topic == .restricted else { return self }
    var cause = self
    cause.topic = .policyRestriction
    cause.whoActs = Knowledge.entry(for: .policyRestriction)?.whoActs
    // What stands before the colon was the other reason.
    let words = cause.text.split(separator: ": ").last ?? ""
    cause.text = "Restricted by policy: \(words)"
    return cause
  }
}
