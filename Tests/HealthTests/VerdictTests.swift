import Health
import Testing

/// Entities written as the procedure's table talks of them: `PHONE_NUMBER=AVAILABLE/BLOCKED` is type,
/// messaging and calling; an empty state was not sent.
private func entities(_ text: String) -> [HealthEntity] {
  text.split(separator: " ").map { word in
    let sides = word.split(separator: "=", omittingEmptySubsequences: false)
    let states = sides[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return HealthEntity(
      type: AsSent(String(sides[0])),
      id: "1",
      canSendMessage: states[0].isEmpty ? nil : AsSent(states[0]),
      canReceiveCallSIP: states.count > 1 ? AsSent(states[1]) : nil
    )
  }
}

private let fine = "PHONE_NUMBER=AVAILABLE WABA=AVAILABLE BUSINESS=AVAILABLE APP=AVAILABLE"

struct VerdictCase: CustomTestStringConvertible, Sendable {
  let entities: String
  let root: String?
  let word: Verdict.Word
  let note: String?

  init(_ entities: String, root: String?, _ word: Verdict.Word, _ note: String?) {
    self.entities = entities
    self.root = root
    self.word = word
    self.note = note
  }

  var testDescription: String { "\(entities) root \(root ?? "absent")" }
}

@Suite struct VerdictTests {
  @Test(arguments: [
    // computed none
    VerdictCase("", root: nil, .unknown, "no health data"),
    VerdictCase("", root: "MAYBE", .unknown, "no health data"),
    VerdictCase("WABA= APP=", root: nil, .unknown, "no health data"),
    VerdictCase("WABA=MAYBE", root: "PERHAPS", .unknown, "no health data"),
    VerdictCase("", root: "BLOCKED", .blocked, "provider gave no detail"),
    VerdictCase("", root: "AVAILABLE", .available, "provider gave no detail"),
    VerdictCase("APP=", root: "LIMITED", .limited, "provider gave no detail"),
    // root absent or unknown
    VerdictCase(fine, root: nil, .available, nil),
    VerdictCase("WABA=LIMITED APP=AVAILABLE", root: "MAYBE", .limited, nil),
    // equal
    VerdictCase(fine, root: "AVAILABLE", .available, nil),
    VerdictCase("WABA=BLOCKED APP=LIMITED", root: "BLOCKED", .blocked, nil),
    VerdictCase("BUSINESS=LIMITED APP=AVAILABLE", root: "LIMITED", .limited, nil),
    // computed worse than root
    VerdictCase("WABA=BLOCKED", root: "AVAILABLE", .blocked, "summary says AVAILABLE"),
    VerdictCase("WABA=BLOCKED APP=LIMITED", root: "LIMITED", .blocked, "summary says LIMITED"),
    // computed better: calling explains it, and nothing usual is missing
    VerdictCase(
      "PHONE_NUMBER=AVAILABLE/BLOCKED WABA=AVAILABLE BUSINESS=AVAILABLE APP=AVAILABLE/BLOCKED",
      root: "BLOCKED",
      .available,
      "summary also counts calling"
    ),
    VerdictCase(
      "MESSAGE_TEMPLATE=LIMITED/LIMITED WABA=AVAILABLE BUSINESS=AVAILABLE APP=AVAILABLE",
      root: "BLOCKED",
      .limited,
      "summary also counts calling"
    ),
    // computed better: a usual entity is missing, so calling need not be the reason
    VerdictCase(
      "PHONE_NUMBER=AVAILABLE/BLOCKED WABA=AVAILABLE APP=AVAILABLE",
      root: "BLOCKED",
      .blocked,
      "no listed entity explains it"
    ),
    VerdictCase(
      "WABA=AVAILABLE BUSINESS=AVAILABLE APP=AVAILABLE/BLOCKED",
      root: "BLOCKED",
      .blocked,
      "no listed entity explains it"
    ),
    // computed better: no calling fault at all
    VerdictCase(fine, root: "LIMITED", .limited, "no listed entity explains it"),
    // step 5
    VerdictCase("PHONE_NUMBER=AVAILABLE APP=", root: nil, .available, "1 entity not reported"),
    VerdictCase(
      "PHONE_NUMBER=AVAILABLE WABA=MAYBE APP=",
      root: "AVAILABLE",
      .available,
      "2 entities not reported"
    ),
    VerdictCase("PHONE_NUMBER=BLOCKED APP=", root: "BLOCKED", .blocked, nil),
    // words in any case, with blanks around them
    VerdictCase("PHONE_NUMBER=available WABA=Limited", root: "limited", .limited, nil),
    // an unknown type counts as any other
    VerdictCase("SIP=BLOCKED PHONE_NUMBER=AVAILABLE", root: "BLOCKED", .blocked, nil),
    // the same type twice: the worst wins
    VerdictCase("WABA=AVAILABLE WABA=BLOCKED", root: "BLOCKED", .blocked, nil),
  ])
  func `every row of the procedure decides as the table says`(row: VerdictCase) {
    let verdict = Verdict(entities: entities(row.entities), root: row.root.map(AsSent.init))
    #expect(verdict == Verdict(row.word, note: row.note))
  }

  private func entity(_ state: String, code: Int?, info: [String] = []) -> HealthEntity {
    HealthEntity(
      type: AsSent("WABA"),
      id: "1",
      canSendMessage: AsSent(state),
      additionalInfo: info,
      errors: code.map { [EntityError(code: .number($0), description: "…", solution: nil)] } ?? []
    )
  }

  @Test(arguments: [138_024, 138_025])
  func `a bad state whose only errors are about calling has no messaging reason`(code: Int) {
    let bare = Verdict(entities: [entity("LIMITED", code: code)], root: nil)
    #expect(bare == Verdict(.limited, note: "no messaging reason given"))
    let explained = Verdict(entities: [entity("LIMITED", code: code, info: ["Name."])], root: nil)
    #expect(explained == Verdict(.limited))
  }

  @Test func `a payment fault says that replies still work`() {
    let blocked = Verdict(entities: [entity("BLOCKED", code: 141_006)], root: AsSent("BLOCKED"))
    #expect(blocked == Verdict(.blocked, note: "replies within 24 h still work"))
    let fine = Verdict(entities: [entity("AVAILABLE", code: 141_006)], root: nil)
    #expect(fine.note == nil)
  }

  @Test(arguments: [
    ("healthy", Verdict.Word.available, nil),
    ("degraded", .available, "provider says degraded"),
    ("unhealthy", .available, "provider says unhealthy"),
    ("AVAILABLE", .available, nil),
    ("PERHAPS", .available, "provider says PERHAPS"),
  ])
  func `the provider's own word is named where it differs`(
    word: String,
    expected: Verdict.Word,
    note: String?
  ) {
    let report = HealthReport(
      providerVerdict: word,
      root: AsSent("AVAILABLE"),
      entities: entities(fine)
    )
    #expect(Verdict(of: report) == Verdict(expected, note: note))
  }

  @Test func `a root that was reconciled is not named twice`() {
    let report = HealthReport(
      providerVerdict: "AVAILABLE",
      root: AsSent("AVAILABLE"),
      entities: entities("WABA=BLOCKED")
    )
    #expect(Verdict(of: report).note == "summary says AVAILABLE")
  }
}
