/// Meta's quality rating of a phone number or a template.
package enum QualityRating: ProviderWord {
  case green
  case yellow
  case red
  /// `UNKNOWN` or `NA`: not rated (yet), which is no fault.
  case unrated
  case unrecognized(String)

  package init(word: String) {
    switch word {
    case "GREEN": self = .green
    case "YELLOW": self = .yellow
    case "RED": self = .red
    case "UNKNOWN", "NA", "": self = .unrated
    default: self = .unrecognized(word)
    }
  }

  /// A bad rating is a warning; a missing or new one has no effect.
  package var severity: Severity {
    switch self {
    case .yellow, .red: .warning
    case .green, .unrated, .unrecognized: .ok
    }
  }

  /// RED 0 < YELLOW 1 < GREEN 2, for sorting and filters; nil without a rating.
  package var rank: Int? {
    switch self {
    case .red: 0
    case .yellow: 1
    case .green: 2
    case .unrated, .unrecognized: nil
    }
  }
}
