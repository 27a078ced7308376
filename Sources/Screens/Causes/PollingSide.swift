import Monitor

/// On which side polls fail, as the flag of a cause says it.
enum PollingSide: CaseIterable {
  case ours
  case provider

  /// Nil of a fault that WhatsApp reports.
  init?(of cause: CauseID) {
    switch cause {
    case .account(_, let trouble), .provider(_, let trouble):
      self = trouble.isOurs ? .ours : .provider
    case .offline: self = .ours
    case .entity, .signal, .templates: return nil
    }
  }

  /// At most eight cells.
  var flag: String {
    switch self {
    case .ours: "ours"
    case .provider: "provider"
    }
  }

  /// What the flag means.
  var meaning: String {
    switch self {
    case .ours: "polls fail on our side: the key, the network or the budget of requests"
    case .provider: "polls fail on the provider's side"
    }
  }
}
