import Health
import Screens
import Testing

@testable import App
@testable import Reports

/// What people who run fleets really met, and other cases of the same kind.
struct FieldCaseTests {
  /// All numbers of a case, which has one.
  private func only(_ field: FieldCase) async throws -> CheckedNumber {
    let numbers = await field.check().numbers
    #expect(numbers.count == 1)
    return try #require(numbers.first)
  }

  // MARK: u04

  @Test(arguments: [
    ("", "", KnowledgeTopic.notRegistered, WhoActs.you),
    (
      #"platform_type": "NOT_APPLICABLE"#, #"platform_type": "not_applicable"#, .notRegistered, .you
    ),
    (#"platform_type": "NOT_APPLICABLE"#, #"platform_type": "CLOUD_API"#, .inReview, .meta),
    (#"status": "PENDING"#, #"status": "UNVERIFIED"#, .notRegistered, .you),
    (#""VERIFIED""#, #""NOT_VERIFIED""#, .codeNotEntered, .you),
  ])
  func `PENDING has as many remedies as there are people to wait for`(
    word: String,
    other: String,
    topic: KnowledgeTopic,
    actor: WhoActs
  ) async throws {
    let field = try FieldCase.named("u04")
    let number = try await only(word.isEmpty ? field : field.replacing(word, with: other))
    #expect(number.severity == .warning)
    let headline = try #require(number.causes.first)
    #expect(headline.kind == .status)
    #expect(headline.topic == topic)
    #expect(headline.whoActs == actor)
  }

  /// The words of the JSON say what helps, for those who read no other view.
  @Test(arguments: [
    ("MIGRATED", "Moved to another WABA, retire this row: status is MIGRATED.", WhoActs.you),
    ("FLAGGED", "Low quality, but it still sends: status is FLAGGED.", .you),
    ("RESTRICTED", "Restricted, Meta's notice says why: status is RESTRICTED.", .you),
    ("PENDING", "Not registered: status is PENDING.", .you),
  ])
  func `a status says in check what its word leaves open`(
    status: String,
    words: String,
    actor: WhoActs
  ) async throws {
    let field = try FieldCase.named("u04")
      .replacing(#""status": "PENDING""#, with: #""status": "\#(status)""#)
    let report = await field.check()
    let cause = try #require(report.numbers.first?.causes.first { $0.kind == .status })
    #expect(cause.text == words)
    #expect(cause.whoActs == actor)
    #expect(report.json.contains(#""text": "\#(words)""#))
    #expect(Knowledge.entry(for: cause) != nil)
  }

  @Test(arguments: [
    (#""whatsapp_business_manager_messaging_limit": "TIER_1K", "#, WhoActs.meta as WhoActs?),
    ("", .you),
  ])
  func `RESTRICTED ends by itself only where there is a limit to reach`(
    limit: String,
    actor: WhoActs?
  ) async throws {
    let field = try FieldCase.named("u04")
      .replacing(#""status": "PENDING""#, with: #"\#(limit)"status": "RESTRICTED""#)
    let cause = try await only(field).causes.first { $0.kind == .status }
    #expect(cause?.whoActs == actor)
    #expect(cause?.text.contains("replies pass") == !limit.isEmpty)
  }

  @Test(arguments: ["meta", "graph", "360dialog", "kaleyra"])
  func `the remedy is the same from every provider`(provider: String) async throws {
    let number = try await only(FieldCase.named("u04").from(provider))
    #expect(number.causes.first?.topic == .notRegistered)
    #expect(number.causes.first?.text == "Not registered: status is PENDING.")
    #expect(number.causes.first.flatMap(Knowledge.entry(for:))?.remedy.contains("egister") == true)
  }

  // MARK: u07

  @Test(
    arguments: ["meta", "graph", "360dialog", "kaleyra"],
    [
      #""APP""#, #""WABA""#, #""PHONE_NUMBER""#,
    ]
  )
  func `Meta's own words that nothing comes in are a signal, on any entity`(
    provider: String,
    type: String
  ) async throws {
    let field = try FieldCase.named("u07").from(provider).replacing(#""APP""#, with: type)
    let number = try await only(field)
    #expect(number.severity == .warning)
    #expect(number.verdict.word == .available)
    #expect(number.causes.map(\.kind) == [.webhook])
    #expect(number.causes.first?.text.hasPrefix("Your app is not subscribed") == true)
    #expect(number.causes.first?.whoActs == .you)
    #expect(number.causes.first?.id == "700000000000307")
  }

  // MARK: u12

  @Test(arguments: ["meta", "graph", "360dialog", "kaleyra"])
  func `an error without type or state is the headline of a blocked number`(
    provider: String
  ) async throws {
    let number = try await only(FieldCase.named("u12").from(provider))
    #expect(number.severity == .critical)
    #expect(number.causes.first?.code == .number(141_006))
    #expect(number.causes.first?.text == "Paiement requis pour ce compte")
    #expect(number.causes.first?.whoActs == .you)
    #expect(number.poll.outcome == .answeredPartly)
  }

  @Test func `an error beside the overall word counts as one in the list does`() async throws {
    let field = try FieldCase.named("u12")
      .replacing(#""entities": [{"errors": ["#, with: #""errors": ["#)
      .replacing(#"compte"}]}]}}"#, with: #"compte"}]}}"#)
    let number = try await only(field)
    #expect(number.severity == .critical)
    #expect(number.causes.first?.code == .number(141_006))
  }

  // MARK: u19

  @Test(arguments: [
    ("", "", Severity.critical), (#""DISABLED""#, #""ACTIVE""#, .warning),
    (#""REJECTED""#, #""APPROVED""#, .critical), (#""DISABLED""#, #""RESTRICTED""#, .warning),
  ])
  func `what a WABA says of itself is in check, whatever its health says`(
    word: String,
    other: String,
    severity: Severity
  ) async throws {
    let field = try FieldCase.named("u19")
    let report = await (word.isEmpty ? field : field.replacing(word, with: other)).check()
    let number = try #require(report.numbers.first)
    #expect(number.severity == severity)
    #expect(number.verdict.word == .available)
    #expect(number.causes.first?.kind == .entity(.waba))
    #expect(number.causes.first?.id == "700000000000322")
    #expect(report.json.contains(#""severity": "\#(severity.word)""#))
    #expect(report.json.contains(#""type": "WABA""#))
    #expect(report.text(width: 120, isASCII: true).contains("WABA 700000000000322"))
    #expect(report.nagios.contains("WABA 700000000000322"))
    #expect(report.exitStatus == (severity == .critical ? .critical : .warning))
  }

  @Test func `a WABA counts for a number whose answer names none`() async throws {
    let waba =
      #", {"entity_type": "WABA", "id": "700000000000322", "can_send_message": "AVAILABLE"}"#
    let number = try await only(FieldCase.named("u19").replacing(waba, with: ""))
    #expect(number.causes.first?.kind == .entity(.waba))
  }
}
