import Canvas
import Health
import Monitor

/// A column of the list: its name, width, text and sort order.
///
/// A column is defined only here: headings, sort menu, command line, widths and order follow. It is
/// a class, since every cell of every frame reads its column.
package final class ListColumn: Sendable {
  /// How a column gets its width.
  enum Width: Hashable, Sendable {
    /// Shown before the other columns.
    case none
    /// So many cells, and only if rows are sorted by it.
    case whenSorted(Int)
    /// On every screen; `ListColumns` distributes the widths.
    case shared
    /// So many cells on wide screens, or if the operator asks for them; up to `most` if its texts
    /// are longer.
    case wide(Int, most: Int = 0)
  }

  enum Content: Sendable {
    case text(@Sendable (RowView, _ width: Int) -> Phrase)
    /// The states of the last hours.
    case strip
  }

  /// The sort order: by values, never by formatted text.
  enum Order: Sendable {
    case figure(@Sendable (NumberRecord) -> Int64?)
    /// A figure that each reading changes.
    case measured(@Sendable (NumberRecord) -> Int64?)
    case word(@Sendable (NumberRecord) -> String)
    /// By the displayed number, which each key has anyway.
    case number
    /// By the cause's text, which each key has anyway.
    case cause
  }

  /// The name in the sort menu and on the command line.
  package let name: String
  /// The key in the sort menu; `j`, `k`, `q` and `S` keep their meaning.
  package let letter: Character?
  let head: String
  /// The heading for narrow columns.
  let shortHead: String?
  let width: Width
  /// Nil if the list can't be sorted by it.
  let order: Order?
  let content: Content
  let isTrailing: Bool
  /// Whether a filter's words search it.
  let isSearched: Bool

  init(
    _ name: String,
    letter: Character? = nil,
    head: String = "",
    shortHead: String? = nil,
    _ width: Width = .none,
    order: Order? = nil,
    isTrailing: Bool = false,
    isSearched: Bool = false,
    _ content: Content = .text { _, _ in Phrase("", .text) }
  ) {
    self.name = name
    self.letter = letter
    self.head = head
    self.shortHead = shortHead
    self.width = width
    self.order = order
    self.content = content
    self.isTrailing = isTrailing
    self.isSearched = isSearched
  }

  /// Its width if it is shown only because rows are sorted by it.
  var cellsWhenSorted: Int {
    switch width {
    case .none: 0
    case .whenSorted(let cells): cells
    // Includes the arrow after its heading.
    case .wide(let cells, _): cells + 1
    case .shared: 8
    }
  }

  func head(width: Int) -> String {
    if let shortHead, width < head.count { shortHead } else { head }
  }
}

extension ListColumn: Hashable, CustomStringConvertible {
  package static func == (left: ListColumn, right: ListColumn) -> Bool { left === right }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  package var description: String { name }
}

extension ListColumn {
  /// The sortable columns, in order.
  package static let sortable = all.filter { $0.order != nil }

  /// Its index in the sortable columns.
  package var place: Int { Self.sortable.firstIndex(of: self) ?? 0 }

  func neighbour(_ step: Int) -> ListColumn {
    let all = Self.sortable
    return all[(place + step + all.count) % all.count]
  }
}

/// A column and a direction; ties are ordered by state, cause and number.
package struct SortOrder: Hashable, Sendable {
  package var column: ListColumn
  /// Descending; rows without a value stay last either way.
  package var isReversed: Bool

  package init(_ column: ListColumn, isReversed: Bool = false) {
    self.column = column
    self.isReversed = isReversed
  }

  /// Worst first.
  package static let standard = SortOrder(.status)
}
