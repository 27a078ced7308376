/// A mouse event, if the terminal reports them.
package struct MouseEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The first button went down.
    case press
    case wheelUp
    case wheelDown
  }

  package let kind: Kind
  package let row: Int
  package let column: Int

  package init(_ kind: Kind, row: Int, column: Int) {
    self.kind = kind
    self.row = row
    self.column = column
  }
}
