/// How the simulation differs from a healthy one at one time, and until when.
package struct SimulatedState: Sendable {
  /// The time of the next change; nil if there is none.
  package internal(set) var validUntil: Duration?
  package internal(set) var numbers: [Int: NumberChange] = [:]
  package internal(set) var wabas: [Int: EntityChange] = [:]
  package internal(set) var businesses: [Int: EntityChange] = [:]
  /// By account: an account is one app.
  package internal(set) var apps: [Int: EntityChange] = [:]
  package internal(set) var templates: [Int: TemplateChange] = [:]
  package internal(set) var revokedAccounts: Set<Int> = []
  package internal(set) var revokedNumbers: Set<Int> = []
  var faults: [TargetedFault] = []

  /// A fault and what it applies to.
  struct TargetedFault: Sendable {
    let fault: Fault
    let part: Scenario.Part?
    let place: FaultPlace
  }

  enum FaultPlace: Hashable, Sendable {
    case accounts(Set<Int>)
    case wabas(Set<Int>)
    case numbers(Set<Int>)
  }
}

extension Simulation {
  /// The state at an elapsed time: later events in the scenario override earlier ones.
  package func state(at elapsed: Duration) -> SimulatedState {
    var state = SimulatedState()
    state.validUntil = schedule.compactMap { $0.event.nextChange(after: elapsed) }.min()
    for account in accounts {
      for (place, plan) in account.plan.numbers.enumerated() where plan.state != NumberChange() {
        state.numbers[account.numbers[place]] = plan.state
      }
    }
    for scheduled in schedule where scheduled.event.isActive(at: elapsed) {
      apply(scheduled, to: &state)
    }
    return state
  }

  private func apply(_ scheduled: ScheduledEvent, to state: inout SimulatedState) {
    let change = scheduled.event.change
    let targets = scheduled.targets
    if change.number != NumberChange() {
      for number in targets.numbers { state.numbers[number, default: .init()].merge(change.number) }
    }
    if change.waba != EntityChange() {
      for waba in targets.wabas { state.wabas[waba, default: .init()].merge(change.waba) }
    }
    if change.business != EntityChange() {
      for business in Set(targets.wabas.map { wabas[$0].business }) {
        state.businesses[business, default: .init()].merge(change.business)
      }
    }
    if change.app != EntityChange() {
      for account in targets.accounts { state.apps[account, default: .init()].merge(change.app) }
    }
    apply(change.template, to: targets.wabas, in: &state)
    if change.revokesKey { revoke(targets, in: &state) }
    if let fault = scheduled.event.fault { stick(fault, scheduled, in: &state) }
  }

  private func apply(
    _ change: TemplateChange,
    to targets: [Int],
    in state: inout SimulatedState
  ) {
    guard change != TemplateChange() else { return }
    for waba in targets {
      for (place, index) in wabas[waba].templates.enumerated() {
        let wanted = change.template ?? templates[index].name
        guard wanted == templates[index].name || wanted == String(place + 1) else { continue }
        state.templates[index, default: .init()].merge(change)
      }
    }
  }

  private func revoke(_ targets: ScheduledEvent.Targets, in state: inout SimulatedState) {
    guard targets.reach == .account else {
      state.revokedNumbers.formUnion(targets.numbers)
      return
    }
    state.revokedAccounts.formUnion(targets.accounts)
  }

  private func stick(
    _ fault: Fault,
    _ scheduled: ScheduledEvent,
    in state: inout SimulatedState
  ) {
    let targets = scheduled.targets
    let place: SimulatedState.FaultPlace =
      switch targets.reach {
      case .account: .accounts(Set(targets.accounts))
      case .waba: .wabas(Set(targets.wabas))
      case .number: .numbers(Set(targets.numbers))
      }
    state.faults.append(.init(fault: fault, part: scheduled.event.part, place: place))
  }
}
