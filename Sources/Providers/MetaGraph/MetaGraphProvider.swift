package import Health

/// Meta's Graph API: one request for all numbers of a WABA, and one for each singly configured
/// number.
///
/// Names, states and templates of WABAs and businesses are separate targets, and a refusal of one
/// does not affect the others: a coexistence token may read a number but not its WABA.
package struct MetaGraphProvider: HealthProvider {
  package static let description = ProviderDescription(
    name: "meta",
    keys: [
      .init("access_token", .secret, hint: "a system user's token, from Business settings"),
      .init(
        "app_secret",
        .secret,
        hint: "the app's secret, if the app requires a proof with each call"
      ),
      .init("graph_version", .graphVersion, hint: "Graph's version; the default is v24.0"),
      .init("wabas", .list, hint: "ids of business accounts, to watch all their numbers"),
      .init(
        "numbers",
        .numbers(item: "id", allowsAll: false),
        hint: "ids of phone numbers, as in WhatsApp Manager"
      ),
      .init("businesses", .list, hint: "ids of portfolios, to watch all their WABAs"),
    ],
    requiresOneOf: [["access_token"], ["wabas", "numbers", "businesses"]],
    requestsPerMinute: 60,
    concurrency: 4,
    make: { MetaGraphProvider(settings: $0, transport: $1) }
  )

  package let account: Account
  let settings: MetaGraphSettings
  let connection: GraphConnection
  let memory = MetaGraphMemory()
  let time: any TimeSource

  /// `time` decides when rare requests are due again.
  package init(
    settings: AccountSettings,
    transport: any HTTPTransport,
    time: any TimeSource = SystemTime()
  ) {
    self.time = time
    account = Self.description.account(from: settings)
    self.settings = MetaGraphSettings(settings)
    let caller = GraphCaller(
      provider: "Meta",
      account: settings.name,
      credentialKey: "access_token",
      secret: self.settings.accessToken,
      listsEveryKind: true
    )
    let proof = self.settings.proof
    connection = GraphConnection(
      exchange: ProviderExchange(
        provider: "Meta",
        settings: settings,
        standardBaseURL: "https://graph.facebook.com",
        transport: transport
      ),
      key: KeyHeader(
        "Authorization",
        prefix: "Bearer ",
        self.settings.accessToken,
        place: caller.credentialKey,
        hidingAlso: [self.settings.appSecret?.revealed, proof].compactMap(\.self)
      ),
      caller: caller,
      proof: proof
    )
  }

  package func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    switch MetaGraphTarget(target.id) {
    case .number(let id): await readNumber(id, of: target, through: gate)
    case .numbers(let waba): await readNumbers(ofBusinessAccount: waba, target, through: gate)
    case .businessAccount(let waba): await readBusinessAccount(waba, through: gate)
    case .business(let id): await readBusiness(id, through: gate)
    case .templates(let waba): await readTemplates(ofBusinessAccount: waba, through: gate)
    case .token: await readToken(through: gate)
    case nil: PollAnswer()
    }
  }

  /// One node with its fields.
  func get(
    _ fields: [String],
    of node: GraphNode,
    about subject: GraphSubject,
    through gate: any RequestGate
  ) async throws(GraphFailure) -> GraphAnswer {
    try await connection.get(fields: fields, of: node, about: subject, through: gate) { fields in
      "\(path(node.id))?fields=\(fields)"
    }
  }

  /// The path of a node, or of a list under it.
  func path(_ id: String, _ edge: String? = nil) -> String {
    "/\(settings.version.urlEscaped)/\(id.urlEscaped)" + (edge.map { "/\($0)" } ?? "")
  }

  func phoneNumber(_ id: String) -> PhoneNumber {
    PhoneNumber(
      account: account.name,
      provider: account.provider,
      target: id,
      label: settings.labels[id] ?? nil
    )
  }
}

/// The configuration of an account at Meta.
struct MetaGraphSettings: Sendable {
  let accessToken: Secret
  let appSecret: Secret?
  /// With the `v`.
  let version: String
  let wabas: [String]
  /// The ids of the numbers, each once.
  let numbers: [String]
  /// The label of every configured number; nil if it has none.
  let labels: [String: String?]
  let businesses: [String]
  let watchesTemplates: Bool

  init(_ settings: AccountSettings) {
    accessToken = settings.secret("access_token")
    appSecret = settings.values["app_secret"] == nil ? nil : settings.secret("app_secret")
    version = Self.version(settings.text("graph_version") ?? "")
    wabas = Self.list(settings.values["wabas"])
    businesses = Self.list(settings.values["businesses"])
    let configured = settings.numbers("numbers") ?? []
    numbers = configured.map(\.id).withoutRepeats
    labels = Dictionary(configured.map { ($0.id, $0.label) }) { first, _ in first }
    watchesTemplates = settings.watchesTemplates
  }

  /// The proof for apps that require one.
  var proof: String? {
    let trimmed = { (secret: Secret) in secret.revealed.trimmingWhitespace() }
    return appSecret.map {
      AppSecretProof.text(token: trimmed(accessToken), appSecret: trimmed($0))
    }
  }

  /// The configured version, or the first one with the portfolio's messaging limit.
  private static func version(_ text: String) -> String {
    let version = text.trimmingWhitespace()
    if version.isEmpty { return "v24.0" }
    return version.first?.isNumber == true ? "v\(version)" : version
  }

  private static func list(_ value: SettingValue?) -> [String] {
    if case .list(let ids) = value { ids } else { [] }
  }
}
