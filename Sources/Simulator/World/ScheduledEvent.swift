/// An event with its resolved targets.
struct ScheduledEvent: Sendable {
  let event: Scenario.Event
  let targets: Targets

  init(_ event: Scenario.Event, targets: Targets) {
    self.event = event
    self.targets = targets
  }

  struct Targets: Sendable {
    var accounts: [Int] = []
    var wabas: [Int] = []
    var numbers: [Int] = []
    /// The level of the scope, which decides what a fault applies to.
    var reach = Reach.account
  }

  enum Reach: Sendable {
    case account
    case waba
    case number
  }
}

extension Simulation {
  /// Resolves a scope; missing parts, such as the tenth of nine numbers, are ignored.
  func targets(of scope: Scenario.Scope, salt: UInt64) -> ScheduledEvent.Targets {
    var found = ScheduledEvent.Targets()
    for (index, account) in accounts.enumerated() where matches(account, scope) {
      var numbers = account.numbers
      if let wanted = scope.waba {
        found.reach = .waba
        let wabas = account.wabas.enumerated()
          .filter { matches(wanted, place: $0.offset, id: self.wabas[$0.element].id) }
          .map(\.element)
        guard !wabas.isEmpty else { continue }
        found.wabas += wabas
        numbers = numbers.filter { wabas.contains(self.numbers[$0].waba) }
      }
      numbers = chosen(numbers, of: scope, salt: salt)
      if scope.number != nil || scope.share != nil {
        found.reach = .number
        found.wabas += Set(numbers.map { self.numbers[$0].waba }).sorted()
      } else if scope.waba == nil {
        found.wabas += account.wabas
      }
      found.numbers += numbers
      found.accounts.append(index)
    }
    return found
  }

  private func matches(_ account: SimulatedAccount, _ scope: Scenario.Scope) -> Bool {
    (scope.account ?? account.name) == account.name
      && (scope.provider ?? account.provider) == account.provider
  }

  private func chosen(_ numbers: [Int], of scope: Scenario.Scope, salt: UInt64) -> [Int] {
    var numbers = numbers
    if let wanted = scope.number {
      numbers = numbers.enumerated()
        .filter { place, index in
          let number = self.numbers[index]
          return number.digits == wanted || matches(wanted, place: place, id: number.id)
        }
        .map(\.element)
    }
    if let share = scope.share {
      numbers = numbers.filter { index in
        let draw = SeededGenerator.mix(scenario.seed &+ salt &* 7919 &+ UInt64(index) &* 104_729)
        return Double(draw % 10_000) < share * 10_000
      }
    }
    return numbers
  }

  private func matches(_ wanted: String, place: Int, id: String) -> Bool {
    wanted == id || wanted == String(place + 1)
  }
}
