package import Health

/// Kapso: one key for all numbers, a list of them, and per number a report of several checks.
package struct KapsoProvider: HealthProvider {
  package let account: Account
  private let exchange: ProviderExchange
  private let key: KeyHeader
  private let parts = AnswerParts()
  /// Nil means all of the account's numbers.
  private let configured: [ConfiguredNumber]?

  package static let description = ProviderDescription(
    name: "kapso",
    keys: [
      .init("api_key", .secret, hint: "the project's API key"),
      .init(
        "numbers",
        .numbers(item: "id", allowsAll: true),
        hint: "all, or a list of phone number ids"
      ),
    ],
    requiresOneOf: [["api_key"], ["numbers"]],
    requestsPerMinute: 100,
    concurrency: 8,
    make: { KapsoProvider($0, $1) }
  )

  package init(_ settings: AccountSettings, _ transport: any HTTPTransport) {
    account = Self.description.account(from: settings)
    exchange = ProviderExchange(
      provider: "Kapso",
      settings: settings,
      standardBaseURL: "https://api.kapso.ai",
      transport: transport
    )
    key = KeyHeader("X-API-Key", key: "api_key", of: settings)
    configured = settings.numbers("numbers")
  }

  package func discover(through gate: any RequestGate) async -> Discovery {
    if let configured {
      return Discovery(targets: configured.map { target($0.id, label: $0.label) })
    }
    var discovery = Discovery(targets: [])
    do throws(ProviderError) {
      try await list(into: &discovery, through: gate)
    } catch {
      discovery.failures = [error]
      let count = discovery.targets.count
      if count > 0 {
        let reason = "a page could not be read: \(error.message)"
        discovery.gap = ListWalk.sentence(reason, of: "Kapso's numbers", read: count)
      }
    }
    return discovery
  }

  package func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    guard let number = target.numbers.first, let id = number.target else { return PollAnswer() }
    do throws(ProviderError) {
      let response = try await get("/\(id.urlEscaped)/health", gate)
      let result: Result<HealthReport, ProviderError>
      do throws(ProviderError) {
        result = .success(try report(response, numberID: id))
      } catch {
        result = .failure(error)
      }
      return PollAnswer(readings: [NumberAnswer(number, result, response.answer)])
    } catch {
      return PollAnswer(readings: [NumberAnswer(number, failure: error)])
    }
  }

  private func target(_ id: String, label: String?) -> PollTarget {
    let number = PhoneNumber(
      account: account.name,
      provider: account.provider,
      target: id,
      label: label
    )
    return PollTarget(id: "number/\(id)", purpose: .health, numbers: [number])
  }

  private static let numbersPath = "/platform/v1/whatsapp/phone_numbers"

  /// `path` follows the path of the numbers.
  private func get(
    _ path: String,
    _ gate: any RequestGate
  ) async throws(ProviderError) -> ProviderResponse {
    try await exchange.get("\(Self.numbersPath)\(path)", key: key, credential: "", through: gate)
  }
}

// Reading an answer.
extension KapsoProvider {
  private func report(
    _ response: ProviderResponse,
    numberID: String
  ) throws(ProviderError) -> HealthReport {
    if let refusal = refusal(response, numberID: numberID) { throw refusal }
    let health = KapsoHealthResponse(try response.content())
    guard let status = health.status else {
      let words = response.theirWords
      guard words.isEmpty else {
        throw response.error(.providerError, "Kapso could not answer\(words).")
      }
      throw response.error(.unintelligible, "Kapso answered without a status.")
    }
    // The check could not run, so nothing is known about the number.
    if AsSent<KapsoStatus>(status).value == .error {
      let reason = health.error.map { ": \($0.quoted)" } ?? ""
      throw response.error(.providerError, "Kapso could not check this number\(reason).")
    }
    return HealthReport(health, numberID: numberID, parts: parts).about(numberID)
  }

  private func refusal(_ response: ProviderResponse, numberID: String?) -> ProviderError? {
    guard !response.isHTML else { return nil }
    let subject = numberID.map(GraphSubject.number) ?? GraphSubject("the list of numbers")
    if let error = response.passedOnError(about: subject, key, of: account) { return error }
    switch response.answer.status {
    case 401: return response.keyRefused(key, account: account.name)
    case 403, 404, 410, 422:
      guard let numberID else { return nil }
      return response.error(
        .numberRefused,
        "Kapso has no number \(numberID) for account \(account.name) (\(response.answer.status))"
          + "\(response.theirWords)."
      )
    default: return nil
    }
  }

  /// The only status that matters here.
  private enum KapsoStatus: ProviderWord {
    case error
    case other

    init(word: String) { self = word == "ERROR" ? .error : .other }
  }
}

// The list of numbers.
extension KapsoProvider {
  /// Each page's numbers are added at once, so that a failing page loses only its own.
  private func list(
    into discovery: inout Discovery,
    through gate: any RequestGate
  ) async throws(ProviderError) {
    var seen: Set<String> = []
    var walk = ListWalk()
    var end: ListWalk.End?
    var page = 0
    while end == nil {
      page += 1
      let response = try await get("?page=\(page)&per_page=100", gate)
      if let refusal = refusal(response, numberID: nil) { throw refusal }
      guard let list = KapsoNumberPage(try response.content()) else {
        throw response.error(.unintelligible, "Kapso's list of numbers is not a list.")
      }
      let new = list.ids.filter { seen.insert($0).inserted }
      discovery.targets += new.map { target($0, label: nil) }
      if let words = list.error {
        discovery.gap = ListWalk.sentence(
          "an error came with them: \(words.quoted)",
          of: "Kapso's numbers",
          read: walk.entries
        )
      }
      if list.hasNameless {
        discovery.gap = ListWalk.sentence(
          ListWalk.nameless,
          of: "Kapso's numbers",
          read: walk.entries
        )
      }
      end = walk.take(list.ids, hasNext: list.hasNext(after: page), total: list.totalCount)
    }
    if case .cut(let reason) = end {
      discovery.gap = ListWalk.sentence(reason, of: "Kapso's numbers", read: walk.entries)
    }
  }
}
