import Health
import Screens
import TestSupport
import Testing

@testable import App

/// The dashboard as lines.
@MainActor
struct PlainTests {
  private let clock = ManualClock()
  private let model: ScreenModel
  private let acme = PhoneNumber.sample("106540352242922")
  private let globex = PhoneNumber.sample("106540352242923", label: "Globex \u{1B}[31mBilling\n")

  init() {
    model = ScreenModel(time: clock)
    model.receive(FleetUpdate(appeared: [acme, globex], accounts: [.sample(.samples[0])]))
  }

  private func read(_ number: PhoneNumber, _ result: Result<HealthReport, ProviderError>) {
    model.receive(FleetUpdate(readings: [.sample(number, result, at: clock.now)]))
  }

  private func readBoth() {
    read(acme, .success(.sample()))
    let report = HealthReport.sample(
      number: "+1 555 010-0142",
      name: "Globex",
      waba: Self.blockedWABA
    )
    read(globex, .success(report))
  }

  private static let blockedWABA = HealthEntity.sample(
    "WABA",
    "102938475610",
    "BLOCKED",
    errors: [.samplePayment]
  )

  @Test func `nothing is said before something is known`() {
    var journal = PlainJournal()
    #expect(journal.lines(of: model.state).isEmpty)
  }

  @Test func `a fault, a summary, and nothing twice`() {
    var journal = PlainJournal()
    readBoth()
    #expect(
      journal.lines(of: model.state) == [
        "2026-01-01 UTC",
        "00:00:00 BLOCKED +15550100142 Globex Billing, cause WABA 102938475610 (141006)",
        "00:00:00 SUMMARY 1 blocked, 0 limited, 1 available, 0 unknown, 0 stale",
      ]
    )
    #expect(journal.lines(of: model.state).isEmpty)
  }

  @Test func `what leaves the filter is told once more`() {
    var journal = PlainJournal()
    _ = model.perform(.filter("status:blocked"))
    readBoth()
    _ = journal.lines(of: model.state)
    read(globex, .success(.sample(number: "+1 555 010-0142", name: "Globex")))
    let lines = journal.lines(of: model.state)
    #expect(lines.first == "00:00:00 AVAILABLE +15550100142 Globex Billing, was BLOCKED")
    read(globex, .success(.sample(number: "+1 555 010-0142", name: "Globex", quality: "RED")))
    #expect(!journal.lines(of: model.state).contains { $0.contains("Globex") })
  }

  @Test func `a list holds nothing back, however it is asked for`() {
    readBoth()
    _ = model.perform(.filter("status:limited"))
    let answers = PlainAnswers(state: model.state)
    #expect(answers.list("blocked").last == "1 number")
    #expect(answers.list("PROBLEMS").last == "1 number")
    #expect(answers.list("All").last == "2 numbers")
    #expect(
      answers.list("blocked,limitd") == [
        "character 1: there is no state \"limitd\"; did you mean \"limited\"?"
      ]
    )
  }

  @Test func `a change says what it was before`() {
    var journal = PlainJournal()
    readBoth()
    _ = journal.lines(of: model.state)
    clock.advance(by: .seconds(12))
    read(acme, .success(.sample(waba: Self.blockedWABA)))
    read(globex, .success(.sample(number: "+1 555 010-0142", name: "Globex")))
    #expect(
      journal.lines(of: model.state) == [
        "00:00:12 BLOCKED +447700900131 Acme Orders UK, cause WABA 102938475610 (141006), "
          + "was AVAILABLE",
        "00:00:12 AVAILABLE +15550100142 Globex Billing, was BLOCKED",
      ]
    )
  }

  @Test func `numbers that go, accounts that fail and messages are lines too`() {
    var journal = PlainJournal()
    readBoth()
    _ = journal.lines(of: model.state)
    clock.advance(by: .seconds(86_400))
    model.receive(
      FleetUpdate(
        vanished: [globex.id],
        accounts: [.sample(.samples[0], failure: .sampleUnauthorized)]
      )
    )
    model.announce("configuration reloaded: -1 number")
    #expect(
      journal.lines(of: model.state) == [
        "2026-01-02 UTC",
        "00:00:00 GONE +15550100142 Globex Billing",
        "00:00:00 ACCOUNT account direct (meta): key rejected, HTTP 401",
        "00:00:00 SUMMARY 0 blocked, 0 limited, 1 available, 0 unknown, 0 stale",
        "00:00:00 MESSAGE configuration reloaded: -1 number",
      ]
    )
  }

  @Test func `a filter keeps other numbers' changes out`() {
    var journal = PlainJournal()
    _ = model.perform(.filter("acme"))
    readBoth()
    #expect(journal.lines(of: model.state).filter { $0.contains("BLOCKED") }.isEmpty)
  }

  @Test(
    arguments: [
      ("", PlainCommand.nothing), ("  ", .nothing), ("help", .help), ("LIST", .list("")),
      ("list blocked, limited", .list("blocked, limited")), ("show +4477", .show("+4477")),
      ("show", .mistake("show takes a number, as in: show +447700900131")), ("poll", .poll(nil)),
      ("poll Berlin shop", .poll("Berlin shop")), ("q", .quit), ("causes", .causes),
      ("causes now", .mistake("causes takes nothing behind it")),
      ("lits", .mistake("there is no command \"lits\"; did you mean \"list\"?")),
      ("frobnicate", .mistake("there is no command \"frobnicate\"; try help")),
    ]
  )
  func `commands are lines`(line: String, command: PlainCommand) {
    #expect(PlainCommand(line) == command)
  }

  @Test func `questions are answered in a line each`() {
    readBoth()
    let answers = PlainAnswers(state: model.state)
    let blocked =
      "BLOCKED +15550100142 Globex Billing, cause WABA 102938475610 (141006), for at least 0s"
    #expect(answers.list("") == [blocked, "1 number"])
    #expect(answers.list("blocked") == [blocked, "1 number"])
    #expect(answers.list("limited,unknown") == ["0 numbers"])
    #expect(answers.list("all").count == 3)
    #expect(answers.list("orders").last == "1 number")
    #expect(answers.list("staus:blocked").first?.hasPrefix("character 1: ") == true)
    #expect(answers.show("0142").contains { $0.contains("141006") })
    #expect(answers.show("nobody") == ["no number is called \"nobody\""])
    #expect(answers.show("+").first?.hasPrefix("2 numbers are called so") == true)
    #expect(answers.causes.count == 1)
    #expect(answers.causes.first?.contains("102938475610") == true)
    #expect(answers.accounts == ["account direct (meta): answers"])
  }

  @Test func `no line holds what could steer a terminal or end a line`() {
    var journal = PlainJournal()
    readBoth()
    let answers = PlainAnswers(state: model.state)
    let lines =
      journal.lines(of: model.state) + answers.list("all") + answers.show("0142") + answers.causes
    let controls = lines.joined().unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x7F }
    #expect(controls.isEmpty)
  }
}
