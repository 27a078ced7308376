import Testing

@testable import Simulator

struct SimulationTests {
  @Test func `the same seed makes the same world and another seed another one`() {
    let first = Simulation(.demo(numbers: 200, seed: 3))
    let second = Simulation(.demo(numbers: 200, seed: 3))
    let other = Simulation(.demo(numbers: 200, seed: 4))

    #expect(first.numbers.map(\.id) == second.numbers.map(\.id))
    #expect(first.numbers.map(\.name) == second.numbers.map(\.name))
    #expect(first.numbers.map(\.display) == second.numbers.map(\.display))
    #expect(first.templates.map(\.status) == second.templates.map(\.status))
    #expect(first.numbers.map(\.id) != other.numbers.map(\.id))
    #expect(first.configurationYAML(port: 1) == second.configurationYAML(port: 1))
  }

  @Test(arguments: [1, 2, 5, 60, 999, 10_000])
  func `there are as many numbers as asked for, each once, none of them anybody's`(count: Int) {
    let world = Simulation(.demo(numbers: count, seed: 1))

    #expect(world.numbers.count == count)
    #expect(Set(world.numbers.map(\.id)).count == count)
    #expect(Set(world.numbers.map(\.digits)).count == count)
    #expect(Set(world.templates.map(\.id)).count == world.templates.count)
    let free = world.numbers.filter { isReserved($0.digits) }
    #expect(free.count == count)
  }

  /// Blocks that regulators keep free: 555-01xx, 07700 900xxx, 06 39 98 xx xx.
  private func isReserved(_ digits: String) -> Bool {
    if digits.hasPrefix("1") { return digits.count == 11 && digits.dropFirst(4).hasPrefix("55501") }
    if digits.hasPrefix("44") { return digits.count == 12 && digits.hasPrefix("447700900") }
    return digits.count == 11 && digits.hasPrefix("3363998")
  }

  @Test func `an account that shares has its numbers in the other one's WABA`() throws {
    let world = Simulation(.standard(numbers: 60))
    let direct = try #require(world.accounts.first { $0.name == "direct" })
    let partner = try #require(world.accounts.first { $0.name == "partner" })

    #expect(world.numbers[partner.numbers[0]].waba == direct.wabas[0])
  }

  @Test(arguments: [
    (Duration.seconds(0), false), (.seconds(29), false), (.seconds(30), true), (.seconds(89), true),
    (.seconds(90), false), (.seconds(329), false), (.seconds(330), true), (.seconds(390), false),
  ])
  func `a repeated event is on only between its times`(elapsed: Duration, isOn: Bool) throws {
    let world = Simulation(try Scenario(yaml: ScenarioFileTests.example))
    let blocked = world.state(at: elapsed).wabas.values.filter { $0.send == "BLOCKED" }

    #expect(blocked.count == (isOn ? 1 : 0))
  }

  @Test func `a state holds until the next thing happens`() throws {
    let world = Simulation(try Scenario(yaml: ScenarioFileTests.example))

    #expect(world.state(at: .zero).validUntil == .seconds(30))
    #expect(world.state(at: .seconds(31)).validUntil == .seconds(60))
    #expect(world.state(at: .seconds(61)).validUntil == .seconds(90))
    #expect(world.state(at: .seconds(100)).validUntil == .seconds(330))
  }

  @Test func `within two minutes of the demo everything that it promises happens`() throws {
    let world = Simulation(.demo(numbers: 60, seed: 1))
    let states = stride(from: 0, through: 120, by: 1).map { world.state(at: .seconds($0)) }

    let blocked = try #require(states.first { !$0.wabas.isEmpty }?.wabas.keys.first)
    #expect(world.wabas[blocked].numbers.count >= 10)
    #expect(states.contains { $0.templates.values.contains { $0.status == "PAUSED" } })
    #expect(states.contains { !$0.revokedAccounts.isEmpty })
    #expect(states.contains { $0.faults.contains { $0.fault == .latency(.milliseconds(2500)) } })
    #expect(states.last?.wabas[blocked]?.send == nil)
    #expect(!states[0].numbers.isEmpty)
  }

  @Test func `a large demo is mostly sound`() {
    let state = Simulation(.demo(numbers: 10_000, seed: 1)).state(at: .zero)

    #expect((100...600).contains(state.numbers.count))
  }

  @Test(arguments: Scenario.builtInNames)
  func `each built-in scenario has a configuration with a key for every account`(
    name: String
  )
    throws
  {
    let scenario = try #require(Scenario.builtIn(named: name, numbers: 60, seed: 1))
    let world = Simulation(scenario)
    let text = world.configurationYAML(port: 8080)

    for account in world.accounts {
      #expect(text.contains("http://127.0.0.1:8080/\(account.name)"))
    }
    let keys = world.accounts.filter { $0.provider != .dialog360 }.map(\.key)
    #expect(keys.allSatisfy { text.contains($0) && $0.contains("demo") })
  }
}
