/// What a provider says about an entity besides its health: its name and its conditions.
package struct EntityFacts: Hashable, Sendable {
  package let reference: EntityReference
  package let name: String?
  /// Conditions that apply to every number under it.
  package let conditions: [EntityCondition]
  package let facts: [Fact]
  /// The business of a WABA, if known.
  package let parent: EntityReference?

  package init(
    reference: EntityReference,
    name: String?,
    conditions: [EntityCondition] = [],
    facts: [Fact] = [],
    parent: EntityReference? = nil
  ) {
    self.reference = reference
    self.name = name
    self.conditions = conditions
    self.facts = facts
    self.parent = parent
  }

  /// The same under another name.
  package func named(_ name: String) -> Self {
    Self(
      reference: reference,
      name: name,
      conditions: conditions,
      facts: facts,
      parent: parent
    )
  }

  /// The worst state of its conditions; nil if none is bad.
  package var state: HealthState? {
    switch conditions.map(\.severity).max() {
    case .critical: .critical
    case .warning: .warning
    case .unknown: .unknown
    case .ok, nil: nil
    }
  }
}

/// A message template of a WABA; never its contents.
package struct MessageTemplate: Hashable, Sendable, Identifiable {
  /// The provider's id, else name and language: Kaleyra's older list has no ids.
  package let id: String
  package let name: String
  package let language: String?
  package let status: AsSent<TemplateStatus>
  package let category: String?
  package let quality: AsSent<QualityRating>?
  package let rejectedReason: String?
  /// The template node's own health, asked for templates that aren't approved.
  package let health: HealthEntity?

  package init(
    id: String,
    name: String,
    language: String?,
    status: AsSent<TemplateStatus>,
    category: String? = nil,
    quality: AsSent<QualityRating>? = nil,
    rejectedReason: String? = nil,
    health: HealthEntity? = nil
  ) {
    self.id = id
    self.name = name
    self.language = language
    self.status = status
    self.category = category
    self.quality = quality
    self.rejectedReason = rejectedReason
    self.health = health
  }
}

/// All templates of one WABA, or why they could not be read.
package struct TemplateList: Hashable, Sendable {
  package let waba: String
  package let templates: Result<[MessageTemplate], ProviderError>

  package init(waba: String, templates: Result<[MessageTemplate], ProviderError>) {
    self.waba = waba
    self.templates = templates
  }
}
