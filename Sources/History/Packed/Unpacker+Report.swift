import Health

extension Unpacker {
  mutating func report(sharing pool: PackedPool) throws(PackedError) -> HealthReport {
    let nodeID = try optionalText()
    let providerVerdict = try optionalText()
    let root: AsSent<Availability>? = try word()
    let entities = try list { unpacker throws(PackedError) in
      try unpacker.entity(sharing: pool)
    }
    let facts = try phoneNumberFacts()
    let checks = try list { unpacker throws(PackedError) in try unpacker.check() }
    var report = HealthReport(
      nodeID: nodeID,
      providerVerdict: providerVerdict,
      root: root,
      entities: entities,
      facts: facts,
      checks: checks,
      incomplete: try optionalText()
    )
    report.besides = try optional { unpacker throws(PackedError) in try unpacker.entityError() }
    report.unread = try optionalText()
    report.businessAccount = try optionalText()
    report.note = try optionalText()
    return report
  }

  private mutating func word<Value>() throws(PackedError) -> AsSent<Value>? {
    try optionalText().map(AsSent.init)
  }

  private mutating func entity(sharing pool: PackedPool) throws(PackedError) -> HealthEntity {
    let bytes = try bytes()
    if let known = pool.entities[bytes] { return known }
    var unpacker = Unpacker(bytes)
    let entity = try unpacker.entity()
    pool.entities[bytes] = entity
    return entity
  }

  mutating func entity() throws(PackedError) -> HealthEntity {
    HealthEntity(
      type: try word(),
      id: try optionalText(),
      name: try optionalText(),
      canSendMessage: try word(),
      canReceiveCallSIP: try word(),
      otherChannels: try facts(),
      additionalInfo: try list { unpacker throws(PackedError) in try unpacker.text() },
      errors: try list { unpacker throws(PackedError) in try unpacker.entityError() }
    )
  }

  mutating func facts() throws(PackedError) -> [Fact] {
    try list { unpacker throws(PackedError) in Fact(try unpacker.text(), try unpacker.text()) }
  }

  private mutating func entityError() throws(PackedError) -> EntityError {
    EntityError(code: try code(), description: try optionalText(), solution: try optionalText())
  }

  private mutating func code() throws(PackedError) -> EntityError.Code? {
    try optional { unpacker throws(PackedError) in
      try unpacker.flag() ? .number(try unpacker.number()) : .text(try unpacker.text())
    }
  }

  private mutating func phoneNumberFacts() throws(PackedError) -> PhoneNumberFacts {
    PhoneNumberFacts(
      displayNumber: try optionalText(),
      verifiedName: try optionalText(),
      status: try word(),
      quality: try word(),
      nameStatus: try word(),
      messagingLimit: try word(),
      throughput: try optionalText(),
      others: try facts()
    )
  }

  private mutating func check() throws(PackedError) -> ProviderCheck {
    let name = try text()
    let kind: ProviderCheck.Kind
    switch try number() {
    case 0: kind = .token
    case 1: kind = .webhook
    case 3: kind = .summary
    default: kind = .other
    }
    return ProviderCheck(
      name: name,
      kind: kind,
      passed: try optional { unpacker throws(PackedError) in try unpacker.flag() },
      code: try code(),
      message: try optionalText(),
      details: try facts()
    )
  }

  mutating func failure() throws(PackedError) -> ProviderError {
    let kind: ProviderError.Kind
    switch PollOutcome(rawValue: try text()) {
    case .credentialRejected: kind = .credentialRejected
    case .numberRefused: kind = .numberRefused
    case .throttled:
      let wait = try optional { unpacker throws(PackedError) in try unpacker.duration() }
      kind = .throttled(retryAfter: wait)
    case .unreachable: kind = .unreachable
    case .timedOut: kind = .timedOut
    case .unintelligible: kind = .unintelligible
    case .providerError: kind = .providerError
    case .answered, .answeredPartly, nil: throw PackedError()
    }
    let message = try text()
    let status = try optionalNumber()
    return ProviderError(kind, message, httpStatus: status, code: try code())
  }
}
