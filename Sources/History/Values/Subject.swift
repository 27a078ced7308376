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

  /// The account of a number or an account.
  package var account: String? {
    switch self {
    case .number(let id): id.account
    case .account(let name): name
    case .entity, .template, .cause, .program: nil
    }
  }
}

/// What people know a subject by.
package struct Names: Hashable, Sendable {
  /// Such as the phone number, or a template's name.
  package let text: String
  /// Such as the verified name, or an account's provider.
  package let detail: String?

  package init(_ text: String, detail: String? = nil) {
    self.text = text
    self.detail = detail
  }
}
