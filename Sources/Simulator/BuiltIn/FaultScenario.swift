extension Scenario {
  /// All kinds of provider with every fault and every oddity on some number, and accounts that fail
  /// completely: nothing may affect the other rows.
  package static func faults(numbers: Int = 120, seed: UInt64 = 1) -> Scenario {
    var scenario = standard(numbers: max(numbers, 1), seed: seed)
    scenario.name = "faults"
    scenario.accounts += troubledAccounts.map(\.account)
    scenario.events += troubledAccounts.flatMap { troubled in
      troubled.faults.map { Event(on: Scope(account: troubled.account.name), fault: $0) }
    }
    scenario.events.append(
      Event(on: Scope(account: "key-refused"), change: StateChange(revokesKey: true))
    )
    for account in ["acme", "shops", "india", "partner"] {
      scenario.events += events(of: account)
    }
    return scenario
  }

  /// The faults of single requests, in the order of the numbers that get them.
  ///
  /// There is no 429, which affects all numbers of a key and has separate accounts.
  package static let requestFaults: [Fault] = [
    .latency(.seconds(1)), .reset, .gateway(status: 503), .truncated,
    .cut, .oversized, .drip(.milliseconds(200)), .silence,
    .redirect(to: "http://localhost.invalid/health"), .redirect(to: "self"), .body(""),
    .body("null"), .body("[]"), .body("{}"), .body("<html><title>Log in</title></html>"), .nesting,
    .gateway(status: 403),
  ]

  /// Unusual states of a number that a decoder must handle.
  package static let oddities: [NumberChange] = [
    NumberChange(name: "\u{1B}[31mRed\u{1B}[0m\u{07} \u{1B}]0;title\u{07}"),
    NumberChange(name: "\u{202E}desrever\u{2066} \u{0000}\u{0085}\u{009B}31m"),
    NumberChange(name: String(repeating: "長い名前👩‍🔧", count: 40)),
    NumberChange(send: " available "), NumberChange(send: "limited", info: ["lower case"]),
    NumberChange(send: "PAUSED_BY_MOON"), NumberChange(send: ""),
    NumberChange(status: "connected", quality: "green"),
    NumberChange(status: "WATCHED", quality: "PURPLE", nameStatus: "WHISPERED"),
    NumberChange(health: .missing), NumberChange(health: .null), NumberChange(health: .empty),
    NumberChange(health: .hollow), NumberChange(health: .rootOnly), NumberChange(health: .crooked),
    NumberChange(send: "BLOCKED", errors: [141099]), gone, checkFails, tokenDead,
  ]

  private static let gone = {
    var change = NumberChange()
    change.isGone = true
    return change
  }()

  private static let checkFails = {
    var change = NumberChange()
    change.checkFails = true
    return change
  }()

  private static let tokenDead = {
    var change = NumberChange()
    change.tokenValid = false
    return change
  }()

  /// Assigns them to every fourth number, with healthy ones in between.
  private static func events(of account: String) -> [Event] {
    let faults = requestFaults.enumerated().map { place, fault in
      Event(on: Scope(account: account, number: String(place * 4 + 2)), fault: fault, part: .health)
    }
    let states = oddities.enumerated().map { place, oddity in
      Event(
        on: Scope(account: account, number: String(place * 4 + 4)),
        change: StateChange(number: oddity)
      )
    }
    return faults + states
  }

  private static let troubledAccounts: [(account: Account, faults: [Fault])] = [
    (Account(name: "key-refused", provider: .meta, count: 3), []),
    (Account(name: "throttled-meta", provider: .meta, count: 3), [.throttled(retryAfter: nil)]),
    (Account(name: "throttled", provider: .kapso, count: 3), [.throttled(retryAfter: "60")]),
    (
      Account(name: "throttled-till", provider: .kaleyra, count: 3),
      [.throttled(retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT")]
    ),
    (
      Account(name: "throttled-absurd", provider: .graph, count: 3),
      [.throttled(retryAfter: "99999999")]
    ),
    (Account(name: "resetting", provider: .kapso, count: 3), [.reset]),
    (Account(name: "gateway", provider: .kaleyra, count: 3), [.gateway(status: 502)]),
    (Account(name: "silent", provider: .dialog360, count: 3), [.silence]),
    (
      Account(name: "redirecting", provider: .graph, count: 3),
      [.redirect(to: "http://localhost.invalid/v24.0/")]
    ),
    (Account(name: "slow", provider: .meta, count: 3, latency: .seconds(2)), []),
    (tightBudget, []),
    (Account(name: "partner-list", provider: .dialog360, count: 3, listing: .partner), []),
  ]

  private static let tightBudget = {
    var account = Account(name: "tight", provider: .kapso, count: 12)
    account.grants = 6
    return account
  }()
}
