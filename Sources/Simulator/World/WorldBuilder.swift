extension Simulation {
  /// Builds everything in the scenario, in its order.
  mutating func build() {
    var random = SeededGenerator(seed: scenario.seed)
    var series = NumberSeries(seed: scenario.seed)
    for plan in scenario.accounts where plan.count + plan.numbers.count > 0 {
      let account = addAccount(plan, drawing: &random)
      for (place, number) in plan.numbers.enumerated() {
        addNumber(number, at: place, of: account, series: &series, drawing: &random)
      }
      for place in 0..<plan.count {
        let waba = Self.waba(ofNumber: place, of: plan.count, over: accounts[account].wabas.count)
        addNumber(
          Scenario.Number(waba: waba),
          at: plan.numbers.count + place,
          of: account,
          series: &series,
          drawing: &random
        )
      }
    }
  }

  /// The WABA of a number, from 1; the first WABA gets a third of the numbers, so that one is
  /// always large.
  private static func waba(ofNumber place: Int, of count: Int, over wabas: Int) -> Int {
    let first = max(1, count / 3)
    guard wabas > 1, place >= first else { return 1 }
    return 2 + (place - first) % (wabas - 1)
  }

  private mutating func addAccount(
    _ plan: Scenario.Account,
    drawing random: inout SeededGenerator
  ) -> Int {
    let index = accounts.count
    var account = SimulatedAccount(
      plan: plan,
      key: plan.key ?? Self.demoKey(of: plan),
      appID: Self.id("6349", index, scenario.seed),
      sid: plan.provider == .kaleyra ? "HXDEMO\(1000 + index)\(plan.pod)" : "demo-partner-\(index)"
    )
    let shared = plan.shares.flatMap { accountsByName[$0] }
    addWABAs(to: &account, sharedWith: shared, drawing: &random)
    account.nodesByID = nodes(of: account)
    accounts.append(account)
    accountsByName[plan.name] = index
    return index
  }

  /// Obviously fake, and different for each account.
  private static func demoKey(of plan: Scenario.Account) -> String {
    switch plan.provider {
    case .kapso: "kapso-demo-key-\(plan.name)"
    case .dialog360: "d360-demo-partner-key-\(plan.name)"
    case .kaleyra: "kaleyra-demo-key-\(plan.name)"
    case .meta: "meta-demo-token-\(plan.name)"
    case .graph: "graph-demo-token-\(plan.name)"
    }
  }

  private mutating func addWABAs(
    to account: inout SimulatedAccount,
    sharedWith shared: Int?,
    drawing random: inout SeededGenerator
  ) {
    let total = account.plan.count + account.plan.numbers.count
    let named = account.plan.numbers.map(\.waba).max() ?? 1
    let count = max(1, named, account.plan.wabas ?? (total + 11) / 12)
    for place in 0..<count {
      if place == 0, let shared, let waba = accounts[shared].wabas.first {
        account.wabas.append(waba)
        account.businesses.append(wabas[waba].business)
        continue
      }
      if place % 3 == 0 || account.businesses.isEmpty {
        account.businesses.append(addBusiness())
      }
      let business = account.businesses[account.businesses.count - 1]
      account.wabas.append(addWABA(of: business, place: place, drawing: &random))
    }
  }

  private func nodes(of account: SimulatedAccount) -> [String: GraphNode] {
    var nodes: [String: GraphNode] = [:]
    for waba in account.wabas {
      nodes[wabas[waba].id] = .waba(waba)
      for template in wabas[waba].templates { nodes[templates[template].id] = .template(template) }
    }
    for business in account.businesses { nodes[businesses[business].id] = .business(business) }
    return nodes
  }

  private mutating func addBusiness() -> Int {
    let index = businesses.count
    businesses.append(
      SimulatedBusiness(id: Self.id("5069", index, scenario.seed), name: NameBook.group(index))
    )
    return index
  }

  private mutating func addWABA(
    of business: Int,
    place: Int,
    drawing random: inout SeededGenerator
  ) -> Int {
    let index = wabas.count
    let first = templates.count
    for number in 0..<(3 + Int(random.next() % 5)) {
      templates.append(template(number, of: index, drawing: &random))
    }
    wabas.append(
      SimulatedWABA(
        id: Self.id("1022", index, scenario.seed),
        name: "\(businesses[business].name) \(place + 1)",
        business: business,
        templates: first..<templates.count
      )
    )
    return index
  }

  private func template(
    _ place: Int,
    of waba: Int,
    drawing random: inout SeededGenerator
  ) -> SimulatedTemplate {
    let draw = random.next()
    return SimulatedTemplate(
      waba: waba,
      id: Self.id("2632", templates.count, scenario.seed) + "0",
      name: NameBook.template(place + Int(draw % 3)),
      language: ["en_US", "de", "fr", "hi", "ja", "ar"][Int(draw / 8 % 6)],
      category: ["UTILITY", "MARKETING", "AUTHENTICATION"][Int(draw / 64 % 3)],
      status: draw % 37 == 5 ? "REJECTED" : draw % 29 == 7 ? "PENDING" : "APPROVED"
    )
  }

  private mutating func addNumber(
    _ plan: Scenario.Number,
    at place: Int,
    of account: Int,
    series: inout NumberSeries,
    drawing random: inout SeededGenerator
  ) {
    let index = numbers.count
    let provider = accounts[account].provider
    let waba = accounts[account].wabas[min(max(plan.waba, 1), accounts[account].wabas.count) - 1]
    let name = NameBook.name(of: index, drawing: &random)
    let draw = random.next()
    let id = plan.id ?? Self.id("1065", index, scenario.seed)
    let display = plan.display ?? series.next()
    let number = SimulatedNumber(
      account: account,
      waba: waba,
      id: id,
      address: provider == .kaleyra ? plan.id ?? SimulatedNumber.digits(of: display) : id,
      display: display,
      name: plan.state.entity.name ?? name,
      label: plan.label ?? (provider == .dialog360 ? NameBook.city(place) : nil),
      key: provider == .dialog360 ? "d360-demo-key-\(accounts[account].name)-\(place + 1)" : "",
      limit: ["TIER_250", "TIER_2K", "TIER_10K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"][
        Int(draw % 6)
      ],
      throughput: draw / 8 % 5 == 0 ? "HIGH" : "STANDARD",
      calling: draw / 64 % 4 == 0 ? "AVAILABLE" : draw / 64 % 4 == 1 ? nil : "BLOCKED",
      answer: plan.answer
    )
    numbers.append(number)
    wabas[waba].numbers.append(index)
    accounts[account].numbers.append(index)
    accounts[account].numbersByID[number.address] = index
    if !number.key.isEmpty { accounts[account].numbersByKey[number.key] = index }
  }

  /// Fifteen digits, as in Meta's ids: a kind, some that look random, and a unique index.
  private static func id(_ kind: String, _ index: Int, _ seed: UInt64) -> String {
    let noise = SeededGenerator.mix(UInt64(index) &* 31 &+ seed) % 100_000
    return kind + String(100_000 + noise).dropFirst() + String(1_000_000 + index).dropFirst()
  }
}
