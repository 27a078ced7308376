extension Scenario {
  /// A complete configuration for the scenario's accounts on this port of 127.0.0.1.
  ///
  /// Its keys are the simulator's own, obviously fake.
  package func configurationYAML(port: Int) -> String {
    Simulation(self).configurationYAML(port: port)
  }
}

extension Simulation {
  package func configurationYAML(port: Int) -> String {
    var text = """
      # wabatop simulate: scenario \(scenario.name), seed \(scenario.seed), \(numbers.count) numbers
      refresh: \(Self.text(scenario.refresh))
      accounts:

      """
    for account in accounts { text += lines(of: account, port: port) }
    return text
  }

  private func lines(of account: SimulatedAccount, port: Int) -> String {
    let plan = account.plan
    let url = "http://127.0.0.1:\(port)/\(account.name)"
    var lines = [
      "  - name: \(quoted(account.name))",
      "    provider: \(plan.provider.rawValue)",
      "    base_url: \(plan.provider == .graph ? "\(url)/\(plan.version)" : url)",
      "    requests_per_minute: unlimited",
      "    concurrency: \(concurrency(of: account))",
    ]
    if plan.callingExpected { lines.append("    calling: expected") }
    switch plan.provider {
    case .kapso: lines += kapsoLines(account)
    case .dialog360: lines += dialog360Lines(account)
    case .kaleyra: lines += kaleyraLines(account)
    case .meta: lines += metaLines(account)
    case .graph: lines += graphLines(account)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// High enough for a sweep with many slow answers to end within the interval.
  private func concurrency(of account: SimulatedAccount) -> Int {
    min(max(8, account.numbers.count / 40), 64)
  }

  private func kapsoLines(_ account: SimulatedAccount) -> [String] {
    let key = "    api_key: \(secret(account.key))"
    guard account.plan.listing == .numbers else { return [key, "    numbers: all"] }
    return [key, "    numbers:"] + numberLines(account, item: "id")
  }

  private func dialog360Lines(_ account: SimulatedAccount) -> [String] {
    let partner = "    partner: { id: \(quoted(account.sid)), api_key: \(secret(account.key)) }"
    guard account.plan.listing != .partner else { return [partner] }
    var lines = account.plan.listing == .all ? [partner] : []
    lines.append("    channels:")
    for index in account.numbers {
      let number = numbers[index]
      let label = quoted(number.label ?? number.id)
      lines.append("      - { label: \(label), api_key: \(secret(number.key)) }")
    }
    return lines
  }

  private func kaleyraLines(_ account: SimulatedAccount) -> [String] {
    [
      "    pod: \(account.plan.pod)",
      "    api_version: \(account.plan.version)",
      "    sid: \(quoted(account.sid))",
      "    api_key: \(secret(account.key))",
      "    numbers:",
    ] + numberLines(account, item: "number")
  }

  private func metaLines(_ account: SimulatedAccount) -> [String] {
    let head = [
      "    access_token: \(secret(account.key))",
      "    graph_version: \(account.plan.version)",
    ]
    switch account.plan.listing {
    case .businesses:
      let ids = account.businesses.map { "      - \(quoted(businesses[$0].id))" }
      return head + ["    businesses:"] + ids
    case .numbers: return head + ["    numbers:"] + numberLines(account, item: "id")
    default:
      return head + ["    wabas:"] + account.wabas.map { "      - \(quoted(wabas[$0].id))" }
    }
  }

  private func graphLines(_ account: SimulatedAccount) -> [String] {
    [
      "    header: { name: Authorization, value: \(secret("Bearer \(account.key)")) }",
      "    numbers:",
    ] + numberLines(account, item: "id")
  }

  private func numberLines(_ account: SimulatedAccount, item: String) -> [String] {
    account.numbers.map { index in
      let number = numbers[index]
      let address = quoted(number.address)
      guard let label = number.label else { return "      - \(address)" }
      return "      - { \(item): \(address), label: \(quoted(label)) }"
    }
  }

  /// A JSON string is a YAML string.
  private func quoted(_ text: String) -> String { JSONText.quoted(text) }

  /// In secrets, a dollar starts a variable unless it is doubled.
  private func secret(_ text: String) -> String { quoted(text.replacing("$", with: "$$")) }

  private static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    return milliseconds % 1000 == 0 ? "\(seconds)s" : "\(milliseconds)ms"
  }
}
