package import Health

/// Any endpoint that answers like Graph: one request per configured node, at the operator's path.
///
/// No lists, names or templates, which only Meta's own Graph provides reliably.
package struct GraphCompatibleProvider: HealthProvider {
  package static let description = ProviderDescription(
    name: "graph",
    keys: [
      .init("base_url", .text, hint: "the address before the path, with Graph's version"),
      .init("header", .header, hint: "name and value of the header that holds the key"),
      .init("path", .text, hint: "what follows base_url; the default is /{node}?fields={fields}"),
      .init("numbers", .numbers(item: "id", allowsAll: false), hint: "ids of phone numbers"),
    ],
    requiresOneOf: [["base_url"], ["header"], ["numbers"]],
    requestsPerMinute: 60,
    concurrency: 4,
    make: { GraphCompatibleProvider(settings: $0, transport: $1) }
  )

  package let account: Account
  private let numbers: [ConfiguredNumber]
  private let path: GraphPathTemplate
  private let connection: GraphConnection

  package init(settings: AccountSettings, transport: any HTTPTransport) {
    account = Self.description.account(from: settings)
    var seen: Set<String> = []
    numbers = (settings.numbers("numbers") ?? []).filter { seen.insert($0.id).inserted }
    path = GraphPathTemplate(settings.text("path") ?? GraphPathTemplate.standard)
    let key = Self.key(of: settings)
    let host = Self.host(of: settings)
    connection = GraphConnection(
      exchange: ProviderExchange(
        provider: host,
        settings: settings,
        standardBaseURL: "",
        transport: transport
      ),
      key: key,
      caller: GraphCaller(
        provider: host,
        account: settings.name,
        credentialKey: "header",
        secret: key.secret,
        sendsMetaToken: Self.isMetaToken(key)
      ),
      otherEnvelope: GraphCompatibleEnvelope(key: key, account: settings.name).error
    )
  }

  package func discover(through gate: any RequestGate) async -> Discovery {
    Discovery(
      targets: numbers.map { number in
        PollTarget(
          id: "number/\(number.id)",
          purpose: .health,
          numbers: [
            PhoneNumber(
              account: account.name,
              provider: account.provider,
              target: number.id,
              label: number.label
            )
          ]
        )
      }
    )
  }

  package func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    guard let number = target.numbers.first, let id = number.target else { return PollAnswer() }
    do throws(GraphFailure) {
      let answer = try await ask(id, through: gate)
      return PollAnswer(readings: [NumberAnswer(number, report(in: answer, of: id), answer.answer)])
    } catch {
      guard let answer = error.answer else {
        return PollAnswer(readings: [NumberAnswer(number, failure: error.error)])
      }
      return PollAnswer(readings: [NumberAnswer(number, .failure(error.error), answer)])
    }
  }

  private func ask(
    _ id: String,
    through gate: any RequestGate
  ) async throws(GraphFailure) -> GraphAnswer {
    // A path without `{fields}` is fixed, so no field can be left out.
    guard path.takesFields else {
      return try await connection.get(
        path.filled(node: id, fields: ""),
        about: .number(id),
        through: gate
      )
    }
    return try await connection.get(
      fields: GraphField.phoneNumber,
      of: GraphNode(kind: .phoneNumber, id: id),
      about: .number(id),
      through: gate
    ) { path.filled(node: id, fields: $0) }
  }

  private func report(
    in answer: GraphAnswer,
    of id: String
  ) -> Result<HealthReport, ProviderError> {
    if let report = answer.report(isListPromised: false) {
      guard let misplaced = MisplacedID(number: id, answeredWith: report) else {
        return .success(report.about(id))
      }
      let status = answer.answer.status
      return .failure(misplaced.error(asking: connection.caller, httpStatus: status))
    }
    return .failure(
      ProviderError(
        .unintelligible,
        "\(connection.caller.provider) answered without health or facts of a number.",
        httpStatus: answer.answer.status
      )
    )
  }

  /// The name of such a provider in sentences.
  private static func host(of settings: AccountSettings) -> String {
    let url = settings.baseURL ?? settings.text("base_url") ?? ""
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let host = rest.prefix { !"/?#".contains($0) }.split(separator: "@").last ?? ""
    return host.isEmpty ? "The provider" : String(host)
  }

  /// The word before a key (`Bearer …`) is no secret.
  ///
  /// It is kept apart so that the key itself can be found if the provider repeats it.
  private static func key(of settings: AccountSettings) -> KeyHeader {
    let place = "accounts.\(settings.name).header"
    guard case .header(let name, let value) = settings.values["header"] else {
      return KeyHeader("Authorization", Secret(""), place: place)
    }
    let text = value.revealed.trimmingWhitespace()
    guard let blank = text.lastIndex(of: " ") else {
      return KeyHeader(name, Secret(text), place: place)
    }
    let secret = text[text.index(after: blank)...]
    return KeyHeader(name, prefix: String(text[...blank]), Secret(String(secret)), place: place)
  }
}

extension GraphCompatibleProvider {
  /// Only a bearer token can be a token of Meta's; any other key is the provider's own.
  private static func isMetaToken(_ key: KeyHeader) -> Bool {
    let scheme = key.prefix.lowercased()
    return key.name.lowercased() == "authorization" && ["bearer ", "oauth "].contains(scheme)
  }
}

/// The path of a node at a Graph-compatible provider, with the placeholders `{node}` and
/// `{fields}`.
struct GraphPathTemplate: Sendable {
  static let standard = "/{node}?fields={fields}"

  private let text: String

  init(_ text: String) {
    let text = text.trimmingWhitespace()
    self.text = text.hasPrefix("/") ? text : "/\(text)"
  }

  var takesFields: Bool { text.contains("{fields}") }

  func filled(node: String, fields: String) -> String {
    // The node comes last, so that an id that looks like `{fields}` is not replaced.
    text.replacing("{fields}", with: fields).replacing("{node}", with: node.urlEscaped)
  }
}
