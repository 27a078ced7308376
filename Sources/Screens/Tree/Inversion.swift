import Health
import Monitor

/// The numbers that depend on an entity, an account or a signal, while its inverted tree is open.
struct Inversion: Sendable {
  let root: CauseID
  private(set) var affectedNumbers = RankedNumbers()
  private var states: [Int: HealthState] = [:]

  init(of root: CauseID, in fleet: Fleet, _ causes: CauseIndex) {
    self.root = root
    switch root {
    case .entity(let reference): add(fleet.numbers(sharing: reference), fleet)
    case .signal: add(causes.crowd(of: root).places, fleet)
    case .account, .provider, .offline: add(fleet.records.indices, fleet)
    case .templates: break
    }
  }

  /// - Returns: Whether any of them depends on it, or did before.
  mutating func update(_ places: Set<Int>, of fleet: Fleet) -> Bool {
    var isTouched = false
    for place in places where place < fleet.records.count {
      let isMember = fleet.records.withElement(at: place) { contains($0.pointee) }
      guard isMember || states[place] != nil else { continue }
      isTouched = true
      if let former = states[place] { affectedNumbers.remove(place, former) }
      let state = isMember ? fleet.records[place].state : nil
      states[place] = state
      if let state { affectedNumbers.insert(place, state) }
    }
    return isTouched
  }

  private mutating func add(_ places: some Sequence<Int>, _ fleet: Fleet) {
    for place in places {
      fleet.records.withElement(at: place) { record in
        if contains(record.pointee) { states[place] = record.pointee.state }
      }
    }
    affectedNumbers = RankedNumbers(states.map { (place: $0.key, state: $0.value) })
  }

  private func contains(_ record: NumberRecord) -> Bool {
    guard record.number.target != nil else { return false }
    return switch root {
    case .entity(let reference):
      record.report?.entities.contains { $0.reference == reference } == true
    case .signal: record.causes.contains { $0.id == root }
    case .account(let name, _): record.number.account == name
    case .provider(let provider, _): record.number.provider == provider
    case .offline: true
    case .templates: false
    }
  }
}
