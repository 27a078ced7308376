/// A provider's own overall word: Graph's availability, or Kapso's health of everything it checks.
package enum OverallWord: ProviderWord {
  case availability(Availability)
  case healthy
  case degraded
  case unhealthy

  package init(word: String) {
    switch word {
    case "HEALTHY": self = .healthy
    case "DEGRADED": self = .degraded
    case "UNHEALTHY": self = .unhealthy
    default: self = .availability(Availability(word: word))
    }
  }

  /// The matching availability, for comparing only: Kapso's word covers webhooks too.
  package var availability: Availability {
    switch self {
    case .availability(let availability): availability
    case .healthy: .available
    case .degraded: .limited
    case .unhealthy: .blocked
    }
  }

  /// The severity that it adds to the verdict; an availability adds none, as the verdict covers it.
  package var severity: Severity {
    switch self {
    case .availability, .healthy: .ok
    case .degraded: .warning
    case .unhealthy: .critical
    }
  }
}
