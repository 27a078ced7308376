import Health

/// The meaning of Kaleyra's codes: 401 alone is ambiguous, since it means a wrong key or a number
/// of another account.
struct KaleyraRefusal {
  let key: KeyHeader
  let account: Account
  let version: KaleyraVersion
  /// The subject of the request: `number 914XXXXXX139`.
  let subject: String

  /// Nil if it is not an envelope, or the envelope of a success.
  func error(in response: ProviderResponse) -> ProviderError? {
    if let error = response.passedOnError(about: GraphSubject(subject), key, of: account) {
      return error
    }
    guard let json = response.json, let envelope = KaleyraEnvelope(json) else {
      let isKey = response.answer.status == 401 && !response.isHTML
      return isKey ? response.keyRefused(key, account: account.name) : nil
    }
    if envelope.isSuccess, response.isSuccess { return nil }
    let code = EntityError.Code(envelope.code)
    let text = sentence(envelope, response)
    return switch meaning(of: envelope.code, response) {
    case .throttled: response.throttled(text, code: code)
    case let kind: response.error(kind, "\(text).\(nextStep(kind, envelope.code))", code: code)
    }
  }

  private func meaning(of code: String, _ response: ProviderResponse) -> ProviderError.Kind {
    if response.answer.status == 429 { return .throttled(retryAfter: nil) }
    switch code {
    case "WAV2101", "WA429", "RBC429": return .throttled(retryAfter: nil)
    case "WA401": return .numberRefused
    // An empty balance affects the account, like a wrong key.
    case "E110": return .credentialRejected
    case "WA400", "WA500": return .providerError
    case _ where response.answer.status >= 500: return .providerError
    case _ where code.hasPrefix("RBC"): return .credentialRejected
    default:
      // Any other 401 is about a key unless the code is one of WhatsApp's.
      let kind = response.statusFailure?.kind ?? .providerError
      return kind == .credentialRejected && code.hasPrefix("WA") ? .numberRefused : kind
    }
  }

  private func sentence(_ envelope: KaleyraEnvelope, _ response: ProviderResponse) -> String {
    let words = envelope.words.joined(separator: " ")
    let quote = words.isEmpty ? "" : ": \(words.quoted)"
    let opening =
      switch meaning(of: envelope.code, response) {
      case .credentialRejected where envelope.code == "E110":
        "Kaleyra's account \(account.name) is empty"
      case .credentialRejected: "Kaleyra refused the SID or the key of account \(account.name)"
      case .numberRefused: "Kaleyra has no \(subject) for account \(account.name)"
      case .throttled: "Kaleyra accepts no more requests from account \(account.name) for now"
      case .providerError, .unintelligible, .unreachable, .timedOut:
        "Kaleyra could not answer about \(subject)"
      }
    return "\(opening) (\(envelope.code))\(quote)"
  }

  private func nextStep(_ kind: ProviderError.Kind, _ code: String) -> String {
    switch kind {
    case .credentialRejected where code == "E110": " Top it up at Kaleyra."
    case .credentialRejected:
      " Replace them in the configuration, accounts.\(account.name).sid and \(key.place)."
    case .numberRefused:
      " Check the number, and api_version, which is \(version.rawValue)."
    default: ""
    }
  }
}

extension KaleyraTemplateList {
  /// By WABA; v1's list does not name them, so it is used only if there is just one.
  func templateLists(of wabas: [String]) -> [TemplateList] {
    let only = wabas.count == 1 ? wabas[0] : nil
    let grouped = Dictionary(grouping: templates) { $0.wabaID ?? only }
    return wabas.compactMap { waba in
      guard let own = grouped[waba] ?? (only == nil ? nil : []) else { return nil }
      return TemplateList(waba: waba, templates: .success(own.map { MessageTemplate($0) }))
    }
  }
}

extension MessageTemplate {
  fileprivate init(_ template: KaleyraTemplate) {
    self.init(
      id: template.id
        ?? [template.name, template.language].compactMap(\.self).joined(separator: "/"),
      name: template.name,
      language: template.language,
      status: AsSent(template.status),
      category: template.category,
      quality: template.quality.map { AsSent($0) },
      rejectedReason: template.reason
    )
  }
}
