import Health
import TestSupport

@testable import Monitor
@testable import Screens

// Stages for causes and events: things that go wrong one after the other.
extension Stage {
  /// The fleet of the mock-ups, then: a template is rejected, Hooli recovers, numbers come and go, an
  /// account answers again, and the configuration is read anew.
  static var shift: Stage {
    var stage = Stage.incident
    let rejected = TemplateList(
      waba: "102938475610",
      templates: .success(
        [
          .sample("order_shipped"), .sample("otp_login", "REJECTED"),
          .sample("winter_promo", "PAUSED"),
        ]
      )
    )
    stage.step(5, FleetUpdate(templates: [rejected]))
    let hooli = stage.state.fleet.records.filter { $0.name?.hasPrefix("Hooli") == true }
    stage.step(4, FleetUpdate(readings: hooli.map { stage.fine($0) }))
    let wayne = stage.state.fleet.records.filter { $0.number.account == "india" }
    stage.step(
      3,
      FleetUpdate(
        readings: wayne.map { stage.fine($0) },
        accounts: [.sample(Account.samples[3], nextPoll: .sample + .seconds(30))]
      )
    )
    stage.step(2, FleetUpdate(appeared: [.sample("1065403522999")]))
    stage.step(1, FleetUpdate(vanished: [.init(account: "direct", target: "1065403522420")]))
    stage.state.noteReload("+1 number, 0 mistakes", at: stage.now)
    return stage
  }

  /// All accounts fail at once, and after a while nothing is known of any number.
  static var offline: Stage {
    var stage = Stage.incident
    let error = ProviderError(.unreachable, "No route to host.")
    for account in Account.samples {
      let condition = AccountCondition.sample(
        account,
        failure: error,
        failingSince: stage.now,
        nextPoll: stage.now + .seconds(30)
      )
      stage.step(1, FleetUpdate(accounts: [condition]))
    }
    let records = stage.state.fleet.records
    for _ in 0..<2 {
      stage.step(
        60,
        FleetUpdate(
          readings: records.map { .sample($0.number, .failure(error), at: stage.now) }
        )
      )
    }
    return stage
  }

  /// The fleet of the mock-ups, whose first number gave an answer with long lines, secrets and hostile text.
  static var hostileAnswer: Stage {
    let body = #"""
      {"id":"1065403522131","verified_name":"Evil\u001b[31m \u202eShop 東京","health_status":
      {"can_send_message":"BLOCKED","entities":[{"entity_type":"WABA","id":"102938475610",
      "errors":[{"error_code":141006,"error_description":"There is an error with the payment method.",
      "possible_solution":"There was an error with your payment method. Please add a new payment method to the account."}]}]},
      "webhook":{"verify_token":"hunter2hunter2","url":"https://example.com/?access_token=abc123&x=1"}}
      """#
    var stage = Stage.incident
    let record = stage.state.fleet.records.first { $0.displayNumber == "+447700900131" }
    guard let latest = record?.latest else { return stage }
    let reading = Reading(
      number: latest.number,
      moment: .sample,
      result: latest.result,
      httpStatus: 200,
      raw: Array(body.utf8)
    )
    stage.receive(FleetUpdate(readings: [reading]))
    return stage
  }

  /// So many numbers that are fine at first, and of which every second is limited by itself later.
  static func turning(_ count: Int) -> Stage {
    var stage = Stage.numbers(count)
    let worse = stride(from: 0, to: count, by: 2).map { index in
      Reading.sample(numbered: index, at: stage.now, isWorse: true)
    }
    stage.step(9, FleetUpdate(readings: worse))
    let unpaid = (0..<min(count, 50)).map { index in
      let number = PhoneNumber.sample(numbered: index)
      let report = HealthReport.sample(
        number.target ?? "",
        number: PhoneNumber.sampleText(index),
        name: "\(String.sampleNames[index % String.sampleNames.count]) \(index)",
        waba: .sample("WABA", "20000000", "BLOCKED", errors: [.samplePayment])
      )
      return Reading.sample(number, .success(report), at: stage.now)
    }
    stage.step(9, FleetUpdate(readings: unpaid))
    return stage
  }

  /// Numbers with names in six scripts, of which one of each is bad.
  static var scripts: Stage {
    var stage = Stage.numbers(28)
    let worse = (0..<14).map { Reading.sample(numbered: $0, at: stage.now, isWorse: true) }
    stage.step(9, FleetUpdate(readings: worse))
    return stage
  }

  private mutating func step(_ seconds: Int, _ update: FleetUpdate) {
    now = now + .seconds(seconds)
    state.receive(update, at: now)
    state.letTimePass(to: now)
  }

  private func fine(_ record: NumberRecord) -> Reading {
    .sample(
      record.number,
      .success(
        .sample(record.report?.phoneNumberID ?? "", number: record.displayNumber, name: record.name)
      ),
      at: now
    )
  }
}
