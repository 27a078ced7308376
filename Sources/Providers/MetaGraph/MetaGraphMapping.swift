import FoundationEssentials
import Health

extension EntityFacts {
  init(_ account: MetaGraphBusinessAccount, id: String, at now: Date) {
    self.init(
      reference: EntityReference(type: .waba, id: id),
      name: account.name,
      conditions: account.conditions(at: now),
      facts: account.shown.map { Fact($0.name, $0.value) },
      parent: account.owner.map { EntityReference(type: .business, id: $0.id) }
    )
  }

  init(_ business: MetaGraphBusiness, id: String, owner: MetaGraphOwner?) {
    let verification = business.verification ?? owner?.verification
    self.init(
      reference: EntityReference(type: .business, id: id),
      name: business.name ?? owner?.name,
      conditions: [
        business.status.map { EntityCondition(.status, $0) },
        verification.map { EntityCondition(.verification, $0) },
      ].compactMap(\.self),
      facts: business.shown.map { Fact($0.name, $0.value) }
    )
  }

  /// A business that is known only from its WABAs.
  init(_ owner: MetaGraphOwner) {
    self.init(
      reference: EntityReference(type: .business, id: owner.id),
      name: owner.name,
      conditions: owner.verification.map { [EntityCondition(.verification, $0)] } ?? [],
      facts: owner.verification.map { [Fact("verification_status", $0)] } ?? []
    )
  }

  /// An entity that the credential may not read.
  init(unreadable reference: EntityReference, _ error: ProviderError, owner: MetaGraphOwner? = nil)
  {
    let known = owner.map(EntityFacts.init)
    self.init(
      reference: reference,
      name: known?.name,
      conditions: known?.conditions ?? [],
      facts: (known?.facts ?? []) + [Fact("not readable", error.message)]
    )
  }
}

extension EntityFacts {
  /// Adds whether messages arrive, or why that is unknown.
  func adding(_ webhook: MetaGraphWebhook) -> Self {
    EntityFacts(
      reference: reference,
      name: name,
      conditions: conditions + [webhook.condition].compactMap(\.self),
      facts: facts + [webhook.fact],
      parent: parent
    )
  }
}

extension MetaGraphBusinessAccount {
  /// The WABA's own conditions; the verification of its business only if the business is not named.
  fileprivate func conditions(at now: Date) -> [EntityCondition] {
    [
      status.map { EntityCondition(.status, $0) },
      reviewStatus.map { EntityCondition(.review, $0) },
      banState.map { EntityCondition(.ban, $0) },
      restriction(at: now),
      health.first { $0.type?.value == .waba }.flatMap(EntityCondition.init(health:)),
      owner == nil ? verification.map { EntityCondition(.verification, $0) } : nil,
    ].compactMap(\.self)
  }

  /// All restrictions as one condition, with the words as sent; nil if the answer has none.
  private func restriction(at now: Date) -> EntityCondition? {
    guard !restrictions.isEmpty else { return nil }
    let words = restrictions.filter { $0.counts(at: now) }.map { restriction in
      let end = restriction.end.map { " until \($0.formatted(.iso8601.year().month().day()))" }
      return restriction.type + (end ?? "")
    }
    return words.isEmpty
      ? EntityCondition(.restriction, sentence: "Not restricted.", severity: .ok)
      : EntityCondition(
        .restriction,
        sentence: "Restricted: \(words.joined(separator: ", ")).",
        severity: .warning
      )
  }
}

extension MessageTemplate {
  /// Without health, which needs another request.
  init(_ template: MetaGraphTemplate) {
    self.init(
      // Proxies omit ids; name and language identify a template as well.
      id: template.id
        ?? [template.name, template.language].compactMap(\.self).joined(separator: "/"),
      name: template.name,
      language: template.language,
      status: AsSent(template.status),
      category: template.category,
      quality: template.quality.map { AsSent($0) },
      rejectedReason: template.rejectedReason
    )
  }

  func with(health: HealthEntity?) -> Self {
    MessageTemplate(
      id: id,
      name: name,
      language: language,
      status: status,
      category: category,
      quality: quality,
      rejectedReason: rejectedReason,
      health: health
    )
  }
}
