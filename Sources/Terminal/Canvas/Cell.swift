/// One place of the grid: what it shows and what that means.
///
/// Which colour a role has is the theme's business, met only when the canvas is presented.
package struct Cell: Hashable, Sendable {
  package var glyph: Glyph
  package var role: Role
  /// Whether the glyph to the left reaches into this cell.
  package var isContinuation = false
  /// Whether it lies on the row of the cursor: such cells share one look, so that the colour pairs
  /// of a small terminal are enough.
  package var isSelected = false

  package init(glyph: Glyph, role: Role) {
    self.glyph = glyph
    self.role = role
  }

  package static let blank = Cell(glyph: .space, role: .background)

  package static func continuation(role: Role) -> Cell {
    var cell = Cell(glyph: .none, role: role)
    cell.isContinuation = true
    return cell
  }
}
