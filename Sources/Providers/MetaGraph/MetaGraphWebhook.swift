import Health

/// Whether what people write is handed on to an app: nothing else of Meta's shows it when it is not.
extension MetaGraphProvider {
  /// What is known of it, asked once an hour, after the account said something new, and more often while
  /// nothing comes in.
  ///
  /// What the credential may not read is not known, which is no fault.
  ///
  /// - Returns: What it tells of the WABA; nil where nothing is known.
  /// - Throws: A failure that the next request would have as well.
  func webhookCondition(
    ofBusinessAccount waba: String,
    afterChange isChanged: Bool,
    through gate: any RequestGate
  ) async throws(GraphFailure) -> EntityCondition? {
    let now = time.now
    let known = memory.webhook(of: waba)
    if let known, !known.isDue(at: now), !isChanged { return known.value }
    do throws(GraphFailure) {
      let answer = try await connection.get(
        path(waba, "subscribed_apps"),
        about: .businessAccount(waba),
        through: gate
      )
      let condition = MetaGraphSubscriptions(answer.json)?.condition
      let isFine = condition.map { $0.severity == .ok } ?? true
      let wait = isFine ? Self.webhookInterval : Self.webhookFaultInterval
      memory.setWebhook(RareAnswer(value: condition, due: now + wait), of: waba)
      return condition
    } catch {
      if error.endsSweep { throw error }
      memory.setWebhook(RareAnswer(value: nil, due: now + Self.webhookInterval), of: waba)
      return nil
    }
  }

  private static let webhookInterval = Duration.seconds(3_600)
  /// Somebody is about to subscribe the app, and wants to see it.
  private static let webhookFaultInterval = Duration.seconds(300)
}

/// `GET /<WABA>/subscribed_apps`, as sent.
struct MetaGraphSubscriptions {
  private struct App {
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

  var condition: EntityCondition {
    if apps.isEmpty {
      return EntityCondition(
        .webhook,
        sentence: "No app is subscribed to this business account: nothing that customers write "
          + "comes in.",
        severity: .warning
      )
    }
    let listening = apps.filter { $0.fields?.contains(Self.neededField) ?? true }
    let names = apps.compactMap(\.name).joined(separator: ", ")
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
