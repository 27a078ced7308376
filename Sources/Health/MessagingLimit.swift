/// Unique recipients outside service windows per moving 24 hours.
///
/// Since October 2025 it belongs to the business portfolio and is shared by all its numbers.
package enum MessagingLimit: ProviderWord {
  case recipients(Int)
  case unlimited
  /// `TIER_NOT_SET`, `UNTIERED`, -1: there is no value.
  case notSet
  case unrecognized(String)

  package init(word: String) {
    var digits = Substring(word)
    if digits.hasPrefix("TIER_") { digits = digits.dropFirst(5) }
    switch digits {
    case "UNLIMITED": self = .unlimited
    case "NOT_SET", "UNTIERED", "-1", "": self = .notSet
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
        self = .recipients(count.partialValue)
      } else {
        self = .unrecognized(word)
      }
    }
  }

  /// For comparing: unlimited is larger than any figure; nil where there is no value.
  package var rank: Int? {
    switch self {
    case .recipients(let count): count
    case .unlimited: .max
    case .notSet, .unrecognized: nil
    }
  }
}
