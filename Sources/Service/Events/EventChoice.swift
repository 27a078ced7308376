import Health
import Monitor

/// A client of the events.
struct EventClient {
  let stream: ResponseStream
  /// The text of its filter; nil is everything.
  let filter: String?
}

/// Which numbers a client wants to hear of: those that pass its filter, or did until the change.
struct EventChoice {
  /// Which of some numbers pass the filter.
  struct Look {
    fileprivate let numbers: Set<PhoneNumber.ID>
    fileprivate let passing: Set<PhoneNumber.ID>
  }

  let filter: Filter
  private let live: LiveState
  private var passing: Set<PhoneNumber.ID>
  /// Those that passed until the changes that are told now.
  private var leaving: Set<PhoneNumber.ID> = []

  init(_ filter: Filter, _ live: LiveState) async {
    let now = live.time.now
    self.filter = filter
    self.live = live
    passing = await live.monitor.read { fleet in
      Set(fleet.records.filter { filter.passes($0, in: fleet, at: now) }.map(\.id))
    }
  }

  func look(for numbers: Set<PhoneNumber.ID>) async -> Look {
    let (filter, now) = (filter, live.time.now)
    let passing = await live.monitor.read { fleet in
      numbers.filter { id in fleet[id].map { filter.passes($0, in: fleet, at: now) } ?? false }
    }
    return Look(numbers: numbers, passing: passing)
  }

  mutating func look(at look: Look) {
    leaving = passing.intersection(look.numbers)
    passing = passing.subtracting(look.numbers).union(look.passing)
  }

  func contains(_ change: Change) -> Bool {
    guard let number = change.event.number?.id else { return false }
    return passing.contains(number) || leaving.contains(number)
  }
}

extension Change.Event {
  /// Nil for what is of no single number.
  var number: Change.Number? {
    switch self {
    case .number(let number, _, _), .appeared(let number), .vanished(let number),
      .flapping(let number, _, _), .steady(let number), .acknowledged(let number?, _),
      .unacknowledged(let number?, _, _):
      number
    case .failing, .answering, .template, .reloaded, .acknowledged, .unacknowledged, .muted,
      .unmuted:
      nil
    }
  }
}
