import Health

extension ProviderCheck {
  /// The key now belongs to another number: two channels may have been mixed up.
  static func identity(of channel: Dialog360Channel, was: String, is now: String) -> ProviderCheck {
    ProviderCheck(
      name: "identity",
      passed: false,
      message: "The key of channel \(channel.label) belonged to number \(was) before and belongs "
        + "to \(now) now. Check it in the configuration, \(channel.place).",
      details: [Fact("before", was), Fact("now", now)]
    )
  }
}

extension NumberAnswer {
  init(_ number: PhoneNumber, _ failure: GraphFailure) {
    if let answer = failure.answer {
      self.init(number, .failure(failure.error), answer)
    } else {
      self.init(number, failure: failure.error)
    }
  }
}

extension Dialog360Envelope {
  /// The error in an unsuccessful answer; nil if only its status is left to decide.
  func error(in response: ProviderResponse) -> ProviderError? {
    guard !response.isHTML, response.answer.status < 500 else { return nil }
    let isRefusal = response.json.map { $0["meta"]?["success"]?.bool == false } ?? false
    guard !response.isSuccess || isRefusal else { return nil }
    let words = response.theirWords
    let status = response.answer.status
    switch meaning(of: words.lowercased(), status: status) {
    case .pace(let wait):
      return throttled(response, wait)
    case .unpaid:
      return response.error(
        .credentialRejected,
        "360dialog has closed the access of account \(caller) (\(status))\(words)."
          + " Pay the bill at 360dialog."
      )
    case .key: return response.keyRefused(key, account: caller)
    case .closed:
      return response.error(
        .numberRefused,
        "360dialog does not allow this for account \(caller) (\(status))\(words)."
      )
    case .path:
      return response.error(
        .providerError,
        "360dialog has no such path (404)\(words). Check base_url in the configuration."
      )
    case .other:
      return isRefusal
        ? response.error(.providerError, "360dialog answered \(status)\(words).") : nil
    }
  }

  private enum Meaning {
    /// Too many requests, with the pace that the text names.
    case pace(Duration?)
    case unpaid
    case key
    /// Disabled or not permitted for this channel.
    case closed
    case path
    case other
  }

  private func meaning(of words: String, status: Int) -> Meaning {
    if let pace = Self.pace(in: words) { return .pace(pace) }
    if status == 429 || Self.mentions(words, ["rate limit", "too many requests", "throttl"]) {
      return .pace(nil)
    }
    if Self.mentions(words, ["payment", "unpaid", "invoice", "overdue"]) { return .unpaid }
    let isAboutKey = Self.mentions(words, ["api_key", "api key", "api-key", "apikey"])
    if status == 401 || isAboutKey && Self.mentions(words, ["invalid", "wrong", "expired"]) {
      return .key
    }
    if status == 403 || Self.mentions(words, ["disabled", "not permitted", "not allowed"]) {
      return .closed
    }
    return status == 404 ? .path : .other
  }

  private static func mentions(_ words: String, _ terms: [String]) -> Bool {
    terms.contains { words.contains($0) }
  }

  /// `1 request every 5 seconds`: how long to wait for the next.
  private static func pace(in words: String) -> Duration? {
    let form =
      /([\d.]+(?:e\+?\d+)?) requests? (?:every|per) (?:([\d.e+]+) )?(second|minute)/
    guard let match = words.firstMatch(of: form), let requests = Double(match.1), requests > 0
    else { return nil }
    let units = match.2.flatMap { Double($0) } ?? 1
    let seconds = min(units, 3_600) * (match.3 == "minute" ? 60 : 1)
    return min(.seconds(max(seconds / requests, 1)), RateSignal.longestWait)
  }

  /// The longer of the pace and what the headers ask for.
  private func throttled(_ response: ProviderResponse, _ pace: Duration?) -> ProviderError {
    let wait = [pace, response.retryAfter].compactMap(\.self).max()
    return response.throttled(
      "360dialog asks account \(caller) to slow down (\(response.answer.status))"
        + response.theirWords,
      wait: wait
    )
  }
}

extension HealthReport {
  /// A report from a partner's list, which has no health.
  init(_ channel: Dialog360PartnerChannel) {
    let waba = channel.wabaID.map { id in
      HealthEntity(type: AsSent("WABA"), id: id, name: nil, canSendMessage: nil)
    }
    self.init(
      entities: waba.map { [$0] } ?? [],
      facts: PhoneNumberFacts(
        displayNumber: channel.phoneNumber,
        verifiedName: channel.phoneName,
        status: channel.status.map { AsSent($0) },
        quality: channel.quality.map { AsSent($0) },
        messagingLimit: channel.limit.map { AsSent($0) },
        others: channel.shown.map { Fact($0.name, $0.value) }
      ),
      incomplete: "no channel key: health not asked"
    )
  }
}

extension EntityFacts {
  /// The facts of a channel's WABA in a partner's list.
  init?(_ channel: Dialog360PartnerChannel) {
    guard let id = channel.wabaID else { return nil }
    let facts = [
      channel.wabaStatus.map { Fact("status", $0) },
      channel.businessName.map { Fact("on_behalf_of_business_info.name", $0) },
    ]
    self.init(
      reference: EntityReference(type: .waba, id: id),
      name: nil,
      conditions: channel.wabaStatus.map { [EntityCondition(.status, $0)] } ?? [],
      facts: facts.compactMap(\.self)
    )
  }
}

extension String {
  /// For comparing phone numbers, which come in many formats.
  var digits: String { filter { $0.isASCII && $0.isNumber } }
}
