/// The data of the tiles, and the current page of marks.
///
/// They share the list's cursor.
package struct TilesState: Sendable {
  package internal(set) var index = TileIndex()
  /// The page of marks, if they need several.
  package internal(set) var page = 0
  /// The number of pages of marks.
  package internal(set) var pages = 1
  /// The number of tiles in a row.
  var columns = 8
  /// Sections with so many numbers that each tile is a cause.
  var grouped: Set<TileSection.Kind> = []

  mutating func turn(to page: Int) {
    self.page = min(max(page, 0), max(pages - 1, 0))
  }
}
