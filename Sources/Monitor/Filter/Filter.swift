import Health

/// A parsed filter: which numbers the operator wants to see.
///
/// A text that can't be parsed completely is an error, so that no number is hidden by mistake.
/// Equal texts are equal filters.
package struct Filter: Hashable, Sendable {
  /// As it was typed.
  package let text: String
  package let expression: FilterExpression

  /// A filter that every number passes.
  package init() {
    text = ""
    expression = .all([])
  }

  /// Parses what was typed.
  ///
  /// - Throws: `FilterError`, which says what is wrong and where.
  package init(_ text: String) throws(FilterError) {
    var parser = try FilterParser(text)
    expression = try parser.filter()
    self.text = text
  }

  package var isEmpty: Bool { expression == .all([]) }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Why a text is not a filter.
package struct FilterError: Error, Hashable, Sendable {
  /// One sentence on what is wrong and how to correct it.
  ///
  /// Contains what was typed, so it isn't sanitized.
  package let text: String
  /// The characters that are wrong, counted from 0; empty if something is missing.
  package let range: Range<Int>

  package init(_ text: String, at range: Range<Int>) {
    self.text = text
    self.range = range
  }

  /// The text with the place, counted from 1, if the place can't be marked.
  package var message: String { "character \(range.lowerBound + 1): \(text)" }
}

extension Filter {
  /// The words of the filter language, for completion.
  package static let vocabulary =
    FilterField.allCases.map { $0.rawValue + ($0.operators[0].rawValue) }
    + FilterFlag.allCases.map { "@" + $0.rawValue }
}
