import Health
import Testing

/// An error code counts on any entity.
struct CarriedCodeCase: CustomTestStringConvertible, Sendable {
  let name: String
  let root: String?
  let entities: [HealthEntity]
  let severity: Severity
  /// Of the headline.
  let code: Int?

  var testDescription: String { name }

  static func entity(
    _ type: String?,
    _ state: String?,
    code: Int? = nil,
    words: String = "Paiement requis pour ce compte",
    info: String? = nil
  ) -> HealthEntity {
    let error = EntityError(code: code.map { .number($0) }, description: words, solution: nil)
    return HealthEntity(
      type: type.map { AsSent($0) },
      id: type,
      canSendMessage: state.map { AsSent($0) },
      additionalInfo: info.map { [$0] } ?? [],
      errors: code != nil || words.contains("#") ? [error] : []
    )
  }

  static let all = [
    Self(
      name: "no type and no state, and the summary is BLOCKED",
      root: "BLOCKED",
      entities: [entity(nil, nil, code: 141_006)],
      severity: .critical,
      code: 141_006
    ),
    Self(
      name: "no type and no state, and the summary is LIMITED",
      root: "LIMITED",
      entities: [entity(nil, nil, code: 141_010)],
      severity: .warning,
      code: 141_010
    ),
    Self(
      name: "no state, and no summary",
      root: nil,
      entities: [entity("WABA", nil, code: 141_006)],
      severity: .warning,
      code: 141_006
    ),
    Self(
      name: "no state beside others that are fine",
      root: "AVAILABLE",
      entities: [entity("PHONE_NUMBER", "AVAILABLE"), entity("APP", nil, code: 141_014)],
      severity: .warning,
      code: 141_014
    ),
    Self(
      name: "a state that nobody knows",
      root: "BLOCKED",
      entities: [entity("PHONE_NUMBER", "AVAILABLE"), entity("WABA", "PAUSED", code: 141_006)],
      severity: .critical,
      code: 141_006
    ),
    Self(
      name: "a milder entity that has a state stands first in the list",
      root: "BLOCKED",
      entities: [entity("BUSINESS", "LIMITED", code: 141_010), entity(nil, nil, code: 141_006)],
      severity: .critical,
      code: 141_006
    ),
    Self(
      name: "fine by its own word, but the summary is BLOCKED and nothing else says why",
      root: "BLOCKED",
      entities: [
        entity("PHONE_NUMBER", "AVAILABLE"), entity("WABA", "AVAILABLE", code: 141_006),
      ],
      severity: .critical,
      code: 141_006
    ),
    Self(
      name: "fine by its own word, and by the summary's",
      root: "AVAILABLE",
      entities: [entity("WABA", "AVAILABLE", code: 141_006)],
      severity: .warning,
      code: 141_006
    ),
    Self(
      name: "fine by its own word, a code in the words of an error",
      root: nil,
      entities: [entity("PHONE_NUMBER", "AVAILABLE", words: "(#131031) Locked")],
      severity: .warning,
      code: 131_031
    ),
    Self(
      name: "fine by its own word, a code in its additional information",
      root: "AVAILABLE",
      entities: [entity("WABA", "AVAILABLE", info: "It failed with error code 141006.")],
      severity: .warning,
      code: 141_006
    ),
    Self(
      name: "limited, a code in its additional information",
      root: "LIMITED",
      entities: [entity("WABA", "LIMITED", info: "(#131031) Business account locked")],
      severity: .warning,
      code: 131_031
    ),
    Self(
      name: "no state, a code in its additional information",
      root: "BLOCKED",
      entities: [entity("WABA", nil, info: "(#131031) Business account locked")],
      severity: .critical,
      code: 131_031
    ),
    Self(
      name: "fine by its own word, a code that nobody has explained before one that is known",
      root: "AVAILABLE",
      entities: [
        entity("APP", "AVAILABLE", code: 141_011),
        entity("WABA", "AVAILABLE", code: 141_011, info: "(#141014)"),
      ],
      severity: .warning,
      code: 141_014
    ),
    Self(
      name: "fine by its own word, a code that nobody has explained",
      root: "AVAILABLE",
      entities: [entity("WABA", "AVAILABLE", code: 141_011, info: "order #12345")],
      severity: .ok,
      code: nil
    ),
    Self(
      name: "fine by its own word, a code about one template",
      root: "AVAILABLE",
      entities: [entity("WABA", "AVAILABLE", code: 132_015)],
      severity: .ok,
      code: nil
    ),
    Self(
      name: "fine by its own word, a code about calls",
      root: "AVAILABLE",
      entities: [
        entity("PHONE_NUMBER", "AVAILABLE", code: 138_024),
        entity("APP", "AVAILABLE", info: "error code 138025"),
      ],
      severity: .ok,
      code: nil
    ),
    Self(
      name: "131000 means something on a business only",
      root: "AVAILABLE",
      entities: [
        entity("WABA", "AVAILABLE", code: 131_000), entity("BUSINESS", "AVAILABLE", code: 131_000),
      ],
      severity: .warning,
      code: 131_000
    ),
    Self(
      name: "a code that nobody has explained",
      root: "BLOCKED",
      entities: [entity(nil, nil, code: 141_011)],
      severity: .critical,
      code: 141_011
    ),
    Self(
      name: "a code in the words alone",
      root: "BLOCKED",
      entities: [entity(nil, nil, words: "(#141006) Paiement requis")],
      severity: .critical,
      code: 141_006
    ),
    Self(
      name: "calls only",
      root: "AVAILABLE",
      entities: [entity("PHONE_NUMBER", "AVAILABLE"), entity("APP", nil, code: 138_025)],
      severity: .ok,
      code: nil
    ),
  ]
}

@Suite struct CarriedCodeTests {
  @Test(arguments: CarriedCodeCase.all)
  func `an error counts on any entity`(row: CarriedCodeCase) {
    let report = HealthReport(root: row.root.map { AsSent($0) }, entities: row.entities)
    let assessment = Assessment(of: report)
    #expect(assessment.severity == row.severity)
    #expect(assessment.causes.first?.code == row.code.map(EntityError.Code.number))
    #expect(assessment.causes.first?.severity ?? .ok == row.severity)
    // What is carried moves the severity, never the verdict.
    #expect(assessment.verdict == Verdict(of: report))
    let bearers = assessment.causes.filter { $0.code == .number(131_000) }
    #expect(bearers.allSatisfy { $0.kind == .entity(.business) })
  }
}

/// What a sentence about the webhook says, for there is no code to go by.
struct WebhookWordsTests {
  @Test(arguments: [
    ("Your app is not subscribed to the message webhook. You will not receive any messages.", true),
    ("The app is NOT SUBSCRIBED to the messages webhook", true),
    ("No app is subscribed to the webhook.", true),
    ("The app was unsubscribed from the webhook.", true),
    ("Your app is subscribed to the message webhook.", false),
    ("Since today the app is subscribed to messages.", false),
    ("The app is not subscribed to the calls webhook.", false),
    ("Subscribe to the webhook to receive calls.", false),
  ])
  func `only known negative forms are a fault`(words: String, isFault: Bool) {
    let app = { (info: [String], errors: [EntityError]) in
      HealthReport(
        root: AsSent("AVAILABLE"),
        entities: [
          HealthEntity(
            type: AsSent("APP"),
            id: "1",
            canSendMessage: AsSent("AVAILABLE"),
            additionalInfo: info,
            errors: errors
          )
        ]
      )
    }
    let error = EntityError(code: .number(139_000), description: words, solution: nil)
    for report in [app([words], []), app([], [error])] {
      #expect(Assessment(of: report).causes.map(\.kind) == (isFault ? [.webhook] : []))
    }
  }
}
