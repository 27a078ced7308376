import Health

/// Which numbers the operator wants to see: the filter language, understood.
///
/// A text that is not understood whole is an error and never a filter, so that nothing is left out
/// without a word. What is written alike is the same filter.
package struct Filter: Hashable, Sendable {
  /// As it was typed.
  package let text: String
  package let expression: FilterExpression

  /// Lets every number through.
  package init() {
    text = ""
    expression = .all([])
  }

  /// Understands what was typed.
  ///
  /// - Throws: `FilterError`, which says where and what would be right.
  package init(_ text: String) throws(FilterError) {
    var parser = try FilterParser(text)
    expression = try parser.filter()
    self.text = text
  }

  package var isEmpty: Bool { expression == .all([]) }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Why a text is no filter.
package struct FilterError: Error, Hashable, Sendable {
  /// What is wrong and what would be right, in one sentence.
  ///
  /// Holds what was typed, so it isn't sanitized.
  package let text: String
  /// The characters that are wrong, counted from 0; empty where something is missing.
  package let range: Range<Int>

  package init(_ text: String, at range: Range<Int>) {
    self.text = text
    self.range = range
  }

  /// With the place, counted from 1, for where it cannot be pointed at.
  package var message: String { "character \(range.lowerBound + 1): \(text)" }
}

extension Filter {
  /// What can stand in a filter, for completing it.
  package static let vocabulary =
    FilterField.allCases.map { $0.rawValue + ($0.operators[0].rawValue) }
    + FilterFlag.allCases.map { "@" + $0.rawValue }
}
