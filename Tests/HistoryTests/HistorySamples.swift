import Foundation
import Health
import History
import TestSupport

@testable import Monitor

extension Date {
  /// 2026-01-01 00:00:00 UTC.
  static let start = Date(timeIntervalSince1970: 1_767_225_600)

  static func after(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

  static func after(hours: Double) -> Date { after(hours * 3600) }

  static func after(days: Double) -> Date { after(days * 86_400) }
}

extension Moment {
  static func after(_ seconds: Double) -> Moment {
    Moment(date: .after(seconds), uptime: .seconds(1000) + .seconds(seconds))
  }
}

extension PhoneNumber.ID {
  static let one = PhoneNumber.ID(account: "acme", target: "1")
  static let two = PhoneNumber.ID(account: "acme", target: "2")
  static let other = PhoneNumber.ID(account: "shops", target: "1")
}

extension Change.Reason {
  static let payment = Change.Reason(
    key: "entity/WABA/102",
    summary: "WABA 102",
    code: "141006",
    text: "There is an error with the payment method.",
    severity: "critical"
  )
  static let quality = Change.Reason(
    key: "signal/QUALITY/red",
    summary: "quality red",
    code: nil,
    text: nil,
    severity: "warning"
  )
}

extension Transition {
  static func state(
    of id: PhoneNumber.ID = .one,
    from: HealthState? = nil,
    _ to: HealthState,
    at date: Date,
    because reason: Change.Reason? = nil
  ) -> Transition {
    Transition(
      date: date,
      subject: .number(id),
      names: Names("+44 \(id.target ?? "")", detail: "Acme"),
      event: .state(from: from, to: to),
      reason: reason
    )
  }

  static func event(
    _ event: Event,
    of subject: Subject = .program,
    at date: Date,
    names: Names = Names("wabatop")
  ) -> Transition {
    Transition(date: date, subject: subject, names: names, event: event)
  }
}

extension Batch {
  static func of(
    _ transitions: [Transition] = [],
    numbers: [NumberReadings] = [],
    coverage: [Coverage] = [],
    incidents: [Incident] = []
  ) -> Batch {
    var batch = Batch()
    batch.transitions = transitions
    batch.numbers = numbers
    batch.coverage = coverage
    batch.incidents = incidents
    return batch
  }
}

extension Coverage {
  static func of(_ account: String, _ from: Date, _ to: Date) -> Coverage {
    Coverage(account: account, from: from, to: to)
  }

  static func of(_ from: Date, _ to: Date) -> Coverage { of("acme", from, to) }
}
