import Monitor
import YAML

/// When a change of a number's state becomes an event.
extension ConfigurationReader {
  static let confirmationKeys = [
    "down_confirm", "down_for", "up_confirm", "trust_blocked", "flapping",
  ]

  private static let polls = 1...9
  private static let shares = 1...99
  private static let times = Duration.zero ... .seconds(3600)

  mutating func confirmation(of top: ConfigurationSection) -> ConfirmationRules {
    var rules = ConfirmationRules()
    if let polls = integer(top["down_confirm"], of: top, in: Self.polls) { rules.downPolls = polls }
    if let time = duration(top["down_for"], of: top, in: Self.times) { rules.downTime = time }
    if let polls = integer(top["up_confirm"], of: top, in: Self.polls) { rules.upPolls = polls }
    if let isTrusted = flag(top["trust_blocked"], of: top) { rules.trustsBlocked = isTrusted }
    if let flapping = flapping(of: top) { rules.flapping = flapping }
    return rules
  }

  /// When a number flaps.
  private mutating func flapping(of top: ConfigurationSection) -> FlappingRules? {
    guard let entry = top["flapping"],
      let section = section(
        entry.value,
        path: "flapping",
        expected: "a mapping with over, under and polls"
      )
    else { return nil }
    rejectUnknownKeys(of: section, known: ["over", "under", "polls"])
    var rules = FlappingRules()
    if let share = percentage(section["over"], of: section) { rules.over = share }
    if let share = percentage(section["under"], of: section) { rules.under = share }
    if let polls = integer(section["polls"], of: section, in: FlappingRules.possiblePolls) {
      rules.polls = polls
    }
    guard rules.under <= rules.over else {
      mistake(
        "flapping: under \(rules.under)% is more than over \(rules.over)%; it would end where it begins",
        at: entry.value.mark
      )
      return nil
    }
    return rules
  }

  private mutating func percentage(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection
  ) -> Int? {
    let expected = "a share such as 30%"
    guard let entry, let text = text(entry, of: section, expected: expected) else { return nil }
    if text.hasSuffix("%"),
      let share = ScalarForms.integer(String(text.dropLast()), in: Self.shares)
    {
      return share
    }
    let path = section.path(of: entry.key)
    mistake("\(path): expected \(expected), not \"\(text)\"", at: entry.value.mark)
    return nil
  }
}
