package import Health

// What explains a number's state, by what it has in common with other numbers.
extension NumberRecord {
  /// The headline first.
  ///
  /// One per cause: a number counts once for each.
  package var causes: [(id: CauseID, cause: Cause)] {
    var causes: [(id: CauseID, cause: Cause)] = []
    for cause in assessment.causes {
      let id = id(of: cause)
      if !causes.contains(where: { $0.id == id }) { causes.append((id, cause)) }
    }
    return causes
  }

  /// What one of its causes is, whichever number tells of it.
  package func id(of cause: Cause) -> CauseID {
    switch cause.kind {
    case .entity(let type):
      // Of an entity without an id there is one for each number, under a name that stays.
      let id = cause.id ?? number.target ?? number.account
      return .entity(EntityReference(type: type, id: id))
    case .poll: return .account(number.account, pollTrouble)
    default: return .signal(cause.kind, text: cause.text)
    }
  }

  /// A number that stands for an account says what the account's list lacks.
  private var pollTrouble: CauseID.Trouble {
    let trouble = CauseID.Trouble(assessedOutcome ?? .answered)
    return trouble == .silent && number.target == nil ? .listIncomplete : trouble
  }
}
