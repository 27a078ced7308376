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
  /// Present if the verdict is UNKNOWN or differs from the provider's own word, and in a few other
  /// cases.
  package private(set) var note: String?

  package init(_ word: Word, note: String? = nil) {
    self.word = word
    self.note = note
  }
}

// The procedure of providers.md 1.11, step by step.
extension Verdict {
  /// Decides from the states of the entities and of the health object itself.
  package init(entities: [HealthEntity], root: AsSent<Availability>?) {
    let computed = Self.worst(of: entities)
    let stated = root?.value.known
    let (word, reconciled) = Self.reconcile(computed, stated, root?.text, entities)
    self.init(word, note: reconciled)
    note = Self.join(note, Self.missingNote(entities, word))
    note = Self.join(note, Self.missingReason(entities, word))
    note = Self.join(note, Self.windowNote(entities))
  }

  private static func worst(of entities: [HealthEntity]) -> Availability? {
    var worst: Availability?
    for entity in entities {
      guard let messaging = entity.messaging else { continue }
      if worst == nil || (messaging.rank ?? 0) >= (worst?.rank ?? 0) { worst = messaging }
    }
    return worst
  }

  /// Two notes as one.
  private static func join(_ note: String?, _ more: String?) -> String? {
    guard let note, let more else { return note ?? more }
    return "\(note); \(more)"
  }

  /// The table of step 4.
  private static func reconcile(
    _ computed: Availability?,
    _ stated: Availability?,
    _ sent: String?,
    _ entities: [HealthEntity]
  ) -> (Word, String?) {
    switch (computed, stated) {
    case (nil, nil): return (.unknown, Knowledge.noHealthData.shortName)
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

  /// Whether the answer has every entity type that is usual for the node (1.3).
  private static func hasUsualEntities(_ entities: [HealthEntity]) -> Bool {
    let types = Set(entities.compactMap { $0.type?.value })
    let nodes: Set<EntityType> = [.phoneNumber, .messageTemplate, .flow]
    return types.isSuperset(of: [.waba, .business, .app]) && !types.isDisjoint(with: nodes)
  }

  /// Step 5: all entities with a state are available, but some have no state.
  private static func missingNote(_ entities: [HealthEntity], _ word: Word) -> String? {
    let silent = entities.count { $0.messaging == nil }
    guard word == .available, silent > 0, silent < entities.count else { return nil }
    return silent == 1 ? "1 entity not reported" : "\(silent) entities not reported"
  }

  /// Step 6: a bad state that has only errors about calling.
  private static func missingReason(_ entities: [HealthEntity], _ word: Word) -> String? {
    guard word == .limited || word == .blocked else { return nil }
    let bad = entities.filter { Word($0.messaging) == word }
    guard !bad.isEmpty else { return nil }
    let isUnexplained = bad.allSatisfy { entity in
      entity.additionalInfo.isEmpty && entity.hasError { _ in true }
        && !entity.hasError { $0.channel == .messaging }
    }
    return isUnexplained ? "no messaging reason given" : nil
  }

  /// Step 9: a payment fault stops business-initiated messages, but not replies.
  private static func windowNote(_ entities: [HealthEntity]) -> String? {
    let payment = EntityError.Code.number(141_006)
    let hasPaymentFault = entities.contains { entity in
      entity.messaging != .available
        && (entity.knownFault?.code == payment || entity.hasError { $0.anyCode == payment })
    }
    return hasPaymentFault ? "replies within 24 h still work" : nil
  }
}

extension Verdict {
  /// The verdict of a whole report; its note also says if the provider's own overall word differs.
  package init(of report: HealthReport) {
    let decided = Verdict(entities: report.entities, root: report.root)
    let notes = Self.join(decided.note, Self.difference(report, decided))
    self.init(decided.word, note: Self.join(notes, report.note))
  }

  /// The root's own state has already been reconciled with the entities.
  private static func difference(_ report: HealthReport, _ decided: Verdict) -> String? {
    guard let sent = report.providerVerdict else { return nil }
    let isReconciled = report.root?.value.known != nil && report.root?.text == sent
    let isSame = Word(AsSent<OverallWord>(sent).value.availability) == decided.word
    return isReconciled || isSame ? nil : "provider says \(sent)"
  }
}

extension HealthEntity {
  /// Its messaging state if it is one of the three known ones.
  package var messaging: Availability? { canSendMessage?.value.known }

  package var hasCallingFault: Bool { (canReceiveCallSIP?.value.rank ?? 0) > 0 }
}

extension Availability {
  package var known: Availability? { rank == nil ? nil : self }
}
