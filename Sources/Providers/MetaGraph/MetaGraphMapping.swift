import Health

extension EntityFacts {
  init(_ account: MetaGraphBusinessAccount, id: String) {
    self.init(
      reference: EntityReference(type: .waba, id: id),
      name: account.name,
      state: HealthState(review: account.reviewStatus)
        ?? HealthState(accountStatus: account.status),
      facts: account.shown.map { Fact($0.name, $0.value) },
      parent: account.owner.map { EntityReference(type: .business, id: $0.id) }
    )
  }

  init(_ business: MetaGraphBusiness, id: String, owner: MetaGraphOwner?) {
    let verification = business.verification ?? owner?.verification
    self.init(
      reference: EntityReference(type: .business, id: id),
      name: business.name ?? owner?.name,
      state: HealthState(verification: verification),
      facts: business.shown.map { Fact($0.name, $0.value) }
    )
  }

  /// A business of which only its WABAs have told.
  init(_ owner: MetaGraphOwner) {
    self.init(
      reference: EntityReference(type: .business, id: owner.id),
      name: owner.name,
      state: HealthState(verification: owner.verification),
      facts: owner.verification.map { [Fact("verification_status", $0)] } ?? []
    )
  }

  /// An entity that the credential may not read; everything else about it goes on.
  init(unreadable reference: EntityReference, _ error: ProviderError, owner: MetaGraphOwner? = nil)
  {
    let known = owner.map(EntityFacts.init)
    self.init(
      reference: reference,
      name: known?.name,
      state: known?.state,
      facts: (known?.facts ?? []) + [Fact("not readable", error.message)]
    )
  }
}

extension HealthState {
  /// Of a WABA's `account_review_status`; one that waits for its review is no worse for it.
  init?(review word: String?) {
    guard word?.asWord == "REJECTED" else { return nil }
    self = .blocked
  }

  /// Of a WABA's `status`: the words are those of phone numbers, of which only the end is sure.
  init?(accountStatus word: String?) {
    guard let word, let severity = PhoneNumberStatus(word: word.asWord).accountSeverity else {
      return nil
    }
    self = severity == .critical ? .blocked : .limited
  }

  /// Of a business's verification: without one its messaging limit stays at the starter level, which
  /// is news only where somebody asked for verification and did not get it.
  init?(verification word: String?) {
    switch word?.asWord {
    case "REJECTED", "FAILED", "REVOKED", "EXPIRED", "INELIGIBLE": self = .limited
    case "PENDING_NEED_MORE_INFO": self = .warning
    default: return nil
    }
  }
}

extension PhoneNumberStatus {
  fileprivate var accountSeverity: Severity? {
    if case .unrecognized("DISABLED") = self { return .critical }
    return severity > .ok ? severity : nil
  }
}

extension MessageTemplate {
  /// Without health, which another request brings.
  init(_ template: MetaGraphTemplate) {
    self.init(
      // Proxies leave ids out; name and language identify a template to people.
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

extension String {
  /// For comparing: providers vary case and blanks.
  fileprivate var asWord: String { trimmingWhitespace().uppercased() }
}
