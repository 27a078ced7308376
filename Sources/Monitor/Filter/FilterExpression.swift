import Health

/// What a filter asks for, as a tree.
package indirect enum FilterExpression: Hashable, Sendable {
  /// None is everything.
  case all([Self])
  case any([Self])
  case not(Self)
  /// A text that stands somewhere in what is known of the number.
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

  /// What all must hold.
  var demands: [Self] { if case .all(let parts) = self { parts } else { [self] } }
}

/// A text to look for; a capital letter in it makes the case count.
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

  /// Whether whatever holds this holds `other` too.
  func implies(_ other: Self) -> Bool {
    if other.caseCounts { return exact.withUnsafeBufferPointer { $0.contains(other.exact) } }
    return folded.withUnsafeBufferPointer { $0.contains(other.folded) }
  }
}

/// What a number may be beside its state: the named sets `@new`, `@acked` and so on.
package enum FilterFlag: String, Hashable, Sendable, CaseIterable {
  /// Anything that isn't plainly fine, as the key for only problems has it.
  case problems
  /// Turned worse a short while ago, before our eyes.
  case new
  case acked
  case muted
  case stale
  case flapping

  /// How long a turn for the worse is new: as long as ages show seconds.
  static let noveltyEnds = Duration.seconds(600)

  /// Whether anything can be so yet.
  var isKnown: Bool { self != .acked && self != .muted && self != .flapping }
}

/// One field compared with what was asked for; `!=` and `!~` are the negation of one.
package struct FilterTest: Hashable, Sendable {
  let field: FilterField
  let comparison: Comparison

  enum Comparison: Hashable, Sendable {
    /// Any value begins with any of these, without case.
    case begins([FilterWord])
    /// Any value is one of these, without case.
    case equals([FilterWord])
    /// The value is one of these words of ours.
    case isOne(of: [String])
    case isLimit([MessagingLimit])
    case matches(FilterPattern)
    /// A rank against a rank.
    case ranks(FilterOrder, Int)
    /// An age against an age.
    case ages(FilterOrder, Duration)
  }
}

/// The four ways of comparing what has an order.
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
