/// What the list can be sorted by, in the order of its columns.
package enum SortColumn: Int, Hashable, Sendable, CaseIterable {
  case status
  case number
  case name
  case provider
  case account
  case cause
  case quality
  case limit
  case latency
  case since
  /// Age of the latest reading.
  case polled

  package var title: String {
    switch self {
    case .status: "status"
    case .number: "number"
    case .name: "name"
    case .provider: "provider"
    case .account: "account"
    case .cause: "cause"
    case .quality: "quality"
    case .limit: "limit"
    case .latency: "latency"
    case .since: "since"
    case .polled: "polled"
    }
  }
}

/// A column and a direction; rows that tie follow state, cause and number.
package struct SortOrder: Hashable, Sendable {
  package var column: SortColumn
  /// Descending; rows without a value stay last either way.
  package var isReversed: Bool

  package init(_ column: SortColumn, isReversed: Bool = false) {
    self.column = column
    self.isReversed = isReversed
  }

  /// Worst first.
  package static let standard = SortOrder(.status)
}

extension SortColumn {
  func neighbour(_ step: Int) -> SortColumn {
    let all = Self.allCases
    return all[(rawValue + step + all.count) % all.count]
  }
}
