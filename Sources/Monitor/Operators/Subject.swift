package import Health

/// What something happened to, or what somebody said something about.
package enum Subject: Hashable, Sendable {
  case number(PhoneNumber.ID)
  case entity(EntityReference)
  case account(String)
  case template(waba: String, id: String)
  /// What explains that numbers are bad, by the key that is the same in every run.
  case cause(String)
  /// wabatop itself: that it started, stopped, read its configuration.
  case program

  package var number: PhoneNumber.ID? { if case .number(let id) = self { id } else { nil } }

  package var template: (waba: String, id: String)? {
    if case .template(let waba, let id) = self { (waba, id) } else { nil }
  }

  /// The account of a number or an account.
  package var account: String? {
    switch self {
    case .number(let id): id.account
    case .account(let name): name
    case .entity, .template, .cause, .program: nil
    }
  }
}
