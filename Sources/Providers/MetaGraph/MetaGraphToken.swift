import Health

import struct Foundation.Date

/// The lifetime of the account's own token.
extension MetaGraphProvider {
  /// The result of `debug_token`, requested once a day and reported in each poll.
  ///
  /// It applies to every number that the token reads: through the apps in their answers, or else
  /// through their business accounts.
  func readToken(through gate: any RequestGate) async -> PollAnswer {
    let now = time.now
    var answer = PollAnswer()
    if memory.token?.isDue(at: now) ?? true {
      do throws(GraphFailure) {
        let state = try await askToken(through: gate)
        memory.token = CachedAnswer(value: state, due: now + Self.tokenInterval)
      } catch {
        if error.isTokensOwnRefusal {
          memory.token = CachedAnswer(value: nil, due: now + Self.tokenInterval)
        } else if error.isAppOff {
          answer.entities = tell(.appOff(error.error.message))
          return answer
        } else {
          answer.failure = error.error
        }
      }
    }
    guard let token = memory.token?.value else { return answer }
    answer.unread = token.notUnderstood.map { UnreadFact("end", of: nil, because: $0) }
    if let failure = answer.failure {
      answer.unread.append(UnreadFact("life", of: nil, because: failure.message))
    }
    let needed = settings.businesses.isEmpty ? [] : ["business_management"]
    answer.entities = tell(
      token.condition(at: now.date, needing: [MetaGraphTokenState.neededScope] + needed)
    )
    answer.entities += coverage(of: token)
    return answer
  }

  private func askToken(
    through gate: any RequestGate
  ) async throws(GraphFailure) -> MetaGraphTokenState {
    let token = settings.accessToken.revealed.urlEscaped
    let asked = try await connection.get(
      "/\(settings.version.urlEscaped)/debug_token?input_token=\(token)",
      about: GraphSubject("the token itself"),
      through: gate
    )
    if let state = MetaGraphTokenState(asked.json) { return state }
    throw GraphFailure(
      error: ProviderError(
        .unintelligible,
        "Meta's answer about the token says nothing about it.",
        httpStatus: asked.answer.status
      ),
      answer: asked.answer
    )
  }

  private func tell(_ condition: EntityCondition) -> [EntityFacts] {
    memory.tokenBearers.map { reference in
      EntityFacts(reference: reference, name: nil, conditions: [condition])
    }
  }

  /// For each WABA of a number, whether the token covers it, if the answer says so.
  private func coverage(of token: MetaGraphTokenState) -> [EntityFacts] {
    memory.wabasOfNumbers.compactMap { waba in
      token.isGiven(forBusinessAccount: waba).map { isGiven in
        EntityFacts(
          reference: EntityReference(type: .waba, id: waba),
          name: nil,
          conditions: [isGiven ? .covered(waba) : .notCovered(waba)]
        )
      }
    }
  }

  private static let tokenInterval = Duration.seconds(86_400)
}

extension GraphFailure {
  /// Not every token may read its own state: then nothing is known, which is no fault.
  fileprivate var isTokensOwnRefusal: Bool {
    switch graph?.classified(httpStatus: answer?.status) {
    case .permission, .gone, .configuration: true
    case nil: error.kind == .numberRefused
    default: false
    }
  }

  fileprivate var isAppOff: Bool { graph?.classified(httpStatus: answer?.status) == .appOff }
}

extension EntityCondition {
  fileprivate static func appOff(_ sentence: String) -> Self {
    Self(.token, sentence: sentence, severity: .warning, topic: .appDeactivated)
  }

  fileprivate static func covered(_ waba: String) -> Self {
    Self(.token, sentence: "The token covers WABA \(waba).", severity: .ok)
  }

  fileprivate static func notCovered(_ waba: String) -> Self {
    Self(
      .token,
      sentence: "The token's \(MetaGraphTokenState.neededScope) does not cover WABA \(waba).",
      severity: .warning
    )
  }
}

/// `GET /debug_token`, as sent.
struct MetaGraphTokenState {
  /// Without this scope no node can be read.
  static let neededScope = "whatsapp_business_management"

  private let isValid: Bool?
  private let expiry: Date?
  /// When the app's access to data ends; the token itself stays valid.
  private let dataAccessEnd: Date?
  /// One sentence for each end that is not a valid time.
  let notUnderstood: [String]
  /// The needed scope in the list of granular scopes; nil if it isn't there.
  private let granted: JSON?
  /// Nil if the answer doesn't say.
  private let scopes: Set<String>?
  private let reason: String?

  /// Nil if it is not about a token.
  init?(_ json: JSON) {
    guard let data = json["data"], data.isObject else { return nil }
    isValid = data["is_valid"]?.bool
    expiry = Self.date(data["expires_at"])
    dataAccessEnd = Self.date(data["data_access_expires_at"])
    notUnderstood = ["expires_at", "data_access_expires_at"].compactMap { name in
      guard let sent = data[name], Self.date(sent) == nil, sent.int != 0 else { return nil }
      return "\(name) is \((sent.summary ?? "empty").quoted), which is not a time."
    }
    let granular = data["granular_scopes"]?.list ?? []
    let names = (data["scopes"]?.list ?? []) + granular.compactMap { $0["scope"] }
    let isListed = data["scopes"] != nil || data["granular_scopes"] != nil
    scopes = isListed ? Set(names.compactMap(\.nonBlankText)) : nil
    granted = granular.first { $0["scope"]?.nonBlankText == Self.neededScope }
    reason = data["error"]?["message"]?.nonBlankText
  }

  /// Nil if the answer doesn't say; a scope without a list of ids covers all.
  func isGiven(forBusinessAccount waba: String) -> Bool? {
    guard let granted else { return nil }
    return granted["target_ids"]?.list.contains { $0.nonBlankText == waba } ?? true
  }

  /// Zero means never.
  private static func date(_ json: JSON?) -> Date? {
    guard let text = json?.nonBlankText, json?.int != 0 else { return nil }
    return ProviderTime(text)?.date
  }

  /// The condition of the token, as bad as its worst fault; `ok` without one.
  func condition(at now: Date, needing needed: [String]) -> EntityCondition {
    let findings = [validity, life(at: now), dataAccess(at: now), missing(of: needed)]
      .compactMap(\.self)
    guard let worst = findings.map(\.severity).max() else {
      return EntityCondition(.token, sentence: "The token is valid.", severity: .ok)
    }
    return EntityCondition(
      .token,
      sentence: findings.map(\.sentence).joined(separator: " "),
      severity: worst
    )
  }

  private typealias Finding = (sentence: String, severity: Severity)

  private var validity: Finding? {
    guard isValid == false else { return nil }
    let why = reason.map { ": \($0.quoted)" } ?? ""
    return ("The token is no longer valid\(why).", .critical)
  }

  private func life(at now: Date) -> Finding? {
    guard let expiry else { return nil }
    let days = expiry.timeIntervalSince(now) / 86_400
    if days <= 0 { return isValid == false ? nil : ("The token has expired.", .critical) }
    if days < 1 { return ("The token expires in less than 1 d.", .critical) }
    return days < 7 ? ("The token expires in \(Int(days)) d.", .warning) : nil
  }

  private func dataAccess(at now: Date) -> Finding? {
    guard let dataAccessEnd, isValid != false else { return nil }
    let days = dataAccessEnd.timeIntervalSince(now) / 86_400
    if days <= 0 { return ("Data access has ended.", .warning) }
    if days < 1 { return ("Data access ends in less than 1 d.", .warning) }
    return days < 7 ? ("Data access ends in \(Int(days)) d.", .warning) : nil
  }

  private func missing(of needed: [String]) -> Finding? {
    guard let scopes, isValid != false else { return nil }
    let missing = needed.filter { !scopes.contains($0) }
    guard !missing.isEmpty else { return nil }
    return ("The token lacks \(missing.joined(separator: " and ")).", .warning)
  }
}
