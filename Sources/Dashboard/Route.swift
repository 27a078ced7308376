package import Health

/// A place that the operator is in; places are stacked and `back` leaves the topmost.
package enum Route: Hashable, Sendable {
  case list
  case tree(PhoneNumber.ID)
}

/// What lies over the view and takes the keys while it does.
package enum Overlay: Hashable, Sendable {
  case help(scroll: Int)
  case sortMenu(chosen: SortColumn)
}

/// How moments are shown.
package enum TimeFormat: Hashable, Sendable, CaseIterable {
  case age
  case local
  case utc
}

/// How much room each part of the screen has, and how long those texts are that only the views lay
/// out: scrolling and paging need to know.
package struct Viewport: Hashable, Sendable {
  package var listRows = 17
  package var treeRows = 17
  package var detailRows = 17
  /// Of the detail as it is laid out now.
  package var detailLines = 17
  package var helpRows = 20
  package var helpLines = 20

  package init() {}
}

/// One line for the operator.
package struct Message: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Goes by itself.
    case notice
    /// Stays until the next key.
    case error
  }

  package let text: String
  package let kind: Kind
  package let expires: Moment?

  package init(_ text: String, kind: Kind = .notice, at now: Moment) {
    self.text = text
    self.kind = kind
    expires = kind == .notice ? now + Self.lifetime : nil
  }

  package static let lifetime = Duration.seconds(6)
}
