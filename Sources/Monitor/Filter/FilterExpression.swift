import Health

/// A filter's expression tree.
package indirect enum FilterExpression: Hashable, Sendable {
  /// Passes everything if empty.
  case all([Self])
  case any([Self])
  case not(Self)
  /// A text that is found anywhere in the number's texts.
  case word(FilterWord)
  case flag(FilterFlag)
  case field(FilterTest)

  /// Itself and all below it.
  var parts: [Self] {
    switch self {
    case .all(let parts), .any(let parts): [self] + parts.flatMap(\.parts)
    case .not(let part): [self] + part.parts
    case .word, .flag, .field: [self]
    }
  }

  /// The parts that must all be true.
  var demands: [Self] { if case .all(let parts) = self { parts } else { [self] } }
}

/// A text to search for; a capital letter in it makes the search case-sensitive.
package struct FilterWord: Hashable, Sendable {
  let text: String
  let exact: [UInt8]
  /// In lower case.
  let folded: [UInt8]
  let caseCounts: Bool

  init(_ text: String) {
    self.text = text
    exact = Array(text.utf8)
    folded = Array(text.lowercased().utf8)
    caseCounts = exact != folded
  }

  /// Whether every text that contains this contains `other` too.
  func implies(_ other: Self) -> Bool {
    if other.caseCounts { return exact.withUnsafeBufferPointer { $0.contains(other.exact) } }
    return folded.withUnsafeBufferPointer { $0.contains(other.folded) }
  }
}

/// The named sets: `@new`, `@acked` and so on.
package enum FilterFlag: String, Hashable, Sendable, CaseIterable {
  /// Any state but available, as with the key for only problems.
  case problems
  /// Turned worse a short while ago, in this run.
  case new
  /// Changed its state since the operator's last visit.
  case changed
  case acked
  case muted
  case stale
  case flapping

  /// How long a change for the worse is new: as long as ages show seconds.
  static let noveltyEnds = Duration.seconds(600)
}

/// A comparison of one field; `!=` and `!~` are negations of it.
package struct FilterTest: Hashable, Sendable {
  let field: FilterField
  let comparison: Comparison

  enum Comparison: Hashable, Sendable {
    /// Any value begins with any of these, ignoring case.
    case begins([FilterWord])
    /// Any value equals one of these, ignoring case.
    case equals([FilterWord])
    /// The value is one of these words from a closed list.
    case isOne(of: [String])
    case isLimit([MessagingLimit])
    case matches(FilterPattern)
    /// Compares ranks.
    case ranks(FilterOrder, Int)
    /// Compares ages.
    case ages(FilterOrder, Duration)
  }
}

/// The comparisons of ordered values.
enum FilterOrder: Hashable, Sendable {
  case less
  case atMost
  case greater
  case atLeast

  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    }
  }
}
