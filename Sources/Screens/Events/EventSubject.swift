package import Health
package import Monitor

/// The subject of the shown events.
package enum EventSubject: Hashable, Sendable {
  case number(PhoneNumber.ID)
  case cause(CauseID)
  case account(String)
}

extension EventSubject {
  /// Whether an event is about it.
  func concerns(_ event: JournalEvent, in journal: EventJournal) -> Bool {
    // Those of the account alone were looked up.
    if case .gap = event.kind { return !isCause }
    switch self {
    case .number(let id): return journal.place(of: id).map(event.victims.contains) ?? false
    case .cause(let cause): return event.cause == cause || isTemplate(event, of: cause)
    case .account(let name):
      switch event.cause {
      case .account(name, _)?, .offline?: return true
      default: return event.victims.contains { journal.number(at: $0).account == name }
      }
    }
  }

  private var isCause: Bool { if case .cause = self { true } else { false } }

  private func isTemplate(_ event: JournalEvent, of cause: CauseID) -> Bool {
    guard case .template(let template, let waba, let former) = event.kind else { return false }
    return switch cause {
    case .entity(let reference): reference == EntityReference(type: .waba, id: waba)
    case .templates(let status): template.status.value == status || former.value == status
    default: false
    }
  }
}
