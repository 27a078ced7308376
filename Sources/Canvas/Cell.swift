/// One cell of the grid: its glyph and its role.
///
/// The theme decides a role's colours when the canvas is presented. A cell is one word, because a
/// frame writes, compares and keeps thousands of them.
package struct Cell: Hashable, Sendable {
  /// The glyph, then the two flags, then the role.
  private var bits: UInt64

  private static let continuationBit = UInt64(1) << Glyph.bitWidth
  private static let selectionBit = continuationBit << 1
  private static let roleShift = Glyph.bitWidth + 2

  package init(glyph: Glyph, role: Role) {
    bits = glyph.rawValue | UInt64(role.rawValue) << Self.roleShift
  }

  package static let blank = Cell(glyph: .space, role: .background)

  package static func continuation(role: Role) -> Cell {
    var cell = Cell(glyph: .none, role: role)
    cell.isContinuation = true
    return cell
  }

  package var glyph: Glyph {
    get { Glyph(rawValue: bits & Glyph.mask) }
    set { bits = bits & ~Glyph.mask | newValue.rawValue }
  }

  package var role: Role {
    get { Role(rawValue: UInt8(truncatingIfNeeded: bits >> Self.roleShift)) ?? .background }
    set {
      let rest = bits & ((1 << Self.roleShift) - 1)
      bits = rest | UInt64(newValue.rawValue) << Self.roleShift
    }
  }

  /// Whether the glyph to the left extends into this cell.
  package var isContinuation: Bool {
    get { bits & Self.continuationBit != 0 }
    set { bits = newValue ? bits | Self.continuationBit : bits & ~Self.continuationBit }
  }

  /// Whether it is on the cursor's row: such cells share a style, so that the colour pairs of a
  /// small terminal are enough.
  package var isSelected: Bool {
    get { bits & Self.selectionBit != 0 }
    set { bits = newValue ? bits | Self.selectionBit : bits & ~Self.selectionBit }
  }

  /// A number for the combination of selection and role.
  package var styleNumber: Int { Int(truncatingIfNeeded: bits >> (Glyph.bitWidth + 1)) }

  /// The number of such combinations.
  static let styleCount = Role.allCases.count * 2
}
