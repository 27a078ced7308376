/// What the tiles are made from, and which page of the marks is seen.
///
/// Their cursor is the list's: what is chosen in one is chosen in the other.
package struct TilesState: Sendable {
  package internal(set) var index = TileIndex()
  /// Of the marks, where they are too many for one screen.
  package internal(set) var page = 0
  /// How many pages the marks of all numbers take.
  package internal(set) var pages = 1
  /// The tiles that stand beside each other.
  var columns = 8
  /// Sections with so many numbers that a tile is a cause.
  var grouped: Set<TileSection.Kind> = []

  mutating func turn(to page: Int) {
    self.page = min(max(page, 0), max(pages - 1, 0))
  }
}
