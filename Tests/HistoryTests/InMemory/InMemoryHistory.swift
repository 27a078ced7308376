import Foundation
import Health
import History
import Monitor

/// A history without a file, made to be obviously right: it keeps everything in lists and looks through
/// all of them for each answer.
actor InMemoryHistory {
  struct Entry {
    let record: RecordedTransition
    /// The earlier moment at which something later was told.
    var shadow: Int?

    var at: Int { record.transition.date.milliseconds }
    var subject: Subject { record.transition.subject }
    var isOfLine: Bool { record.transition.kind.isOfLine && shadow == nil }
  }

  struct Written<Value> {
    let value: Value
    let revision: Int
  }

  var entries: [Entry] = []
  var lastID = 0
  var names: [Subject: Names] = [:]
  var coverage: [Coverage] = []
  /// Of days whose transitions are gone.
  var sums: [Int: [PhoneNumber.ID: StateTimes]] = [:]
  var firstKeptDay: Int?
  var lastRevision = 0
  var numbers: [PhoneNumber.ID: Written<NumberReadings?>] = [:]
  var accounts: [String: Written<AccountCondition>] = [:]
  var accountOrder: Written<[String]>?
  var entities: [EntityReference: Written<DatedEntity>] = [:]
  var templates: [String: Written<DatedTemplates>] = [:]
  var incidents: [Incident.ID: Incident] = [:]
  var acknowledgements: [String: Acknowledgement] = [:]
  var mutes: [String: Mute] = [:]
  var comments: [String: Comment] = [:]
  /// In the order in which they were added.
  var notices: [HeldNotice] = []
  var troubles: [ToldTrouble] = []
  var deliveries: [String: ChannelDelivery] = [:]
  var heldLeases: [String: HeldLease] = [:]
  var demands: [Demand] = []
  var lastAsked: [String: [String: Asked]] = [:]

  /// What the next writes come to.
  private var failures: [HistoryError] = []

  func fail(_ failures: [HistoryError]) { self.failures = failures }

  struct HeldNotice {
    var notice: Notice
    var holder: String?
    var until = Date.distantPast
    var finished: FinishedNotice?
  }

  struct HeldLease {
    var lease: Lease
    var isGivenBack = false
  }
}

extension InMemoryHistory: HistoryRecords {
  func write(_ batch: Batch) throws(HistoryError) -> Set<String> {
    guard !batch.isEmpty else { return [] }
    if !failures.isEmpty { throw failures.removeFirst() }
    let lost = Set(batch.leases.filter { held($0) == nil }.map(\.account))
    writeAll(of: batch.filtered { !lost.contains($0) })
    return lost
  }

  private func writeAll(of batch: Batch) {
    lastRevision += 1
    for readings in batch.numbers {
      numbers[readings.number.id] = Written(value: readings, revision: lastRevision)
      if let known = readings.names { names[.number(readings.number.id)] = known }
    }
    for id in batch.gone where numbers[id]?.value != nil {
      numbers[id] = Written(value: nil, revision: lastRevision)
    }
    for condition in batch.accounts {
      accounts[condition.account.name] = Written(value: condition, revision: lastRevision)
    }
    if let order = batch.accountOrder {
      accountOrder = Written(value: order, revision: lastRevision)
      accounts = accounts.filter {
        order.contains($0.key) || isPolledByAnother($0.key, than: batch.leases)
      }
    }
    for entity in batch.entities {
      entities[entity.facts.reference] = Written(value: entity, revision: lastRevision)
      if let name = entity.facts.name { names[.entity(entity.facts.reference)] = Names(name) }
    }
    for list in batch.templates {
      templates[list.list.waba] = Written(value: list, revision: lastRevision)
    }
    for transition in batch.transitions { write(transition) }
    coverage += batch.coverage.filter { $0.from < $0.to }
    for incident in batch.incidents { incidents[incident.id] = incident }
  }

  private func isPolledByAnother(_ account: String, than leases: [Lease]) -> Bool {
    guard let own = leases.max(by: { $0.renewed < $1.renewed }),
      let held = heldLeases[account], !held.isGivenBack
    else { return false }
    return held.lease.holder != own.holder && held.lease.until > own.renewed
  }

  private func write(_ transition: Transition) {
    names[transition.subject] = transition.names
    let at = transition.date.milliseconds
    if transition.kind.isOfLine {
      for index in entries.indices where entries[index].subject == transition.subject {
        let entry = entries[index]
        if let shadow = entry.shadow, entry.at <= at, entry.at - shadow > 86_400_000 {
          entries[index].shadow = nil
        }
      }
      for index in entries.indices where entries[index].subject == transition.subject {
        if entries[index].isOfLine, entries[index].at > at { entries[index].shadow = at }
      }
    }
    lastID += 1
    entries.append(Entry(record: RecordedTransition(id: lastID, transition: transition)))
  }

  func current(after revision: Int?, at now: Moment) throws(HistoryError) -> Current {
    let after = revision ?? -1
    var current = Current()
    current.revision = lastRevision
    for (id, written) in numbers.sorted(by: { $0.key < $1.key }) where written.revision > after {
      if let readings = written.value {
        current.numbers.append(readings.remembered(at: now))
      } else if revision != nil {
        current.gone.append(id)
      }
    }
    current.accounts = accounts.values.filter { $0.revision > after }
      .map { $0.value.remembered(at: now) }
      .sorted { $0.account.name < $1.account.name }
    if let accountOrder, accountOrder.revision > after { current.accountOrder = accountOrder.value }
    current.entities = entities.values.filter { $0.revision > after }.map(\.value)
      .sorted {
        ($0.facts.reference.type.word, $0.facts.reference.id)
          < ($1.facts.reference.type.word, $1.facts.reference.id)
      }
    current.templates = templates.values.filter { $0.revision > after }.map(\.value)
      .sorted { $0.list.waba < $1.list.waba }
    return current
  }
}

extension NumberReadings {
  fileprivate func remembered(at now: Moment) -> Self {
    NumberReadings(
      number: number,
      latest: latest?.remembered(at: now),
      lastGood: lastGood?.remembered(at: now),
      polls: polls
    )
  }
}

extension Reading {
  fileprivate func remembered(at now: Moment) -> Self {
    Reading(
      number: number,
      moment: moment.remembered(at: now),
      result: result,
      httpStatus: httpStatus,
      latency: latency
    )
  }
}

extension AccountCondition {
  fileprivate func remembered(at now: Moment) -> Self {
    (try? Packed.condition(from: Packed.bytes(of: self), at: now)) ?? self
  }
}

extension Moment {
  fileprivate func remembered(at now: Moment) -> Self {
    Moment(remembered: date.roundedToMilliseconds, now: now)
  }
}
