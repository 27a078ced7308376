/// The limit of unique recipients outside service windows in any 24 hours.
///
/// Since October 2025 it belongs to the business portfolio and is shared by all its numbers.
package enum MessagingLimit: ProviderWord {
  case recipients(Int)
  case unlimited
  /// `TIER_NOT_SET`, `UNTIERED`, -1: there is no value.
  case notSet
  case unrecognized(String)

  package init(word: String) {
    // A fast path for the tiers that exist: every poll of every number has one.
    switch word {
    case "TIER_250": self = .recipients(250)
    case "TIER_1K": self = .recipients(1_000)
    case "TIER_2K": self = .recipients(2_000)
    case "TIER_10K": self = .recipients(10_000)
    case "TIER_100K": self = .recipients(100_000)
    case "TIER_UNLIMITED": self = .unlimited
    default: self = Self.read(word)
    }
  }

  private static func read(_ word: String) -> Self {
    var digits = Substring(word)
    if digits.hasPrefix("TIER_") { digits = digits.dropFirst(5) }
    switch digits {
    case "UNLIMITED": return .unlimited
    case "NOT_SET", "UNTIERED", "-1", "": return .notSet
    default:
      let factor =
        switch digits.last {
        case "K": 1_000
        case "M": 1_000_000
        default: 1
        }
      let figure = factor == 1 ? digits : digits.dropLast()
      let count = Int(figure).map { $0.multipliedReportingOverflow(by: factor) }
      if let count, !count.overflow, count.partialValue >= 0, figure.first != "+" {
        return .recipients(count.partialValue)
      } else {
        return .unrecognized(word)
      }
    }
  }

  /// For comparing: unlimited is the largest; nil if there is no value.
  package var rank: Int? {
    switch self {
    case .recipients(let count): count
    case .unlimited: .max
    case .notSet, .unrecognized: nil
    }
  }
}
