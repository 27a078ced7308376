import Health

// How the filter was understood, in words.
extension Filter {
  /// One line such as `status blocked or limited, and not muted`.
  ///
  /// Contains what was typed, so it isn't sanitized.
  package var explanation: String { isEmpty ? "every number" : expression.explanation }

  /// Whether an explanation would only repeat the filter.
  package var explainsItself: Bool {
    expression.demands.allSatisfy { demand in
      if case .word(let word) = demand { !word.caseCounts } else { false }
    }
  }
}

extension FilterExpression {
  fileprivate var explanation: String {
    switch self {
    case .all(let parts): parts.map(\.inner).joined(separator: ", and ")
    case .any(let parts): parts.map(\.inner).joined(separator: ", or ")
    case .not(let part): "not " + part.inner
    case .word(let word): "\"\(word.text)\"\(word.caseCounts ? " (case-sensitive)" : "")"
    case .flag(let flag): flag.explanation
    case .field(let test): test.explanation
    }
  }

  /// The explanation as a part of a larger one.
  private var inner: String {
    switch self {
    case .all, .any: "(\(explanation))"
    case .not, .word, .flag, .field: explanation
    }
  }
}

extension FilterFlag {
  fileprivate var explanation: String {
    switch self {
    case .problems: "not fine"
    case .new: "turned worse less than \(Age(Self.noveltyEnds).text) ago"
    case .changed: "changed since your last visit"
    case .acked: "acknowledged"
    case .muted: "muted"
    case .stale: "stale"
    case .flapping: "flapping"
    }
  }
}

extension FilterTest {
  fileprivate var explanation: String {
    if field == .quality, case .ranks(let order, let rank) = comparison {
      return "quality \(order.explanation) \(["RED", "YELLOW", "GREEN"][rank])"
    }
    return "\(field.rawValue) \(comparison.explanation)"
  }
}

extension FilterTest.Comparison {
  fileprivate var explanation: String {
    switch self {
    case .begins(let words): "beginning with " + Self.list(words.map { "\"\($0.text)\"" })
    case .equals(let words): Self.list(words.map { "\"\($0.text)\"" })
    case .isOne(let words): Self.list(words)
    case .isLimit(let limits): Self.list(limits.map(\.explanation))
    case .matches(let pattern): "matching \(pattern.text)"
    case .ranks(let order, .max): "\(order.explanation) unlimited"
    case .ranks(let order, let rank): "\(order.explanation) \(rank)"
    case .ages(let order, let age): "\(order.explanation) \(Age(age).text)"
    }
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: " or ") }
}

extension FilterOrder {
  fileprivate var explanation: String {
    switch self {
    case .less: "less than"
    case .atMost: "at most"
    case .greater: "more than"
    case .atLeast: "at least"
    }
  }
}

extension MessagingLimit {
  fileprivate var explanation: String {
    switch self {
    case .recipients(let count): String(count)
    case .unlimited: "unlimited"
    case .notSet: "not set"
    case .unrecognized(let word): word
    }
  }
}
