internal import DequeModule
import Health
import Monitor

/// What waits to be written: of what is replaced anyway only the latest.
struct PendingRecords {
  /// So many transitions wait at most; the oldest go first.
  static let mostTransitions = 100_000

  private(set) var transitions: [Transition] = []
  private var numbers: [PhoneNumber.ID: NumberReadings] = [:]
  /// The numbers that wait, the longest waiting first; it may also name some that do not wait any more.
  private var queue: Deque<PhoneNumber.ID> = []
  private var gone: Set<PhoneNumber.ID> = []
  private var accounts: [String: AccountCondition] = [:]
  private var accountOrder: [String]?
  private var entities: [EntityReference: DatedEntity] = [:]
  private var templates: [String: DatedTemplates] = [:]
  private var coverage: [String: [Coverage]] = [:]
  private var incidents: [Incident.ID: Incident] = [:]
  /// Transitions that went because nothing could be written for too long.
  private(set) var lostCount = 0

  var hasNumbers: Bool { !numbers.isEmpty }

  /// Adds what was said after all that is here.
  mutating func add(_ batch: Batch) {
    transitions += batch.transitions
    for readings in batch.numbers {
      if numbers.updateValue(readings, forKey: readings.number.id) == nil {
        queue.append(readings.number.id)
      }
      gone.remove(readings.number.id)
    }
    for id in batch.gone {
      numbers[id] = nil
      gone.insert(id)
    }
    for condition in batch.accounts { accounts[condition.account.name] = condition }
    if let order = batch.accountOrder { accountOrder = order }
    for entity in batch.entities { entities[entity.facts.reference] = entity }
    for list in batch.templates { templates[list.list.waba] = list }
    for covered in batch.coverage { add(covered) }
    for incident in batch.incidents { incidents[incident.id] = incident }
    let surplus = transitions.count - Self.mostTransitions
    if surplus > 0 {
      transitions.removeFirst(surplus)
      lostCount += surplus
    }
  }

  private mutating func add(_ next: Coverage) {
    guard let last = coverage[next.account]?.last, last.from <= next.from, next.from <= last.to
    else {
      coverage[next.account, default: []].append(next)
      return
    }
    coverage[next.account]?.removeLast()
    let whole = Coverage(account: next.account, from: last.from, to: max(last.to, next.to))
    coverage[next.account]?.append(whole)
  }

  /// All of it, but of the numbers at most so many, in an order that stays.
  ///
  /// The other numbers wait for the next time.
  mutating func take(numbers most: Int = .max) -> Batch {
    var batch = batch
    batch.numbers = takeNumbers(most).sorted { $0.number.id < $1.number.id }
    var rest = PendingRecords()
    (rest.numbers, rest.queue, rest.lostCount) = (numbers, queue, lostCount)
    self = rest
    return batch
  }

  private mutating func takeNumbers(_ most: Int) -> [NumberReadings] {
    var taken: [NumberReadings] = []
    while taken.count < most, let id = queue.popFirst() {
      if let readings = numbers.removeValue(forKey: id) { taken.append(readings) }
    }
    return taken
  }

  private var batch: Batch {
    var batch = Batch()
    batch.transitions = transitions
    batch.gone = gone.sorted()
    batch.accounts = accounts.values.sorted { $0.account.name < $1.account.name }
    batch.accountOrder = accountOrder
    batch.entities = Array(entities.values)
    batch.templates = Array(templates.values)
    batch.coverage = coverage.values.flatMap(\.self)
    batch.incidents = Array(incidents.values)
    return batch
  }

  /// Drops what is of accounts.
  mutating func drop(_ names: Set<String>) {
    transitions.removeAll { $0.subject.account.map(names.contains) ?? false }
    numbers = numbers.filter { !names.contains($0.key.account) }
    gone = gone.filter { !names.contains($0.account) }
    for name in names { (accounts[name], coverage[name]) = (nil, nil) }
  }

  /// Puts back what could not be written, before what came meanwhile.
  mutating func putBack(_ batch: Batch) {
    let newer = take()
    add(batch)
    add(newer)
  }
}
