extension Scenario {
  /// The scenarios that need no file, by name; nil for an unknown name.
  package static func builtIn(named name: String, numbers: Int, seed: UInt64) -> Scenario? {
    switch name {
    case "demo": demo(numbers: numbers, seed: seed)
    case "standard": standard(numbers: numbers, seed: seed)
    case "faults": faults(numbers: numbers, seed: seed)
    case "wire": wire(numbers: numbers, seed: seed)
    case "reference": reference()
    default: nil
    }
  }

  package static let builtInNames = ["demo", "standard", "faults", "wire", "reference"]

  /// All five kinds of provider with so many numbers, without faults and events.
  ///
  /// Above some sixty numbers each account has several WABAs, and pages.
  package static func standard(numbers: Int = 60, seed: UInt64 = 1) -> Scenario {
    Scenario(name: "standard", seed: seed, accounts: usualAccounts(numbers))
  }

  /// A typical set of accounts: each kind of provider, old and new, with a fixed share of the
  /// numbers.
  static func usualAccounts(_ numbers: Int) -> [Account] {
    let plans: [(parts: Int, account: Account)] = [
      (18, Account(name: "direct", provider: .meta)),
      (18, Account(name: "acme", provider: .kapso)),
      (9, Account(name: "shops", provider: .dialog360)),
      (6, Account(name: "india", provider: .kaleyra)),
      (6, Account(name: "partner", provider: .graph, shares: "direct")),
      (3, Account(name: "legacy", provider: .kaleyra, version: "v1")),
    ]
    let whole = plans.map(\.parts).reduce(0, +)
    var left = numbers - plans.map { numbers * $0.parts / whole }.reduce(0, +)
    var accounts = plans.map { plan in
      var account = plan.account
      account.count = numbers * plan.parts / whole
      if left > 0 {
        account.count += 1
        left -= 1
      }
      return account
    }
    accounts.removeAll { $0.count == 0 }
    return accounts
  }
}
