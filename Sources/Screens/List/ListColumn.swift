import Canvas
import Health
import Monitor

/// A column of the list: its name, how it gets its width, what it says, and what rows are sorted by in it.
///
/// All of a column is in its declaration; heads, sort menu, command line, widths and order follow. There
/// is one object for each, since every cell of every frame looks at its column.
package final class ListColumn: Sendable {
  /// How a column gets its cells.
  enum Width: Hashable, Sendable {
    /// It is shown before the columns.
    case none
    /// So many cells, and only while rows are sorted by it.
    case whenSorted(Int)
    /// On every screen; `ListColumns` shares them out.
    case shared
    /// So many cells on wide screens, or where the operator asks for them; more if it has use for them.
    case wide(Int, most: Int = 0)
  }

  enum Content: Sendable {
    case text(@Sendable (RowView, _ width: Int) -> Phrase)
    /// The states of the last hours.
    case strip
  }

  /// What rows are sorted by: values, never formatted text.
  enum Order: Sendable {
    case figure(@Sendable (NumberRecord) -> Int64?)
    case word(@Sendable (NumberRecord) -> String)
    /// The number as it is displayed, which each key has anyway.
    case number
    /// The words of the cause, which each key has anyway.
    case cause
  }

  /// As the sort menu and the command line have it.
  package let name: String
  /// What chooses it in the sort menu; `j`, `k`, `q` and `S` mean what they mean elsewhere.
  package let letter: Character?
  let head: String
  /// Where the head has no room.
  let shortHead: String?
  let width: Width
  /// Nil where the list can't be sorted by it.
  let order: Order?
  let content: Content
  let isTrailing: Bool
  /// Whether a filter's words look at it.
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

  /// The cells that it takes where it is there only because rows are sorted by it.
  var cellsWhenSorted: Int {
    switch width {
    case .none: 0
    case .whenSorted(let cells): cells
    // With the arrow behind its head.
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
  /// What the list can be sorted by, in the order of its columns.
  package static let sortable = all.filter { $0.order != nil }

  /// Its place among those that the list can be sorted by.
  package var place: Int { Self.sortable.firstIndex(of: self) ?? 0 }

  func neighbour(_ step: Int) -> ListColumn {
    let all = Self.sortable
    return all[(place + step + all.count) % all.count]
  }
}

/// A column and a direction; rows that tie follow state, cause and number.
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
