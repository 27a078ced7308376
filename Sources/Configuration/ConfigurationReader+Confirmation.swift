import Monitor

/// When a change of a number's state becomes an event.
extension ConfigurationReader {
  static let confirmationKeys = ["down_confirm", "down_for", "up_confirm", "trust_blocked"]

  private static let polls = 1...9
  private static let times = Duration.zero ... .seconds(3600)

  mutating func confirmation(of top: ConfigurationSection) -> ConfirmationRules {
    var rules = ConfirmationRules()
    if let polls = integer(top["down_confirm"], of: top, in: Self.polls) { rules.downPolls = polls }
    if let time = duration(top["down_for"], of: top, in: Self.times) { rules.downTime = time }
    if let polls = integer(top["up_confirm"], of: top, in: Self.polls) { rules.upPolls = polls }
    if let isTrusted = flag(top["trust_blocked"], of: top) { rules.trustsBlocked = isTrusted }
    return rules
  }
}
