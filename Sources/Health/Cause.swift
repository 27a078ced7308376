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
  package let id: String?
  package let code: EntityError.Code?
  /// One sentence, in the provider's words where there are any.
  ///
  /// Not sanitized.
  package let text: String
  package let whoActs: WhoActs?
  package let severity: Severity

  package init(
    kind: Kind,
    id: String?,
    code: EntityError.Code? = nil,
    text: String,
    whoActs: WhoActs?,
    severity: Severity
  ) {
    self.kind = kind
    self.id = id
    self.code = code
    self.text = text
    self.whoActs = whoActs
    self.severity = severity
  }
}
