import Health

extension Packer {
  mutating func pack(_ report: HealthReport) {
    pack(report.nodeID)
    pack(report.providerVerdict)
    pack(report.root?.text)
    pack(report.entities) { packer, entity in
      var part = Packer()
      part.pack(entity)
      packer.pack(packed: part)
    }
    pack(report.facts)
    pack(report.checks) { $0.pack($1) }
    pack(report.incomplete)
    pack(report.besides) { $0.pack($1) }
    pack(report.unread)
    pack(report.businessAccount)
    pack(report.note)
  }

  mutating func pack(_ entity: HealthEntity) {
    pack(entity.type?.text)
    pack(entity.id)
    pack(entity.name)
    pack(entity.canSendMessage?.text)
    pack(entity.canReceiveCallSIP?.text)
    pack(entity.otherChannels) { $0.pack($1) }
    pack(entity.additionalInfo) { $0.pack($1) }
    pack(entity.errors) { $0.pack($1) }
  }

  private mutating func pack(_ error: EntityError) {
    pack(error.code) { $0.pack($1) }
    pack(error.description)
    pack(error.solution)
  }

  private mutating func pack(_ code: EntityError.Code) {
    switch code {
    case .number(let number):
      pack(true)
      pack(number)
    case .text(let text):
      pack(false)
      pack(text)
    }
  }

  mutating func pack(_ fact: Fact) {
    pack(fact.name)
    pack(fact.value)
  }

  private mutating func pack(_ facts: PhoneNumberFacts) {
    pack(facts.displayNumber)
    pack(facts.verifiedName)
    pack(facts.status?.text)
    pack(facts.quality?.text)
    pack(facts.nameStatus?.text)
    pack(facts.messagingLimit?.text)
    pack(facts.throughput)
    pack(facts.others) { $0.pack($1) }
  }

  private mutating func pack(_ check: ProviderCheck) {
    pack(check.name)
    switch check.kind {
    case .token: pack(0)
    case .webhook: pack(1)
    case .other: pack(2)
    case .summary: pack(3)
    }
    pack(check.passed)
    pack(check.code) { $0.pack($1) }
    pack(check.message)
    pack(check.details) { $0.pack($1) }
  }

  mutating func pack(_ error: ProviderError) {
    pack(PollOutcome(error.kind).rawValue)
    if case .throttled(let wait) = error.kind { pack(wait) { $0.pack($1) } }
    pack(error.message)
    pack(error.httpStatus)
    pack(error.code) { $0.pack($1) }
  }
}
