package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// A number with its latest and its last good reading.
package struct NumberReadings: Hashable, Sendable {
  package let number: PhoneNumber
  package let latest: Reading?
  package let lastGood: Reading?
  /// Its states at its last polls; nil where an older version wrote it.
  package let polls: PollStates?

  package init(
    number: PhoneNumber,
    latest: Reading? = nil,
    lastGood: Reading? = nil,
    polls: PollStates? = nil
  ) {
    self.number = number
    self.latest = latest?.withoutRaw
    self.lastGood = lastGood?.withoutRaw
    self.polls = polls
  }

  package init(_ record: NumberRecord) {
    self.init(
      number: record.number,
      latest: record.latest,
      lastGood: record.lastGood,
      polls: record.polls
    )
  }
}

/// What an entity said of itself, and when.
package struct DatedEntity: Hashable, Sendable {
  package let facts: EntityFacts
  package let date: Date

  package init(_ facts: EntityFacts, at date: Date) {
    self.facts = facts
    self.date = date.roundedToMilliseconds
  }
}

/// The templates of a WABA, and when they were read.
package struct DatedTemplates: Hashable, Sendable {
  package let list: TemplateList
  package let date: Date

  package init(_ list: TemplateList, at date: Date) {
    self.list = list
    self.date = date.roundedToMilliseconds
  }
}

/// What was last known, all of it or what is another than at an earlier revision.
package struct Current: Hashable, Sendable {
  /// Counts what was written; ask for what came after it.
  package var revision = 0
  package var numbers: [NumberReadings] = []
  /// Numbers that there were, and are no more.
  package var gone: [PhoneNumber.ID] = []
  package var accounts: [AccountCondition] = []
  package var accountOrder: [String]?
  package var entities: [DatedEntity] = []
  package var templates: [DatedTemplates] = []

  package init() {}

  /// The same as polling would have said it; each reading has its age.
  package var update: FleetUpdate {
    FleetUpdate(
      appeared: numbers.map(\.number),
      vanished: gone,
      readings: numbers.flatMap { [$0.lastGood, $0.latest].compactMap(\.self).withoutRepetition },
      entities: entities.map(\.facts),
      templates: templates.map(\.list),
      accounts: accounts,
      accountOrder: accountOrder
    )
  }
}

extension Current {
  /// When each of its entities was read.
  package func entityMoments(at now: Moment) -> EntityMoments {
    var moments = EntityMoments()
    for entity in entities {
      moments.facts[entity.facts.reference] = Moment(remembered: entity.date, now: now)
    }
    for templates in templates {
      moments.templates[templates.list.waba] = Moment(remembered: templates.date, now: now)
    }
    return moments
  }
}

extension [Reading] {
  /// A good reading is often the latest one too.
  fileprivate var withoutRepetition: Self {
    count == 2 && self[0].moment == self[1].moment && self[0].report != nil ? [self[1]] : self
  }
}

extension Moment {
  /// A moment of another run on this run's clock: as long ago as the wall clock says, and never in the
  /// future.
  package init(remembered date: Date, now: Moment) {
    let age = max(0, now.date.timeIntervalSince(date))
    // To the millisecond, as it is remembered: then whole seconds stay whole.
    self.init(date: date, uptime: now.uptime - .milliseconds((age * 1000).rounded()))
  }

  /// A moment that may lie ahead; further than anybody waits only where a clock was wrong.
  package init(expected date: Date, now: Moment) {
    let wait = date.timeIntervalSince(now.date)
    guard wait > 0 else {
      self.init(remembered: date, now: now)
      return
    }
    self = now + .seconds(min(wait, 3600))
  }
}

extension NumberReadings {
  /// What people know the number by; nil while no answer says it.
  package var names: Names? {
    guard let report = lastGood?.report ?? latest?.report else { return nil }
    let shown = report.facts.displayNumber.map(NumberRecord.compact)
    return Names(
      shown ?? number.target ?? number.account,
      detail: number.label ?? report.facts.verifiedName
    )
  }
}
