/// The open tree, and the arrangements of all trees on the route.
package struct TreeState: Sendable {
  /// Its lines; nil if none is open.
  package internal(set) var outline: TreeOutline?
  package internal(set) var arrangements: [Route: TreeArrangement] = [:]
  /// The numbers of the open inverted tree.
  var inversion: Inversion?
  /// Whether the detail takes the whole screen.
  package internal(set) var isZoomed = false
  /// The numbers of each WABA and the WABAs of each business.
  var wabaIndex = WABAIndex()
  /// The number of the tree's lines that fit.
  var visibleRows = 17
  /// The number of the detail's lines that fit.
  var detailRows = 17
  /// The number of the detail's lines in the current layout.
  var detailLines = 17
}
