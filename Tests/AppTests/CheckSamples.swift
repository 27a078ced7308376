import Foundation
import Health
import Monitor

/// A fleet of every kind of outcome.
enum CheckSamples {
  /// 2026-11-21T14:32:07Z.
  static let moment = Moment(
    date: Date(timeIntervalSince1970: 1_795_271_527),
    uptime: .seconds(100)
  )

  static var fleet: Fleet {
    var fleet = Fleet()
    let update = FleetUpdate(
      appeared: [PhoneNumber(account: "acme", provider: "kapso", target: "106540352242930")],
      readings: [undiscovered, fine, refused, blocked, limited],
      entities: [
        EntityFacts(reference: EntityReference(type: .waba, id: "102290129340398"), name: "Acme UK")
      ],
      accounts: accounts
    )
    _ = fleet.receive(update, at: moment)
    return fleet
  }

  /// In the order of the configuration; their readings come in another one.
  private static var accounts: [AccountCondition] {
    let providers = [
      ("acme", "kapso"), ("india", "kaleyra"), ("direct", "meta"), ("shops", "360dialog"),
      ("partner", "graph"),
    ]
    return providers.map { name, provider in
      let account = Account(
        name: name,
        provider: provider,
        requestsPerMinute: nil,
        concurrency: 1,
        callingExpected: name == "india"
      )
      return AccountCondition(account: account, effectiveRefresh: .seconds(60))
    }
  }

  /// One number for each severity, by nothing but its health.
  static func fleet(of severities: [Severity]) -> Fleet {
    var fleet = Fleet()
    let readings = severities.enumerated().map { index, severity in
      let word: String? =
        switch severity {
        case .ok: "AVAILABLE"
        case .warning: "LIMITED"
        case .critical: "BLOCKED"
        case .unknown: nil
        }
      let number = PhoneNumber(account: "acme", provider: "kapso", target: "\(index)")
      let report = HealthReport(root: word.map { AsSent($0) }, entities: [])
      return Reading(number: number, moment: moment, result: .success(report), httpStatus: 200)
    }
    _ = fleet.receive(FleetUpdate(readings: readings), at: moment)
    return fleet
  }

  private static var fine: Reading {
    reading(
      PhoneNumber(account: "acme", provider: "kapso", target: "106540352242922", label: "Orders"),
      HealthReport(
        nodeID: "106540352242922",
        providerVerdict: "healthy",
        root: AsSent("AVAILABLE"),
        entities: [entity("PHONE_NUMBER", "106540352242922", "AVAILABLE")],
        facts: PhoneNumberFacts(
          displayNumber: "+1 555 0101",
          verifiedName: "Acme Orders",
          status: AsSent("CONNECTED"),
          quality: AsSent("GREEN"),
          throughput: "STANDARD"
        ),
        checks: [
          ProviderCheck(name: "webhook_verified", kind: .webhook, passed: true, message: "Verified")
        ]
      )
    )
  }

  private static var limited: Reading {
    reading(
      PhoneNumber(account: "india", provider: "kaleyra", target: "914XXXXXX139"),
      HealthReport(
        nodeID: "489XXXXXXXX9632",
        providerVerdict: "LIMITED",
        root: AsSent("LIMITED"),
        entities: [
          HealthEntity(
            type: AsSent("PHONE_NUMBER"),
            id: "489XXXXXXXX9632",
            canSendMessage: AsSent("LIMITED"),
            canReceiveCallSIP: AsSent("BLOCKED"),
            additionalInfo: ["The display name \u{1b}[31mhas not been approved yet."],
            errors: [
              EntityError(
                code: .number(138024),
                description: "SIP is not enabled.",
                solution: "Enable SIP for 489XXXXXXXX9632."
              )
            ]
          ),
          entity("BUSINESS", "200", "AVAILABLE"), entity("APP", nil, nil),
        ],
        facts: PhoneNumberFacts(
          displayNumber: "+91 4X XXXX X139",
          verifiedName: "東京 \u{202e}evil\u{7f}|name",
          status: AsSent("CONNECTED"),
          quality: AsSent("YELLOW"),
          nameStatus: AsSent("DECLINED"),
          messagingLimit: AsSent("TIER_1K")
        )
      )
    )
  }

  private static var blocked: Reading {
    reading(
      PhoneNumber(account: "direct", provider: "meta", target: "106540352242924"),
      HealthReport(
        nodeID: "106540352242924",
        providerVerdict: "BLOCKED",
        root: AsSent("BLOCKED"),
        entities: [
          entity("PHONE_NUMBER", "106540352242924", "AVAILABLE"),
          HealthEntity(
            type: AsSent("WABA"),
            id: "102290129340398",
            canSendMessage: AsSent("BLOCKED"),
            errors: [
              EntityError(
                code: .number(141006),
                description: "There is an error with the payment method.",
                solution: "Add a valid payment method."
              ),
              EntityError(code: .text("X-1"), description: nil, solution: nil),
            ]
          ),
        ],
        facts: PhoneNumberFacts(displayNumber: "+44 7700 900131", verifiedName: "Acme UK")
      )
    )
  }

  private static var refused: Reading {
    Reading(
      number: PhoneNumber(
        account: "shops",
        provider: "360dialog",
        target: "Berlin",
        label: "Berlin"
      ),
      moment: moment,
      result: .failure(
        ProviderError(.credentialRejected, "360dialog: Invalid api_key.", httpStatus: 401)
      ),
      httpStatus: 401,
      latency: .milliseconds(81)
    )
  }

  private static var undiscovered: Reading {
    Reading(
      number: PhoneNumber(account: "partner", provider: "graph", target: nil),
      moment: moment,
      result: .failure(ProviderError(.unreachable, "graph.example.com: connection refused."))
    )
  }

  private static func reading(_ number: PhoneNumber, _ report: HealthReport) -> Reading {
    Reading(
      number: number,
      moment: moment,
      result: .success(report),
      httpStatus: 200,
      latency: .microseconds(182_600)
    )
  }

  private static func entity(_ type: String, _ id: String?, _ state: String?) -> HealthEntity {
    HealthEntity(type: AsSent(type), id: id, canSendMessage: state.map { AsSent($0) })
  }
}
