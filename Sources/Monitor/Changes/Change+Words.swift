package import Health

// How values of the fleet are encoded.

extension HealthState: Codable {
  package init(from decoder: any Decoder) throws {
    let word = try decoder.singleValueContainer().decode(String.self)
    guard let state = Self.allCases.first(where: { $0.word == word }) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "There is no state \(word)."
        )
      )
    }
    self = state
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(word)
  }
}

extension CauseID {
  /// The same in every run.
  package var key: String {
    switch self {
    case .entity(let reference): "entity/\(reference.type.word)/\(reference.id)"
    case .signal(let kind, let text): "signal/\(kind.word)/\(text)"
    case .account(let name, let trouble): "account/\(name)/\(trouble.rawValue)"
    case .provider(let name, let trouble): "provider/\(name)/\(trouble.rawValue)"
    case .offline: "offline"
    case .templates(let status): "templates/\(status.word)"
    }
  }

  /// Such as `WABA 102290129340398`.
  package var subject: String {
    switch self {
    case .entity(let reference): "\(reference.type.word) \(reference.id)"
    case .signal(let kind, _): kind.word
    case .account(let name, _): "account \(name)"
    case .provider(let name, _): "provider \(name)"
    case .offline: "all accounts"
    case .templates(let status): "templates \(status.word)"
    }
  }
}

extension Change.Number {
  init(_ record: NumberRecord) {
    account = record.number.account
    target = record.number.target
    number = record.displayNumber
    name = record.number.label ?? record.name
  }
}

extension Change.Account {
  init(_ account: Account) {
    name = account.name
    provider = account.provider
  }
}

extension Change.Failure {
  init(_ error: ProviderError) {
    kind = PollOutcome(error.kind).rawValue
    httpStatus = error.httpStatus
    message = error.message
  }
}

extension Change.Reason {
  package init(_ id: CauseID, _ cause: Cause? = nil) {
    key = id.key
    summary = cause.map { $0.isOfEntity ? $0.subject : $0.line } ?? id.subject
    code = (cause?.code ?? id.templateCode)?.text
    text = cause?.text ?? id.trouble?.phrase
    severity = cause?.severity.word
    topic = cause?.topic?.rawValue
  }
}

extension CauseID {
  fileprivate var templateCode: EntityError.Code? {
    if case .templates(let status) = self { status.code } else { nil }
  }
}

extension Cause {
  fileprivate var isOfEntity: Bool { if case .entity = kind { true } else { false } }
}
