/// Who a row is: a WhatsApp business phone number as it was configured or discovered.
package struct PhoneNumber: Hashable, Sendable, Identifiable {
  /// Unique in the fleet.
  package struct ID: Hashable, Sendable, Comparable {
    package let account: String
    /// What is asked for: an id, a number, or a channel's label at 360dialog.
    ///
    /// Nil for the entry that stands for an account whose numbers could not be discovered.
    package let target: String?

    package init(account: String, target: String?) {
      self.account = account
      self.target = target
    }

    package static func < (left: Self, right: Self) -> Bool {
      (left.account, left.target ?? "") < (right.account, right.target ?? "")
    }
  }

  package let id: ID
  /// The provider's name in the configuration, such as `kapso` or `360dialog`.
  package let provider: String
  /// The operator's own name for it, from the configuration.
  package let label: String?

  package init(account: String, provider: String, target: String?, label: String? = nil) {
    id = ID(account: account, target: target)
    self.provider = provider
    self.label = label
  }

  package var account: String { id.account }
  package var target: String? { id.target }
}
