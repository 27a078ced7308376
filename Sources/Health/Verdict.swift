/// Availability of a number as a whole for messaging.
package struct Verdict: Hashable, Sendable {
  package enum Word: String, Hashable, Sendable {
    case available = "AVAILABLE"
    case limited = "LIMITED"
    case blocked = "BLOCKED"
    case unknown = "UNKNOWN"

    init(_ availability: Availability?) {
      self =
        switch availability {
        case .available: .available
        case .limited: .limited
        case .blocked: .blocked
        case .unrecognized, nil: .unknown
        }
    }
  }

  package let word: Word
  /// Present whenever the verdict is UNKNOWN, differs from the provider's own word, or needs saying.
  package let note: String?

  package init(_ word: Word, note: String? = nil) {
    self.word = word
    self.note = note
  }
}

// The procedure of providers.md 1.11, step by step.
extension Verdict {
  /// Decides from what the entities say and what the health object says of itself.
  package init(entities: [HealthEntity], root: AsSent<Availability>?) {
    let computed = entities.compactMap(\.messaging).max { ($0.rank ?? 0) < ($1.rank ?? 0) }
    let stated = root?.value.known
    let (word, reconciled) = Self.reconcile(computed, stated, root?.text, entities)
    let notes = [
      reconciled,
      Self.missingNote(entities, word),
      Self.missingReason(entities, word),
      Self.windowNote(entities),
    ]
    self.init(word, note: notes.joined())
  }

  /// The table of step 4.
  private static func reconcile(
    _ computed: Availability?,
    _ stated: Availability?,
    _ sent: String?,
    _ entities: [HealthEntity]
  ) -> (Word, String?) {
    switch (computed, stated) {
    case (nil, nil): return (.unknown, "no health data")
    case (nil, let stated?): return (Word(stated), "provider gave no detail")
    case (let computed?, nil): return (Word(computed), nil)
    case (let computed?, let stated?):
      let ours = computed.rank ?? 0
      let theirs = stated.rank ?? 0
      if ours == theirs { return (Word(computed), nil) }
      if ours > theirs { return (Word(computed), "summary says \(sent ?? "")") }
      if entities.contains(where: \.hasCallingFault), hasUsualEntities(entities) {
        return (Word(computed), "summary also counts calling")
      }
      return (Word(stated), "no listed entity explains it")
    }
  }

  /// Whether every entity type that the asked node usually brings is there (1.3).
  private static func hasUsualEntities(_ entities: [HealthEntity]) -> Bool {
    let types = Set(entities.compactMap { $0.type?.value })
    let nodes: Set<EntityType> = [.phoneNumber, .messageTemplate, .flow]
    return types.isSuperset(of: [.waba, .business, .app]) && !types.isDisjoint(with: nodes)
  }

  /// Step 5: all that spoke are fine, but not all spoke.
  private static func missingNote(_ entities: [HealthEntity], _ word: Word) -> String? {
    let silent = entities.count { $0.messaging == nil }
    guard word == .available, silent > 0, silent < entities.count else { return nil }
    return silent == 1 ? "1 entity not reported" : "\(silent) entities not reported"
  }

  /// Step 6: a bad state whose only errors are about calling.
  private static func missingReason(_ entities: [HealthEntity], _ word: Word) -> String? {
    let bad = entities.filter { Word($0.messaging) == word }
    guard word == .limited || word == .blocked, !bad.isEmpty else { return nil }
    let isUnexplained = bad.allSatisfy { entity in
      entity.additionalInfo.isEmpty && entity.messagingErrors.isEmpty && !entity.errors.isEmpty
    }
    return isUnexplained ? "no messaging reason given" : nil
  }

  /// Step 9: a payment fault stops what the business begins, not its answers.
  private static func windowNote(_ entities: [HealthEntity]) -> String? {
    let hasPaymentFault = entities.contains { entity in
      entity.messaging != .available && entity.errors.contains { $0.code == .number(141_006) }
    }
    return hasPaymentFault ? "replies within 24 h still work" : nil
  }
}

extension Verdict {
  /// Of a whole report: also says where the provider's own overall word differs.
  package init(of report: HealthReport) {
    let decided = Verdict(entities: report.entities, root: report.root)
    self.init(decided.word, note: [decided.note, Self.difference(report, decided)].joined())
  }

  /// Whatever the root itself says was reconciled with the entities already.
  private static func difference(_ report: HealthReport, _ decided: Verdict) -> String? {
    guard let sent = report.providerVerdict else { return nil }
    let isReconciled = report.root?.value.known != nil && report.root?.text == sent
    let isSame = Word(AsSent<OverallWord>(sent).value.availability) == decided.word
    return isReconciled || isSame ? nil : "provider says \(sent)"
  }
}

extension HealthEntity {
  /// Its messaging state where it is one of the three; nil is unknown.
  package var messaging: Availability? { canSendMessage?.value.known }

  package var hasCallingFault: Bool { (canReceiveCallSIP?.value.rank ?? 0) > 0 }
}

extension Availability {
  var known: Availability? { rank == nil ? nil : self }
}

extension [String?] {
  /// The ones that are there, as one note; nil when there is none.
  fileprivate func joined() -> String? {
    let notes = compactMap(\.self)
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }
}
