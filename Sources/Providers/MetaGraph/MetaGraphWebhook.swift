import Health

/// Whether what people write is handed on to an app: nothing else of Meta's shows it when it is not.
extension MetaGraphProvider {
  /// What is known of it, asked once an hour, after the account said something new, and more often while
  /// nothing comes in or nobody could say.
  func readWebhook(
    ofBusinessAccount waba: String,
    afterChange isChanged: Bool,
    through gate: any RequestGate
  ) async -> MetaGraphWebhook {
    let now = time.now
    if let known = memory.webhook(of: waba), let value = known.value, !known.isDue(at: now),
      !isChanged
    {
      return value
    }
    let webhook = await askWebhook(ofBusinessAccount: waba, through: gate)
    // What failed for a reason that passes is asked again with the account itself.
    guard webhook.failure == nil else { return webhook }
    let isLasting = webhook.condition?.severity == .ok || webhook.error?.kind == .numberRefused
    let wait = isLasting ? Self.webhookInterval : Self.webhookFaultInterval
    memory.setWebhook(RareAnswer(value: webhook, due: now + wait), of: waba)
    return webhook
  }

  private func askWebhook(
    ofBusinessAccount waba: String,
    through gate: any RequestGate
  ) async -> MetaGraphWebhook {
    do throws(GraphFailure) {
      let answer = try await connection.get(
        path(waba, "subscribed_apps"),
        about: .businessAccount(waba),
        through: gate
      )
      if let apps = MetaGraphSubscriptions(answer.json) { return .told(apps) }
      return .unread(
        ProviderError(
          .unintelligible,
          "Meta answered about its subscribed apps without a list.",
          httpStatus: answer.answer.status
        )
      )
    } catch {
      return .unread(error.error)
    }
  }

  private static let webhookInterval = Duration.seconds(3_600)
  /// Somebody is about to subscribe the app, and wants to see it.
  private static let webhookFaultInterval = Duration.seconds(300)
}

/// What is known of a WABA's subscribed apps.
enum MetaGraphWebhook: Sendable {
  case told(MetaGraphSubscriptions)
  case unread(ProviderError)

  var condition: EntityCondition? {
    if case .told(let apps) = self { apps.condition } else { nil }
  }

  var error: ProviderError? {
    if case .unread(let error) = self { error } else { nil }
  }

  /// An error for which the whole poll is tried again sooner, or more slowly.
  var failure: ProviderError? { error.flatMap { GraphFailure(error: $0).endsSweep ? $0 : nil } }

  var fact: Fact {
    switch self {
    case .told(let apps): Fact("subscribed_apps", apps.names)
    case .unread(let error): Fact("subscribed_apps", "not readable: \(error.message)")
    }
  }
}

/// `GET /<WABA>/subscribed_apps`, as sent.
struct MetaGraphSubscriptions: Sendable {
  private struct App: Sendable {
    let name: String?
    /// Nil where the answer doesn't say.
    let fields: [String]?
  }

  private let apps: [App]

  /// Nil where there is no list.
  init?(_ json: JSON) {
    guard let data = json["data"], data.isArray else { return nil }
    apps = data.list.filter(\.isObject).map { item in
      let app = item["whatsapp_business_api_data"] ?? item
      let fields = item["subscribed_fields"] ?? app["subscribed_fields"]
      return App(
        name: app["name"]?.nonBlankText ?? app["id"]?.nonBlankText,
        fields: fields.map { $0.list.compactMap { ($0["name"] ?? $0).nonBlankText } }
      )
    }
  }

  /// Without it nothing that people write comes in.
  private static let neededField = "messages"

  var names: String {
    apps.isEmpty ? "none" : apps.map { $0.name ?? "an app without a name" }.joined(separator: ", ")
  }

  var condition: EntityCondition {
    if apps.isEmpty {
      return EntityCondition(
        .webhook,
        sentence: "No app is subscribed to this business account: nothing that customers write "
          + "comes in.",
        severity: .warning
      )
    }
    let names = names
    let listening = apps.filter { $0.fields?.contains(Self.neededField) ?? true }
    guard listening.isEmpty else {
      return EntityCondition(.webhook, sentence: "Subscribed: \(names).", severity: .ok)
    }
    return EntityCondition(
      .webhook,
      sentence: "Subscribed without the field \(Self.neededField): \(names). Nothing comes in.",
      severity: .warning
    )
  }
}

/// An answer that is asked for far more rarely than it is told.
struct RareAnswer<Value: Sendable>: Sendable {
  /// Nil where the question was not answered.
  let value: Value?
  /// When to ask again.
  let due: Moment

  func isDue(at now: Moment) -> Bool { now >= due }
}
