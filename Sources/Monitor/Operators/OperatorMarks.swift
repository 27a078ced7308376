/// What operators said about a number: the two marks beside its row.
package struct OperatorMarks: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Somebody has seen its trouble.
  package static let acknowledged = Self(rawValue: 1)
  /// It needs nobody for a while.
  package static let muted = Self(rawValue: 2)
}
