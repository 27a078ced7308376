import Health

import struct Foundation.Date

/// The life of the account's own token.
extension MetaGraphProvider {
  /// What `debug_token` says of it, asked once a day and told each time.
  ///
  /// It counts for every number that is read with it: for the apps that their answers name, else for
  /// their business accounts.
  func readToken(through gate: any RequestGate) async -> PollAnswer {
    let now = time.now
    var answer = PollAnswer()
    if memory.token?.isDue(at: now) ?? true {
      do throws(GraphFailure) {
        let token = settings.accessToken.revealed.urlEscaped
        let asked = try await connection.get(
          "/\(settings.version.urlEscaped)/debug_token?input_token=\(token)",
          about: GraphSubject("the token itself"),
          through: gate
        )
        memory.token = RareAnswer(
          value: MetaGraphTokenState(asked.json),
          due: now + Self.tokenInterval
        )
      } catch {
        guard !error.endsSweep else { return PollAnswer(failure: error.error) }
        // Not every token may ask about itself: then nothing is known, which is no fault.
        memory.token = RareAnswer(value: nil, due: now + Self.tokenInterval)
      }
    }
    let needed = settings.businesses.isEmpty ? [] : ["business_management"]
    let condition = memory.token?.value?
      .condition(at: now.date, needing: ["whatsapp_business_management"] + needed)
    guard let condition else { return answer }
    answer.entities = memory.tokenBearers.map { reference in
      EntityFacts(reference: reference, name: nil, conditions: [condition])
    }
    return answer
  }

  private static let tokenInterval = Duration.seconds(86_400)
}

/// `GET /debug_token`, as sent.
struct MetaGraphTokenState {
  private let isValid: Bool?
  private let expiry: Date?
  /// When the app has to ask for its access to data again; the token lives on without it.
  private let dataAccessEnd: Date?
  /// Nil where the answer doesn't say.
  private let scopes: Set<String>?
  private let reason: String?

  /// Nil where it says nothing of a token.
  init?(_ json: JSON) {
    guard let data = json["data"], data.isObject else { return nil }
    isValid = data["is_valid"]?.bool
    expiry = data["expires_at"].flatMap(Self.date)
    dataAccessEnd = data["data_access_expires_at"].flatMap(Self.date)
    let granular = (data["granular_scopes"]?.list ?? []).compactMap { $0["scope"]?.nonBlankText }
    let all = (data["scopes"]?.list ?? []).compactMap(\.nonBlankText) + granular
    scopes = all.isEmpty ? nil : Set(all)
    reason = data["error"]?["message"]?.nonBlankText
  }

  /// Zero is never, and so is what no calendar has.
  private static func date(_ json: JSON) -> Date? {
    guard let seconds = json.int, (1...253_402_300_799).contains(seconds) else { return nil }
    return Date(timeIntervalSince1970: Double(seconds))
  }

  /// All that there is to say of it, as bad as the worst of it; `ok` where all is well.
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
    return ("The token is not valid any more\(why).", .critical)
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
