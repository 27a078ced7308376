package import Health
package import Monitor

/// A fleet with a history, like the one of the mock-ups: every state is in it, and most causes.
///
/// Its updates are to be received in order, each at its moment, up to `Moment.sample`.
package enum SampleIncident {
  package struct Step: Sendable {
    package let moment: Moment
    package let update: FleetUpdate
  }

  package static let steps: [Step] = [
    step(
      ago: .seconds(41 * 86_400 / 8),
      readings: all.map { .sample($0.number, $0.fine) },
      accounts: Account.samples.map { .sample($0) }
    ),
    step(ago: .seconds(68_400), readings: hooli.map { .sample($0.number, $0.yellow) }),
    step(ago: .seconds(8040), readings: acme.map { .sample($0.number, $0.unpaid) }),
    step(ago: .seconds(2280), readings: globex.map { .sample($0.number, $0.unverified) }),
    step(
      ago: .seconds(1620),
      readings: wayne.map { .sample($0.number, .failure(.sampleUnauthorized)) },
      accounts: [
        .sample(
          Account.samples[3],
          failure: .sampleUnauthorized,
          failingSince: .sample(ago: .seconds(1620)),
          nextPoll: .sample + .seconds(240)
        )
      ]
    ),
    step(ago: .seconds(250), readings: initech.map { .sample($0.number, $0.tokenless) }),
    step(ago: .seconds(151), readings: tyrell.map { .sample($0.number, $0.fine) }),
    step(
      ago: .seconds(12),
      readings: acme.map { .sample($0.number, $0.unpaid) }
        + globex.map { .sample($0.number, $0.unverified) }
        + initech.map { .sample($0.number, $0.tokenless) }
        + hooli.map { .sample($0.number, $0.yellow) }
        + wayne.map { .sample($0.number, .failure(.sampleUnauthorized)) }
        + tyrell.map { .sample($0.number, .failure(.sampleTimeout)) }
        + calm.map { .sample($0.number, $0.fine) },
      entities: facts,
      templates: [templates],
      accounts: Account.samples.filter { $0.name != "india" }
        .map { .sample($0, nextPoll: .sample + .seconds(18)) }
    ),
  ]

  private static let acme = members(9, "Acme", from: 131, waba: "102938475610", of: "556677889900")
  private static let globex = members(
    2,
    "Globex",
    from: 142,
    on: 2,
    waba: "118822334455",
    of: "778899001122"
  )
  private static let initech = members(
    1,
    "Initech Paris",
    from: 204,
    on: 1,
    waba: "140011220033",
    of: "440011223344"
  )
  private static let hooli = members(
    2,
    "Hooli",
    from: 177,
    on: 4,
    waba: "150011220033",
    of: "550011223344"
  )
  private static let wayne = members(
    6,
    "Wayne",
    from: 301,
    on: 3,
    waba: "160011220033",
    of: "660011223344"
  )
  private static let tyrell = members(
    1,
    "Tyrell 東京",
    from: 360,
    waba: "170011220033",
    of: "770011223344"
  )
  private static let calm =
    members(20, "Acme Shop", from: 401, waba: "180011220033", of: "556677889900")
    + members(19, "Sirius مطعم", from: 440, on: 2, waba: "190011220033", of: "880011223344")

  private static let all = acme + globex + initech + hooli + wayne + tyrell + calm

  private static let facts = [
    EntityFacts(
      reference: EntityReference(type: .waba, id: "102938475610"),
      name: "Acme UK",
      facts: [Fact("currency", "EUR"), Fact("timezone", "London")],
      parent: EntityReference(type: .business, id: "556677889900")
    ),
    EntityFacts(
      reference: EntityReference(type: .business, id: "556677889900"),
      name: "Acme Group"
    ),
  ]

  private static let templates = TemplateList(
    waba: "102938475610",
    templates: .success(
      [.sample("order_shipped"), .sample("otp_login"), .sample("winter_promo", "PAUSED")]
        + (1...38).map { .sample("notice_\($0)") }
    )
  )

  private static func step(
    ago: Duration,
    readings: [Reading] = [],
    entities: [EntityFacts] = [],
    templates: [TemplateList] = [],
    accounts: [AccountCondition] = []
  ) -> Step {
    let moment = Moment.sample(ago: ago)
    let dated = readings.map { Reading.sample($0.number, $0.result, at: moment) }
    return Step(
      moment: moment,
      update: FleetUpdate(
        readings: dated,
        entities: entities,
        templates: templates,
        accounts: accounts
      )
    )
  }

  private static func members(
    _ count: Int,
    _ name: String,
    from first: Int,
    on account: Int = 0,
    waba: String,
    of business: String
  ) -> [Member] {
    (0..<count).map { offset in
      Member(
        index: first + offset,
        name: count == 1 ? name : "\(name) \(offset + 1)",
        account: Account.samples[account],
        waba: waba,
        business: business
      )
    }
  }
}

extension Fleet {
  /// The fleet of the incident as it is at `Moment.sample`.
  package static let sample: Fleet = {
    var fleet = Fleet()
    for step in SampleIncident.steps {
      _ = fleet.receive(step.update, at: step.moment)
    }
    _ = fleet.advance(to: .sample)
    return fleet
  }()
}

/// One number of the incident, with the answers that it may give.
private struct Member: Sendable {
  let index: Int
  let name: String
  let account: Account
  let waba: String
  let business: String

  private var id: String { "1065403522\(index)" }
  private var text: String { "+44 7700 900\(index)" }

  var number: PhoneNumber { .sample(id, on: account) }

  var fine: Result<HealthReport, ProviderError> { .success(report()) }

  var unpaid: Result<HealthReport, ProviderError> {
    .success(report(waba: .sample("WABA", waba, "BLOCKED", errors: [.samplePayment])))
  }

  var unverified: Result<HealthReport, ProviderError> {
    let entity = HealthEntity.sample(
      "BUSINESS",
      business,
      "LIMITED",
      errors: [.sampleVerification]
    )
    return .success(report(business: entity))
  }

  var yellow: Result<HealthReport, ProviderError> { .success(report(quality: "YELLOW")) }

  /// Kapso's answer when the number's own token is dead: nobody could look at its health.
  var tokenless: Result<HealthReport, ProviderError> {
    let checks = [
      ProviderCheck(
        name: "token_validity",
        kind: .token,
        passed: false,
        message: "Token is invalid (190)."
      ),
      ProviderCheck(name: "webhook_verified", kind: .webhook, passed: true),
    ]
    return .success(report(checks: checks))
  }

  private func report(
    waba: HealthEntity? = nil,
    business: HealthEntity? = nil,
    quality: String = "GREEN",
    checks: [ProviderCheck] = []
  ) -> HealthReport {
    .sample(
      id,
      number: text,
      name: name,
      own: .sample("PHONE_NUMBER", id, sip: "BLOCKED", errors: [.sampleSIP]),
      waba: waba ?? .sample("WABA", self.waba),
      business: business ?? .sample("BUSINESS", self.business),
      quality: quality,
      checks: checks
    )
  }
}
