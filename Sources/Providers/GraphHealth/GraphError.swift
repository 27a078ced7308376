package import Health

/// Graph's error envelope: `{"error": {"message", "type", "code", …}}`, on whatever HTTP status.
///
/// It is classified by code and subcode, never by status or title, since Meta answers 400 for
/// limits, invalid tokens and wrong fields alike (providers.md 2.9).
package struct GraphError: Hashable, Sendable {
  package let code: Int?
  package let subcode: Int?
  /// As sent, `(#100) …` included.
  package let message: String
  /// `error_data.details`: the specific fault.
  package let details: String?
  /// Meta's text for people, if it sends one.
  package let userMessage: String?
  package let isTransient: Bool
  /// The id that Meta's support asks for.
  package let traceID: String?

  package init(
    code: Int?,
    subcode: Int? = nil,
    message: String,
    details: String? = nil,
    userMessage: String? = nil,
    isTransient: Bool = false,
    traceID: String? = nil
  ) {
    self.code = code
    self.subcode = subcode
    self.message = message
    self.details = details
    self.userMessage = userMessage
    self.isTransient = isTransient
    self.traceID = traceID
  }

  /// Nil if the body has no such envelope: `{"error": "text"}` is another provider's.
  package init?(_ body: JSON) {
    guard let error = body["error"], error["code"] != nil || error["message"] != nil else {
      return nil
    }
    self.init(
      code: error["code"]?.int,
      subcode: error["error_subcode"]?.int,
      message: error["message"]?.nonBlankText ?? "no message",
      details: error["error_data"]?["details"]?.nonBlankText ?? error["error_data"]?.nonBlankText,
      userMessage: error["error_user_msg"]?.nonBlankText,
      isTransient: error["is_transient"]?.bool ?? false,
      traceID: error["fbtrace_id"]?.nonBlankText
    )
  }

  /// What a code means for the caller.
  package enum Class: Hashable, Sendable {
    case credential
    /// The app requires a proof with each call, made with its secret.
    case proof
    /// The whole app is disabled, which Meta reports with a permission's code.
    case appOff
    case permission
    case gone
    /// Policy: restricted, banned or locked by Meta.
    case integrity
    case throttled
    case transient
    /// The request is invalid because of the configured path, version or fields.
    case configuration
    /// Meta did not understand the request, or refuses it for another reason.
    case request
  }

  /// Decides by the code, or by the HTTP status if the code is unknown.
  package func classified(httpStatus: Int?) -> Class {
    let known = code.flatMap { Self.meaning(of: $0, subcode: subcode) }
    // Meta calls limits transient too, but they must slow down polling.
    if known == .throttled { return .throttled }
    if isTransient { return .transient }
    if saysAppIsOff { return .appOff }
    if code == 104 || code == 100 && message.lowercased().contains("appsecret_proof") {
      return .proof
    }
    return known ?? Self.meaning(ofStatus: httpStatus)
  }

  /// Whether the requested version of Graph has expired.
  var isAboutVersion: Bool { code == 12 || code == 2_635 }

  /// Whether the token's user has to pass a check at Facebook.
  var isCheckpoint: Bool { code == 459 || code == 190 && subcode == 459 }

  /// The only case in which the text has to decide: code 200 also means a missing permission.
  private var saysAppIsOff: Bool {
    guard code == 200 else { return false }
    let words = message.lowercased()
    return ["api access deactivated", "api access disabled", "api access blocked"]
      .contains { words.contains($0) }
  }

  private static func meaning(of code: Int, subcode: Int?) -> Class? {
    switch (code, subcode) {
    case (100, 33), (100, 2_388_001): .gone
    case (0, _), (102, _), (190, _): .credential
    // Subcodes of 190 that proxies send as the code.
    case (458...460, _), (463, _), (464, _), (467, _): .credential
    case (3, _), (10, _), (200...299, _), (131_005, _): .permission
    case (33, _), (803, _): .gone
    case (368, _), (131_031, _): .integrity
    case (4, _), (17, _), (32, _), (341, _), (613, _): .throttled
    case (80_007, _), (80_008, _), (130_429, _): .throttled
    case (1, _), (2, _), (131_000, _), (131_016, _), (131_057, _), (133_004, _): .transient
    case (2_494_100, _): .transient
    case (100, _), (2500, _), (12, _), (2_635, _): .configuration
    case (131_009, _), (131_059, _): .request
    default: nil
    }
  }

  private static func meaning(ofStatus status: Int?) -> Class {
    switch status {
    case 401: .credential
    case 403: .permission
    case 404, 410: .gone
    case 429: .throttled
    case .some(500...): .transient
    default: .request
    }
  }

  /// The error as a `ProviderError`; `retryAfter`, from the answer's headers, is used if the error
  /// is a limit.
  package func providerError(
    httpStatus: Int?,
    retryAfter: Duration?,
    about subject: GraphSubject,
    asking caller: GraphCaller
  ) -> ProviderError {
    if let error = misplacement(of: subject, asking: caller, httpStatus: httpStatus) {
      return error
    }
    let meaning = classified(httpStatus: httpStatus)
    return ProviderError(
      Self.kind(of: meaning, retryAfter: retryAfter, asking: caller),
      sentence(meaning, about: subject, asking: caller),
      httpStatus: httpStatus,
      code: code.map(EntityError.Code.number)
    )
  }

  /// The provider has to renew a token that isn't ours: our own key was accepted.
  private static func kind(
    of meaning: Class,
    retryAfter: Duration?,
    asking caller: GraphCaller
  ) -> ProviderError.Kind {
    switch meaning {
    case .credential, .proof, .appOff: caller.sendsMetaToken ? .credentialRejected : .providerError
    case .permission, .gone, .integrity: .numberRefused
    case .throttled: .throttled(retryAfter: retryAfter)
    case .transient, .configuration, .request: .providerError
    }
  }
}
