import Health
import TestSupport

@testable import Monitor
@testable import Screens

// Stages in which states are not confirmed yet.
extension Stage {
  /// Twelve numbers of which two are limited by their business, one has a bad quality, and one that
  /// was blocked is available again, each since one poll.
  static var unconfirmed: Stage {
    let start = Moment.sample(ago: .seconds(72))
    var state = ScreenState(now: start)
    state.confirmation = Confirmation(ConfirmationRules())
    for (place, step) in [[:], [3: "blk"], [0: "lim", 1: "lim", 2: "wrn"]].enumerated() {
      let now = start + .seconds(place * 30)
      let readings = (0..<12).map { Self.reading($0, step[$0] ?? "ok", at: now) }
      let account = AccountCondition.sample(.samples[0], nextPoll: now + .seconds(30))
      state.receive(FleetUpdate(readings: readings, accounts: [account]), at: now)
    }
    state.letTimePass(to: .sample)
    return Stage(state)
  }

  /// Twelve numbers of which one flaps between blocked and available, and another between limited and
  /// available: it is available now.
  static var flapping: Stage {
    let start = Moment.sample(ago: .seconds(252))
    var state = ScreenState(now: start)
    state.confirmation = Confirmation(ConfirmationRules())
    for place in 0...8 {
      let now = start + .seconds(place * 30)
      let readings = (0..<12).map { index in
        let word = index == 3 ? "blk" : index == 5 ? "lim" : "ok"
        let isBad = place % 2 == (index == 3 ? 0 : 1) && place > 0
        return Self.reading(index, isBad ? word : "ok", at: now)
      }
      let account = AccountCondition.sample(.samples[0], nextPoll: now + .seconds(30))
      state.receive(FleetUpdate(readings: readings, accounts: [account]), at: now)
    }
    state.letTimePass(to: .sample)
    return Stage(state)
  }

  private static func reading(_ index: Int, _ word: String, at moment: Moment) -> Reading {
    let limited = HealthEntity.sample("BUSINESS", "7788", "LIMITED", errors: [.sampleVerification])
    let blocked = HealthEntity.sample("WABA", "1029", "BLOCKED", errors: [.samplePayment])
    let report = HealthReport.sample(
      "10\(index)",
      number: PhoneNumber.sampleText(index),
      name: "Acme Shop \(index)",
      waba: word == "blk" ? blocked : .sample("WABA", index == 3 ? "1029" : "1030"),
      business: word == "lim" ? limited : .sample("BUSINESS", "7788"),
      quality: word == "wrn" ? "RED" : "GREEN"
    )
    return .sample(.sample("10\(index)"), .success(report), at: moment)
  }
}
