import Health

/// Whether an app receives messages: no other answer of Meta's shows it.
extension MetaGraphProvider {
  /// The subscriptions, requested once an hour, after the account's facts changed, and more often
  /// if no messages arrive or nothing is known.
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
    // A temporary failure is retried together with the account's node.
    guard webhook.failure == nil else { return webhook }
    let isLasting = webhook.condition?.severity == .ok || webhook.error?.kind == .numberRefused
    let wait = isLasting ? Self.webhookInterval : Self.webhookFaultInterval
    memory.setWebhook(CachedAnswer(value: webhook, due: now + wait), of: waba)
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
      if let apps = MetaGraphSubscriptions(answer.json) { return .known(apps) }
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
  /// Shorter while there is a fault, because somebody will be fixing it and wants to see the
  /// result.
  private static let webhookFaultInterval = Duration.seconds(300)
}

/// A WABA's subscribed apps, as far as known.
enum MetaGraphWebhook: Sendable {
  case known(MetaGraphSubscriptions)
  case unread(ProviderError)

  var condition: EntityCondition? {
    if case .known(let apps) = self { apps.condition } else { nil }
  }

  var error: ProviderError? {
    if case .unread(let error) = self { error } else { nil }
  }

  /// An error that changes when the whole poll is retried.
  var failure: ProviderError? { error.flatMap { GraphFailure(error: $0).endsSweep ? $0 : nil } }

  var fact: Fact {
    switch self {
    case .known(let apps): Fact("subscribed_apps", apps.names)
    case .unread(let error): Fact("subscribed_apps", "not readable: \(error.message)")
    }
  }
}

/// `GET /<WABA>/subscribed_apps`, as sent.
struct MetaGraphSubscriptions: Sendable {
  private struct App: Sendable {
    let name: String?
    /// Nil if the answer doesn't say.
    let fields: [String]?
  }

  private let apps: [App]

  /// Nil without a list.
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

  /// Without this field no messages arrive.
  private static let neededField = "messages"

  var names: String {
    apps.isEmpty ? "none" : apps.map { $0.name ?? "an app without a name" }.joined(separator: ", ")
  }

  var condition: EntityCondition {
    if apps.isEmpty {
      return EntityCondition(
        .webhook,
        sentence: "No app is subscribed to this business account: messages from customers "
          + "do not arrive.",
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
      sentence: "Subscribed without the field \(Self.neededField): \(names). No messages arrive.",
      severity: .warning
    )
  }
}

/// An answer that is requested much less often than it is reported.
struct CachedAnswer<Value: Sendable>: Sendable {
  /// Nil if the request failed.
  let value: Value?
  /// When to request it again.
  let due: Moment

  func isDue(at now: Moment) -> Bool { now >= due }
}
