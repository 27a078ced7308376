extension AnswerDifference {
  /// Compares what was known of a number with what is known now.
  package init(from old: KnownAnswer, to new: KnownAnswer) {
    var comparison = Comparison()
    comparison.compare(nil, "poll", old.outcome, new.outcome)
    if let report = new.report, !report.isSharing(old.report) {
      comparison.compare(old.report, report)
    }
    self.init(comparison.lines)
  }
}

/// Gathers the fields that differ.
private struct Comparison {
  private(set) var lines: [AnswerDifference.Line] = []

  mutating func compare(
    _ subject: String?,
    _ field: String,
    _ before: String?,
    _ after: String?
  ) {
    guard before != after else { return }
    lines.append(
      AnswerDifference.Line(subject: subject, field: field, before: before, after: after)
    )
  }

  mutating func compare(_ old: HealthReport?, _ new: HealthReport) {
    compare(nil, "provider_verdict", old?.providerVerdict, new.providerVerdict)
    compare(nil, "can_send_message", old?.root?.text, new.root?.text)
    compare(old?.facts ?? PhoneNumberFacts(), new.facts)
    compare(checks: old?.checks ?? [], new.checks)
    compare(nil, "business_account", old?.businessAccount, new.businessAccount)
    compare(nil, "error", old?.besides?.line, new.besides?.line)
    compare(nil, "incomplete", old?.incomplete, new.incomplete)
    compare(nil, "not_read", old?.unread, new.unread)
    compare(nil, "note", old?.note, new.note)
    // After what is said of the number itself, which is one section.
    compare(entities: old?.entities ?? [], new.entities)
  }

  private mutating func compare(_ old: PhoneNumberFacts, _ new: PhoneNumberFacts) {
    compare(nil, "status", old.status?.text, new.status?.text)
    compare(nil, "quality_rating", old.quality?.text, new.quality?.text)
    compare(nil, "messaging_limit", old.messagingLimit?.text, new.messagingLimit?.text)
    compare(nil, "name_status", old.nameStatus?.text, new.nameStatus?.text)
    compare(nil, "verified_name", old.verifiedName, new.verifiedName)
    compare(nil, "display_phone_number", old.displayNumber, new.displayNumber)
    compare(nil, "throughput", old.throughput, new.throughput)
    compare(facts: nil, old.others, new.others)
  }

  private mutating func compare(facts subject: String?, _ old: [Fact], _ new: [Fact]) {
    guard old != new else { return }
    let before = Dictionary(old.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let after = Dictionary(new.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    for name in Set(before.keys).union(after.keys).sorted() {
      compare(subject, name, before[name], after[name])
    }
  }

  private mutating func compare(checks old: [ProviderCheck], _ new: [ProviderCheck]) {
    guard old != new else { return }
    let before = Dictionary(old.map { ($0.name, $0.line) }, uniquingKeysWith: { $1 })
    let after = Dictionary(new.map { ($0.name, $0.line) }, uniquingKeysWith: { $1 })
    for name in Set(before.keys).union(after.keys).sorted() {
      compare(nil, name, before[name], after[name])
    }
  }

  // MARK: Entities

  /// By type and id, in the order of the newer answer; those that are gone come last.
  private mutating func compare(entities old: [HealthEntity], _ new: [HealthEntity]) {
    guard old != new else { return }
    let before = Dictionary(old.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    for entity in new { compare(entity.subject, before[entity.subject], entity) }
    let kept = Set(new.map(\.subject))
    for entity in old where !kept.contains(entity.subject) {
      compare(entity.subject, entity, nil)
    }
  }

  private mutating func compare(_ subject: String, _ old: HealthEntity?, _ new: HealthEntity?) {
    if old == nil || new == nil {
      compare(subject, "listed", old.map { _ in "yes" }, new.map { _ in "yes" })
    }
    compare(subject, "can_send_message", old?.canSendMessage?.text, new?.canSendMessage?.text)
    compare(
      subject,
      "can_receive_call_sip",
      old?.canReceiveCallSIP?.text,
      new?.canReceiveCallSIP?.text
    )
    compare(facts: subject, old?.otherChannels ?? [], new?.otherChannels ?? [])
    compare(subject, "name", old?.name, new?.name)
    compare(
      lists: subject,
      "error",
      old?.errors.map(\.line) ?? [],
      new?.errors.map(\.line) ?? []
    )
    compare(
      lists: subject,
      "additional_info",
      old?.additionalInfo ?? [],
      new?.additionalInfo ?? []
    )
  }

  /// What is in one of the lists only.
  private mutating func compare(
    lists subject: String,
    _ field: String,
    _ old: [String],
    _ new: [String]
  ) {
    for text in new where !old.contains(text) { compare(subject, field, nil, text) }
    for text in old where !new.contains(text) { compare(subject, field, text, nil) }
  }
}

extension HealthEntity {
  /// The number's own entity has no id here: the difference is the same for all that a fault hits.
  fileprivate var subject: String {
    let word = type?.text ?? "entity"
    guard let id, !isOf(.phoneNumber) else { return word }
    return "\(word) \(id)"
  }
}

extension EntityError {
  /// Its code and its words.
  fileprivate var line: String {
    [code?.text, description].compactMap(\.self).joined(separator: ": ")
  }
}

extension ProviderCheck {
  fileprivate var line: String {
    let word = passed.map { $0 ? "passed" : "failed" } ?? "not said"
    return [word, message].compactMap(\.self).joined(separator: ": ")
  }
}

extension KnownAnswer {
  /// Without the provider's words, which may have an id of their own in each answer.
  fileprivate var outcome: String {
    guard let failure else { return PollOutcome.answered.rawValue }
    let status = failure.httpStatus.map { "HTTP \($0)" }
    let words = [PollOutcome(failure.kind).rawValue, status, failure.code?.text]
    return words.compactMap(\.self).joined(separator: " ")
  }
}
