package import Health

// The causes of a number's state, identified by what it has in common with other numbers.
extension NumberRecord {
  /// The headline first.
  ///
  /// Each cause appears once, as a number counts once for each.
  package var causes: [(id: CauseID, cause: Cause)] {
    var causes: [(id: CauseID, cause: Cause)] = []
    for cause in assessment.causes {
      let id = id(of: cause)
      if !causes.contains(where: { $0.id == id }) { causes.append((id, cause)) }
    }
    return causes
  }

  /// The identity of one of its causes, which is the same for all numbers.
  package func id(of cause: Cause) -> CauseID {
    switch cause.kind {
    case .entity(let type):
      // An entity without an id is a separate cause for each number, with a stable name.
      let id = cause.id ?? number.target ?? number.account
      return .entity(EntityReference(type: type, id: id))
    case .poll: return .account(number.account, pollTrouble)
    default: return .signal(cause.kind, text: cause.text)
    }
  }

  /// The entry of an account without numbers tells what is wrong with its list.
  private var pollTrouble: CauseID.Trouble {
    let trouble = CauseID.Trouble(assessedOutcome ?? .answered)
    return trouble == .silent && number.target == nil ? .listIncomplete : trouble
  }
}
