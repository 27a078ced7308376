/// The tree that is open, and how each tree on the way to it is arranged.
package struct TreeState: Sendable {
  /// Its lines; nil while none is open.
  package internal(set) var outline: TreeOutline?
  package internal(set) var arrangements: [Route: TreeArrangement] = [:]
  /// The numbers of the inverted tree that is open.
  var inversion: Inversion?
  /// The detail has the whole screen.
  package internal(set) var isZoomed = false
  /// Which numbers hang together.
  var wabaIndex = WABAIndex()
  /// The lines of the tree that there is room for.
  var visibleRows = 17
  /// The lines of the detail that there is room for.
  var detailRows = 17
  /// Of the detail as it is laid out now.
  var detailLines = 17
}
