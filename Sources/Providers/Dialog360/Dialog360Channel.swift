import Health

/// One key of an account, and the requests that use it.
struct Dialog360Channel: Sendable {
  let label: String
  /// The path of its key in the configuration.
  let place: String
  private let connection: GraphConnection

  init(_ channel: ConfiguredChannel, _ settings: AccountSettings, _ transport: any HTTPTransport) {
    label = channel.label
    let caller = GraphCaller(
      provider: "360dialog",
      account: settings.name,
      credentialKey: "channels (\(channel.label))",
      secret: channel.apiKey,
      sendsMetaToken: false
    )
    place = caller.credentialKey
    let key = KeyHeader("D360-API-KEY", channel.apiKey, place: place)
    let envelope = Dialog360Envelope(key: key, caller: "\(settings.name), channel \(channel.label)")
    connection = GraphConnection(
      exchange: ProviderExchange(
        provider: "360dialog",
        settings: settings,
        standardBaseURL: "https://waba-v2.360dialog.io",
        transport: transport
      ),
      key: key,
      caller: caller,
      credential: "channel/\(channel.label)",
      otherEnvelope: envelope.error
    )
  }

  var credential: String { connection.credential }

  func health(through gate: any RequestGate) async throws(GraphFailure) -> GraphAnswer {
    try await connection.get("/health_status", about: subject, through: gate)
  }

  /// Reads the health together with the phone facts, without fields that were refused before.
  func healthWithFacts(through gate: any RequestGate) async throws(GraphFailure) -> GraphAnswer {
    try await connection.get(
      fields: Self.facts,
      of: GraphNode(kind: .phoneNumber, id: label),
      about: subject,
      through: gate
    ) { "/health_status?fields=\($0)" }
  }

  /// Reads the templates of the WABA of the channel's number.
  func templates(through gate: any RequestGate) async -> GraphListing {
    await connection.list(
      "/message_templates",
      fields: MetaGraphTemplate.fields,
      of: GraphNode(kind: .templateEdge, id: label),
      about: GraphSubject("the templates of channel \(label)"),
      through: gate
    )
  }

  private var subject: GraphSubject { GraphSubject("channel \(label)") }

  /// `health_status` and `id` are always in the answer.
  private static let facts = GraphField.phoneNumber.filter { $0 != GraphField.health && $0 != "id" }
}
