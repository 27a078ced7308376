import Health

/// Error envelopes of gateways that pass Graph's answers on: `{"meta": {…}}`, `{"code", "message"}` and
/// `{"error": "text"}`, tried after Graph's own (providers.md 6.2).
///
/// The HTTP status decides what such an error means. With a success status, it is the provider's
/// fault, whatever the text says.
struct GraphCompatibleEnvelope: Sendable {
  let key: KeyHeader
  let account: String

  func error(in response: ProviderResponse) -> ProviderError? {
    guard let json = response.json, let envelope = Envelope(json) else { return nil }
    let kind =
      response.statusFailure?.kind ?? envelope.status.flatMap(Self.kind(ofStatus:))
      ?? .providerError
    let who = response.provider
    let words = response.theirWords
    switch kind {
    case .credentialRejected:
      return response.keyRefused(key, account: account, code: envelope.code)
    case .throttled:
      return response.throttled("\(who) asks to slow down\(words)", code: envelope.code)
    case .numberRefused:
      return response.error(kind, "\(who) refused this number\(words).", code: envelope.code)
    case .providerError, .unintelligible, .unreachable, .timedOut:
      return response.error(kind, "\(who) failed\(words).", code: envelope.code)
    }
  }

  /// The contents of an envelope.
  private struct Envelope {
    let code: EntityError.Code?
    /// The status in the envelope, which is used if the answer's own is a success.
    let status: Int?

    /// Nil if the body is none of these, or has health.
    init?(_ json: JSON) {
      guard json.isObject, GraphHealthResponse(answer: json) == nil else { return nil }
      if let meta = json["meta"], meta["success"]?.bool == false || meta.hasWords {
        status = meta[anyOf: ["http_code", "httpCode"]]?.int
        code = nil
      } else if let code = json["code"]?.nonBlankText, json["message"]?.nonBlankText != nil {
        self.code = EntityError.Code(code)
        status = nil
      } else if json["error"]?.nonBlankText != nil || json["success"]?.bool == false {
        code = nil
        status = nil
      } else {
        return nil
      }
    }
  }

  private static func kind(ofStatus status: Int) -> ProviderError.Kind? {
    switch status {
    case 401: .credentialRejected
    case 403, 404, 410: .numberRefused
    case 429: .throttled(retryAfter: nil)
    default: nil
    }
  }
}

extension JSON {
  fileprivate var hasWords: Bool {
    self[anyOf: ["developer_message", "developerMessage"]]?.nonBlankText != nil
  }
}
