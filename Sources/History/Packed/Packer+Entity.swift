import Health

extension Packer {
  mutating func pack(_ facts: EntityFacts) {
    pack(facts.reference)
    pack(facts.name)
    pack(facts.conditions) { $0.pack($1) }
    pack(facts.facts) { $0.pack($1) }
    pack(facts.parent) { $0.pack($1) }
  }

  private mutating func pack(_ reference: EntityReference) {
    pack(reference.type.word)
    pack(reference.id)
  }

  private mutating func pack(_ condition: EntityCondition) {
    pack(condition.subject.word)
    pack(condition.text)
    pack(condition.severity.word)
    pack(condition.health) { $0.pack($1) }
    pack(condition.ownTopic.map { "\($0)" })
  }

  mutating func pack(_ list: TemplateList) {
    pack(list.waba)
    switch list.templates {
    case .success(let templates):
      pack(true)
      pack(templates) { $0.pack($1) }
    case .failure(let error):
      pack(false)
      pack(error)
    }
  }

  private mutating func pack(_ template: MessageTemplate) {
    pack(template.id)
    pack(template.name)
    pack(template.language)
    pack(template.status.text)
    pack(template.category)
    pack(template.quality?.text)
    pack(template.rejectedReason)
    pack(template.health) { $0.pack($1) }
  }
}

extension EntityCondition.Subject {
  fileprivate static let all: [(subject: Self, word: String)] = [
    (.status, "status"), (.review, "review"), (.ban, "ban"), (.restriction, "restriction"),
    (.health, "health"), (.verification, "verification"), (.webhook, "webhook"),
    (.token, "token"),
  ]

  fileprivate var word: String { Self.all.first { $0.subject == self }?.word ?? "" }
}

extension Unpacker {
  mutating func entityFacts() throws(PackedError) -> EntityFacts {
    EntityFacts(
      reference: try reference(),
      name: try optionalText(),
      conditions: try list { unpacker throws(PackedError) in try unpacker.condition() },
      facts: try facts(),
      parent: try optional { unpacker throws(PackedError) in try unpacker.reference() }
    )
  }

  private mutating func reference() throws(PackedError) -> EntityReference {
    EntityReference(type: EntityType(word: try text()), id: try text())
  }

  private mutating func condition() throws(PackedError) -> EntityCondition {
    let subject = try text()
    let words = try text()
    let severity = try text()
    let health = try optional { unpacker throws(PackedError) in try unpacker.entity() }
    let topic = try optionalText()
    guard let subject = EntityCondition.Subject.all.first(where: { $0.word == subject })?.subject,
      let severity = Severity.allCases.first(where: { $0.word == severity })
    else { throw PackedError() }
    switch subject {
    case .health:
      guard let condition = health.flatMap(EntityCondition.init(health:)) else {
        throw PackedError()
      }
      return condition
    case .restriction, .webhook, .token:
      return EntityCondition(
        subject,
        sentence: words,
        severity: severity,
        topic: KnowledgeTopic.allCases.first { "\($0)" == topic }
      )
    case .status, .review, .ban, .verification:
      return EntityCondition(subject, words)
    }
  }

  mutating func templateList() throws(PackedError) -> TemplateList {
    let waba = try text()
    guard try flag() else { return TemplateList(waba: waba, templates: .failure(try failure())) }
    let templates = try list { unpacker throws(PackedError) in try unpacker.template() }
    return TemplateList(waba: waba, templates: .success(templates))
  }

  private mutating func template() throws(PackedError) -> MessageTemplate {
    MessageTemplate(
      id: try text(),
      name: try text(),
      language: try optionalText(),
      status: AsSent(try text()),
      category: try optionalText(),
      quality: try optionalText().map(AsSent.init),
      rejectedReason: try optionalText(),
      health: try optional { unpacker throws(PackedError) in try unpacker.entity() }
    )
  }
}
