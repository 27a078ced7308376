package import Health

extension PhoneNumberFacts {
  /// The fields of Graph's phone number node (providers.md 2.2), including the names that proxies
  /// use.
  ///
  /// Unknown fields are kept in `others`; certificates and secrets are not.
  package init(graph json: JSON) {
    let throughput = json["throughput"]?["level"] ?? json[anyOf: ["throughput", "throughput_tier"]]
    let sentThroughput = throughput?.nonBlankText
    self.init(
      displayNumber: json["display_phone_number"]?.nonBlankText,
      verifiedName: json["verified_name"]?.nonBlankText,
      status: json["status"]?.nonBlankText.map { AsSent($0) },
      quality: Self.quality(json),
      nameStatus: json["name_status"]?.nonBlankText.map { AsSent($0) },
      messagingLimit: Self.messagingLimit(json),
      throughput: sentThroughput?.isTier == true ? nil : sentThroughput,
      others: Self.others(json)
    )
  }

  /// Whether there are any facts.
  var hasFacts: Bool {
    var known = self
    known.others = []
    return known != PhoneNumberFacts()
  }

  private static func quality(_ json: JSON) -> AsSent<QualityRating>? {
    let score = json["quality_score"]?["score"] ?? json["quality_score"]
    return (score?.nonBlankText ?? json["quality_rating"]?.nonBlankText).map { AsSent($0) }
  }

  /// Prefers the portfolio's limit to the number's old one, and a value to "not set".
  ///
  /// Kapso calls it a throughput tier, but a value `TIER_…` is always a messaging limit.
  private static func messagingLimit(_ json: JSON) -> AsSent<MessagingLimit>? {
    var first: AsSent<MessagingLimit>?
    for name in limitNames {
      guard let sent = json[name]?.digitsOrText else { continue }
      let limit = AsSent<MessagingLimit>(sent)
      if limit.value != .notSet { return limit }
      first = first ?? limit
    }
    for throughput in [json["throughput_tier"], json["throughput"]?["level"], json["throughput"]] {
      guard let sent = throughput?.nonBlankText, sent.isTier else { continue }
      let limit = AsSent<MessagingLimit>(sent)
      if limit.value != .notSet { return limit }
      first = first ?? limit
    }
    return first
  }

  private static let limitNames = [
    "whatsapp_business_manager_messaging_limit", "messaging_limit_tier", "messaging_limit",
    "current_limit",
  ]

  // MARK: The rest

  /// A limit for the memory of unknown facts.
  private static let mostUnknownFacts = 24

  private static let shownInOrder = [
    "account_mode", "platform_type", "code_verification_status", "is_official_business_account",
    "is_on_biz_app", "is_coexistence", "is_pin_enabled", "new_name_status", "last_onboarded_time",
    "webhook_configuration", "country_code", "country_dial_code", "host_platform", "username",
  ]

  /// Mapped elsewhere, useless, or not to be shown.
  private static let leftOut: Set<String> = [
    "id", "display_phone_number", "verified_name", "status", "quality_rating", "quality_score",
    "name_status", "whatsapp_business_manager_messaging_limit", "messaging_limit_tier",
    "messaging_limit", "current_limit", "throughput", "throughput_tier", "health_status",
    "conversational_automation", "search_visibility", "eligibility_for_api_business_global_search",
    "entities", "certificate", "new_certificate",
  ]

  /// A field's place among those that are shown; nil if it is left out.
  private static let places: [String: Int?] = {
    var places: [String: Int?] = [:]
    for name in leftOut { places[name] = .some(nil) }
    for (place, name) in shownInOrder.enumerated() { places[name] = place }
    return places
  }()

  /// One pass over the fields, since this runs for every poll of every number.
  private static func others(_ json: JSON) -> [Fact] {
    var listed: [(place: Int, member: JSON.Member)] = []
    var unknown: [Fact] = []
    for member in json.members {
      if let known = places[member.name] {
        if let place = known { listed.append((place, member)) }
      } else if let text = member.value.nonBlankText, !member.name.hasPrefix("can_"),
        !isConfidential(member.name)
      {
        unknown.append(Fact(member.name, Secrets.blotted(text)))
      }
    }
    let shown = listed.sorted { $0.place < $1.place }
      .flatMap { facts(named: shownInOrder[$0.place], $0.member.value) }
    return shown + unknown.sorted { $0.name < $1.name }.prefix(mostUnknownFacts)
  }

  /// A field as one fact, or one fact for each field of an object:
  /// `webhook_configuration.application`.
  private static func facts(named name: String, _ json: JSON) -> [Fact] {
    if let text = json.nonBlankText { return [Fact(name, text)] }
    return json.members.filter { !isConfidential($0.name) }.compactMap { member in
      // A callback's address may contain a token.
      member.value.nonBlankText.map { Fact("\(name).\(member.name)", Secrets.blotted($0)) }
    }
  }

  private static func isConfidential(_ name: String) -> Bool {
    Secrets.isSecret(name: name) || name.lowercased().hasSuffix("headers")
  }
}

extension String {
  /// Such as `TIER_10K`.
  var isTier: Bool {
    if utf8.starts(with: "TIER_".utf8) { return true }
    return trimmingWhitespace().uppercased().hasPrefix("TIER_")
  }
}

extension JSON {
  /// A number in plain digits; any other text as sent.
  fileprivate var digitsOrText: String? {
    if isNumber, let int { return String(int) }
    return nonBlankText
  }
}
