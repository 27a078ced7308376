import Configuration
import Monitor
import Providers

/// The difference between two versions of the configuration.
struct ConfigurationChange: Sendable {
  let added: [ConfiguredAccount]
  let removed: [ConfiguredAccount]
  /// Changed accounts, in their new version.
  let changed: [ConfiguredAccount]
  /// Names of unchanged accounts.
  let unchanged: Set<String>
  /// Other changes in the file.
  private let others: [String]
  private let listed: (before: Int, after: Int)

  init(from old: Configuration, to new: Configuration) {
    let before = Dictionary(
      old.accounts.map { ($0.settings.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let names = Set(new.accounts.map(\.settings.name))
    added = new.accounts.filter { before[$0.settings.name] == nil }
    removed = old.accounts.filter { !names.contains($0.settings.name) }
    changed = new.accounts.filter { account in
      before[account.settings.name].map { $0 != account } ?? false
    }
    unchanged = names.subtracting((added + changed).map(\.settings.name))
    listed = (old.accounts.listedNumbers, new.accounts.listedNumbers)
    others = [
      old.theme != new.theme ? "theme" : nil,
      old.showsClock != new.showsClock ? "clock" : nil,
      old.confirmation != new.confirmation ? "confirmation" : nil,
      old.names.labels != new.names.labels ? "labels" : nil,
      old.names.filters != new.names.filters ? "filters" : nil,
      old.receivers != new.receivers ? "alerts" : nil,
      old.signals != new.signals ? "signals" : nil,
      old.escapeDelay != new.escapeDelay ? "escape_delay (from the next start on)" : nil,
    ].compactMap(\.self)
  }

  var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && others.isEmpty }

  /// Such as `+1 account, +4 numbers, 2 accounts changed`.
  var text: String {
    var parts: [String] = []
    if !added.isEmpty { parts.append("+" + Self.count(added.count, "account")) }
    if !removed.isEmpty { parts.append("-" + Self.count(removed.count, "account")) }
    let numbers = listed.after - listed.before
    if numbers != 0 {
      parts.append((numbers > 0 ? "+" : "-") + Self.count(abs(numbers), "number"))
    }
    if !changed.isEmpty { parts.append(Self.count(changed.count, "account") + " changed") }
    parts += others
    return parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension [ConfiguredAccount] {
  /// How many numbers are listed; discovered ones are not known here.
  fileprivate var listedNumbers: Int {
    flatMap(\.settings.values.values).reduce(0) { sum, value in
      switch value {
      case .numbers(let numbers): sum + numbers.count
      case .channels(let channels): sum + channels.count
      case .text, .secret, .list, .allNumbers, .header, .partner: sum
      }
    }
  }
}
