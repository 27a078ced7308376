/// A value of a YAML text, and its place.
///
/// Every plain value is text: nothing is converted to a number, so that an id keeps all its digits.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    case scalar(String, isQuoted: Bool)
    case sequence([YAMLNode])
    /// In the order of the text.
    case mapping([YAMLEntry])
  }

  package let content: Content
  package let mark: YAMLMark

  /// Nothing after the colon, `~` or `null`.
  package var isMissing: Bool {
    guard case .scalar(let text, isQuoted: false) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// A scalar as written, even a missing one; nil for a mapping or a list.
  package var scalar: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The text of a scalar, digit for digit; nil for a missing value, a mapping or a list.
  package var text: String? { isMissing ? nil : scalar }

  package var sequence: [YAMLNode]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  package var mapping: [YAMLEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }
}

/// A key of a mapping with its value; keys are unique.
package struct YAMLEntry: Sendable {
  package let key: YAMLNode
  package let value: YAMLNode
}

/// A place in a text; both are counted from 1, columns in Unicode scalars.
package struct YAMLMark: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
