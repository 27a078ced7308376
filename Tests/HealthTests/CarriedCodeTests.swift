import Health
import Testing

/// An error code counts whoever carries it.
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
    words: String = "Paiement requis pour ce compte"
  ) -> HealthEntity {
    let error = EntityError(code: code.map { .number($0) }, description: words, solution: nil)
    return HealthEntity(
      type: type.map { AsSent($0) },
      id: type,
      canSendMessage: state.map { AsSent($0) },
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
      severity: .ok,
      code: nil
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
  func `an error counts whoever carries it`(row: CarriedCodeCase) {
    let report = HealthReport(root: row.root.map { AsSent($0) }, entities: row.entities)
    let assessment = Assessment(of: report)
    #expect(assessment.severity == row.severity)
    #expect(assessment.causes.first?.code == row.code.map(EntityError.Code.number))
    #expect(assessment.causes.first?.severity ?? .ok == row.severity)
  }
}
