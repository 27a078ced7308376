/// The identity of a row: a WhatsApp business phone number as it was configured or discovered.
package struct PhoneNumber: Hashable, Sendable, Identifiable {
  /// Unique in the fleet.
  ///
  /// Every poll looks up its number in several tables, so an id is stored once, with its hash, and
  /// shared by all tables.
  package struct ID: Hashable, Sendable, Comparable {
    private final class Contents: Sendable {
      let account: String
      let target: String?
      let hash: Int

      init(account: String, target: String?) {
        self.account = account
        self.target = target
        var hasher = Hasher()
        hasher.combine(account)
        hasher.combine(target)
        hash = hasher.finalize()
      }
    }

    private let contents: Contents

    package init(account: String, target: String?) {
      contents = Contents(account: account, target: target)
    }

    package var account: String { contents.account }
    /// What is asked for: an id, a number, or a channel's label at 360dialog.
    ///
    /// Nil for an account whose numbers could not be discovered, which has one entry.
    package var target: String? { contents.target }

    package static func == (left: Self, right: Self) -> Bool {
      left.contents === right.contents
        || left.contents.hash == right.contents.hash && left.target == right.target
          && left.account == right.account
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(contents.hash) }

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
