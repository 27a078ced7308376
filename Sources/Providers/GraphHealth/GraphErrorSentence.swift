import Health

/// The subject of a request to Graph, as named in error sentences.
package struct GraphSubject: Hashable, Sendable {
  /// As in `number 106540352242922`.
  package let description: String
  /// The permission that the token needs for reading it.
  package let permission: String
  /// The expected type of node and its id; nil if the request had no id.
  let node: GraphNode?

  package init(_ description: String, permission: String = "whatsapp_business_management") {
    self.init(description, permission: permission, node: nil)
  }

  private init(
    _ description: String,
    permission: String = "whatsapp_business_management",
    node: GraphNode?
  ) {
    self.description = description
    self.permission = permission
    self.node = node
  }

  package static func number(_ id: String) -> Self {
    Self("number \(id)", node: GraphNode(kind: .phoneNumber, id: id))
  }

  package static func businessAccount(_ id: String) -> Self {
    Self("business account \(id)", node: GraphNode(kind: .businessAccount, id: id))
  }

  package static func template(_ id: String) -> Self { Self("template \(id)") }

  /// The same subject for a list under the node.
  func asked(for node: GraphNode) -> Self {
    Self(description, permission: permission, node: self.node == nil ? nil : node)
  }

  package static func business(_ id: String) -> Self {
    Self(
      "business \(id)",
      permission: "business_management",
      node: GraphNode(kind: .business, id: id)
    )
  }
}

/// Who sent the request, as named in error sentences, and the secret that no sentence may contain.
package struct GraphCaller: Hashable, Sendable {
  /// Who answers: `Meta`, or the host of a compatible provider.
  package let provider: String
  package let account: String
  /// The path of the credential in the configuration: `accounts.direct.access_token`.
  package let credentialKey: String
  package let secret: Secret?
  /// Whether the key is a token of Meta's.
  ///
  /// Otherwise it is another provider's key, and that provider uses its own token at Meta.
  package let sendsMetaToken: Bool
  /// Whether the configuration also has lists of business accounts and portfolios.
  package let listsEveryKind: Bool

  package init(
    provider: String,
    account: String,
    credentialKey: String,
    secret: Secret?,
    sendsMetaToken: Bool = true,
    listsEveryKind: Bool = false
  ) {
    self.provider = provider
    self.account = account
    self.credentialKey = "accounts.\(account).\(credentialKey)"
    self.secret = secret
    self.sendsMetaToken = sendsMetaToken
    self.listsEveryKind = listsEveryKind
  }
}

extension GraphError {
  /// Longer texts are cut, because they have to fit on one line.
  private static let longestText = 400

  /// One sentence on what happened, the provider's words and trace id, and the next step.
  func sentence(
    _ meaning: Class,
    about subject: GraphSubject,
    asking caller: GraphCaller
  ) -> String {
    var sentence = "\(opening(meaning, subject, caller))\(shownCode): \(words(without: caller))"
    if let step = nextStep(meaning, subject, caller) { sentence += " \(step)" }
    if let traceID { sentence += " Trace \(caller.redacted(traceID))." }
    return sentence
  }

  private func opening(_ meaning: Class, _ subject: GraphSubject, _ caller: GraphCaller) -> String {
    let who = caller.provider
    return switch meaning {
    case .credential where !caller.sendsMetaToken:
      "Meta does not accept the token that \(who) has for \(subject.description)"
    case .credential: "\(who) refused the credential of account \(caller.account)"
    case .proof:
      "\(who) requires the right appsecret_proof with each call of account \(caller.account)"
    case .appOff where !caller.sendsMetaToken: "Meta has switched off the app of \(who)"
    case .appOff: "\(who) has switched off the app of account \(caller.account)"
    case .permission: "\(who) does not permit this credential to read \(subject.description)"
    case .gone: "\(who) has no \(subject.description) for this credential"
    case .integrity: "\(who) has restricted or locked \(subject.description)"
    case .throttled: "\(who) allows no more requests for now"
    case .transient: "\(who) could not answer about \(subject.description)"
    case .configuration, .request:
      "\(who) did not accept the request for \(subject.description)"
    }
  }

  private func nextStep(
    _ meaning: Class,
    _ subject: GraphSubject,
    _ caller: GraphCaller
  ) -> String? {
    switch meaning {
    case .credential where !caller.sendsMetaToken:
      "\(caller.provider) has to reconnect it; the key of account \(caller.account) is valid."
    case .credential where isCheckpoint:
      "Its user has to log in at facebook.com and pass the check there."
    case .proof where caller.listsEveryKind:
      "Put the app's secret into the configuration, accounts.\(caller.account).app_secret."
    case .proof: "Only an account of provider meta can send one, with app_secret."
    case .credential: "Replace it in the configuration, \(caller.credentialKey)."
    case .appOff where !caller.sendsMetaToken: "\(caller.provider) has to reactivate it."
    case .appOff: "Reactivate it in the app's dashboard, https://developers.facebook.com/apps."
    case .permission: "The credential needs the permission \(subject.permission)."
    case .integrity: "Account quality in WhatsApp Manager says why; appeal there."
    case .gone where subject.isLikelyTelephoneNumber:
      "This looks like a telephone number: numbers takes the phone number's id, which WhatsApp "
        + "Manager shows beside it."
    case .gone where code == 100 && subcode == 33:
      "It was deleted or disconnected, or the credential may not see it."
    case .configuration where isAboutVersion && caller.listsEveryKind:
      "Set a newer graph_version in the configuration, accounts.\(caller.account).graph_version."
    case .configuration: "Check base_url, path and version in the configuration."
    case .gone, .throttled, .transient, .request: nil
    }
  }

  /// Code and subcode, such as ` (190/463)`.
  private var shownCode: String {
    guard let code else { return "" }
    return subcode.map { " (\(code)/\($0))" } ?? " (\(code))"
  }

  private func words(without caller: GraphCaller) -> String {
    var texts: [String] = []
    for text in [unprefixedMessage, details, userMessage].compactMap(\.self) {
      let text = caller.redacted(text)
      if !texts.contains(where: { $0.contains(text) }) { texts.append(text) }
    }
    let words = texts.joined(separator: " ")
    guard words.count <= Self.longestText else { return words.prefix(Self.longestText) + "…" }
    return words.last?.isPunctuation == true ? words : words + "."
  }

  /// The message without Meta's `(#100) `, which the sentence contains already.
  private var unprefixedMessage: String {
    guard message.hasPrefix("(#"), let end = message.firstIndex(of: ")") else { return message }
    let rest = message[message.index(after: end)...].drop { $0 == " " }
    return rest.isEmpty ? message : String(rest)
  }
}

extension GraphCaller {
  /// The text without secrets: Meta quotes a malformed token.
  func redacted(_ text: String) -> String {
    var text = text
    if let secret, !secret.revealed.isEmpty {
      text = text.replacing(secret.revealed, with: "•••")
      // A header's value is a word and the secret.
      if let bare = secret.revealed.split(separator: " ").last, bare.count >= 8 {
        text = text.replacing(bare, with: "•••")
      }
    }
    return Secrets.blotted(text)
  }
}
