import Foundation
import Health
import Monitor
import Screens
import TestSupport
import Testing

@testable import App

/// The dashboard as lines.
@MainActor
struct PlainTests {
  private let clock = ManualClock()
  private let changes = ChangeLog()
  private let model: ScreenModel
  private let acme = PhoneNumber.sample("106540352242922")
  private let globex = PhoneNumber.sample("106540352242923", label: "Globex \u{1B}[31mBilling\n")

  init() async {
    let monitor = FleetMonitor(time: clock, consumers: [changes])
    model = ScreenModel(time: clock, monitor: monitor)
    await model.receive(FleetUpdate(appeared: [acme, globex], accounts: [.sample(.samples[0])]))
  }

  private func read(_ number: PhoneNumber, _ result: Result<HealthReport, ProviderError>) async {
    await model.receive(FleetUpdate(readings: [.sample(number, result, at: clock.now)]))
  }

  private func lines(_ journal: inout PlainJournal) -> [String] {
    journal.lines(of: changes.take(upTo: model.state.changeCount), in: model.state)
  }

  private func readBoth() async {
    await read(acme, .success(.sample()))
    let report = HealthReport.sample(
      number: "+1 555 010-0142",
      name: "Globex",
      waba: Self.blockedWABA
    )
    await read(globex, .success(report))
  }

  private static let blockedWABA = HealthEntity.sample(
    "WABA",
    "102938475610",
    "BLOCKED",
    errors: [.samplePayment]
  )

  @Test func `nothing is said before something is known`() {
    var journal = PlainJournal()
    #expect(lines(&journal).isEmpty)
  }

  @Test func `a fault, a summary, and nothing twice`() async {
    var journal = PlainJournal()
    await readBoth()
    #expect(
      lines(&journal) == [
        "2026-01-01 UTC",
        "00:00:00 BLOCKED +15550100142 Globex Billing, "
          + "cause payment failed (WABA 102938475610, 141006)",
        "00:00:00 SUMMARY 1 blocked, 0 limited, 1 available, 0 unknown, 0 stale",
      ]
    )
    #expect(lines(&journal).isEmpty)
  }

  @Test func `what leaves the filter is told once more`() async {
    var journal = PlainJournal()
    _ = model.perform(.filter("status:blocked"))
    await readBoth()
    _ = lines(&journal)
    await read(globex, .success(.sample(number: "+1 555 010-0142", name: "Globex")))
    let lines = self.lines(&journal)
    #expect(lines.first == "00:00:00 AVAILABLE +15550100142 Globex Billing, was BLOCKED")
    await read(globex, .success(.sample(number: "+1 555 010-0142", name: "Globex", quality: "RED")))
    #expect(!self.lines(&journal).contains { $0.contains("Globex") })
  }

  @Test func `a list holds nothing back, however it is asked for`() async {
    await readBoth()
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

  @Test func `a change says what it was before`() async {
    var journal = PlainJournal()
    await readBoth()
    _ = lines(&journal)
    clock.advance(by: .seconds(12))
    await read(acme, .success(.sample(waba: Self.blockedWABA)))
    await read(globex, .success(.sample(number: "+1 555 010-0142", name: "Globex")))
    #expect(
      lines(&journal) == [
        "00:00:12 BLOCKED +447700900131 Acme Orders UK, "
          + "cause payment failed (WABA 102938475610, 141006), was AVAILABLE",
        "00:00:12 AVAILABLE +15550100142 Globex Billing, was BLOCKED",
      ]
    )
  }

  @Test func `numbers that go, accounts that fail and messages are lines too`() async {
    var journal = PlainJournal()
    await readBoth()
    _ = lines(&journal)
    clock.advance(by: .seconds(86_400))
    await model.receive(
      FleetUpdate(
        vanished: [globex.id],
        accounts: [.sample(.samples[0], failure: .sampleUnauthorized)]
      )
    )
    model.announce("configuration reloaded: -1 number")
    #expect(
      lines(&journal) == [
        "2026-01-02 UTC",
        "00:00:00 ACCOUNT account direct (meta): key rejected, HTTP 401",
        "00:00:00 GONE +15550100142 Globex Billing",
        "00:00:00 STALE +447700900131 Acme Orders UK, cause no data, was AVAILABLE",
        "00:00:00 SUMMARY 0 blocked, 0 limited, 0 available, 0 unknown, 1 stale",
        "00:00:00 MESSAGE configuration reloaded: -1 number",
      ]
    )
  }

  @Test func `a filter keeps other numbers' changes out`() async {
    var journal = PlainJournal()
    _ = model.perform(.filter("acme"))
    await readBoth()
    #expect(lines(&journal).filter { $0.contains("BLOCKED") }.isEmpty)
  }

  @Test(
    arguments: [
      ("", PlainCommand.nothing), ("  ", .nothing), ("help", .help), ("LIST", .list("")),
      ("list blocked, limited", .list("blocked, limited")), ("show +4477", .show("+4477")),
      ("show", .mistake("show takes a number, as in: show +447700900131")), ("poll", .poll(nil)),
      ("poll Berlin shop", .poll("Berlin shop")), ("q", .quit), ("causes", .causes),
      ("causes now", .mistake("causes takes no argument")),
      ("lits", .mistake("there is no command \"lits\"; did you mean \"list\"?")),
      ("ack 0142 ticket 8841", .acknowledge("0142", comment: "ticket 8841")),
      ("unack WABA 102938475610", .takeBack("WABA 102938475610")),
      ("mute account=acme for mon 9:00", .mute("account=acme", until: "mon 9:00")),
      ("mute acme", .mute("acme", until: "2h")), ("unmute acme", .unmute("acme")),
      ("mute", .mistake("mute takes a filter, as in: mute account=acme")),
      ("frobnicate", .mistake("there is no command \"frobnicate\"; try help")),
    ]
  )
  func `commands are lines`(line: String, command: PlainCommand) {
    #expect(PlainCommand(line) == command)
  }

  @Test func `questions are answered in a line each`() async {
    await readBoth()
    let answers = PlainAnswers(state: model.state)
    let blocked =
      "BLOCKED +15550100142 Globex Billing, cause payment failed (WABA 102938475610, 141006), "
      + "for at least 0s"
    #expect(answers.list("") == [blocked, "1 number"])
    #expect(answers.list("blocked") == [blocked, "1 number"])
    #expect(answers.list("limited,unknown") == ["0 numbers"])
    #expect(answers.list("all").count == 3)
    #expect(answers.list("orders").last == "1 number")
    #expect(answers.list("staus:blocked").first?.hasPrefix("character 1: ") == true)
    #expect(answers.show("0142").contains { $0.contains("141006") })
    #expect(answers.show("nobody") == ["no number matches \"nobody\""])
    #expect(answers.show("+").first?.hasPrefix("2 numbers match") == true)
    #expect(answers.causes.count == 1)
    let cause = "critical payment failed (WABA 102938475610, 141006): "
    #expect(answers.causes.first?.hasPrefix(cause) == true)
    #expect(answers.accounts == ["account direct (meta): answers"])
  }

  @Test func `what is acknowledged and muted is printed, with its end`() async {
    var journal = PlainJournal()
    await readBoth()
    _ = lines(&journal)
    let id = model.state.fleet.records.first { $0.state == .blocked }?.id
    let date = model.state.now.date
    let note = Acknowledgement(
      id: "1",
      subject: .number(id ?? PhoneNumber.ID(account: "", target: nil)),
      author: "ann",
      comment: "ticket 8841",
      date: date,
      state: .blocked
    )
    let mute = Mute(id: "2", filter: "globex", author: "ann", date: date, until: date + 60)
    await model.monitor.adopt(OperatorNotes(acknowledgements: [note], mutes: [mute]))
    await model.monitor.adopt(
      OperatorNotes(),
      endings: ["1": Ending(date, why: "taken back by bob")]
    )
    await model.pull()
    let told = lines(&journal)
    #expect(
      told.map { $0.dropFirst(9) }.prefix(4) == [
        "ACKNOWLEDGED +15550100142 Globex Billing, by ann, \"ticket 8841\"",
        "MUTED globex, by ann",
        "NOT ACKNOWLEDGED +15550100142 Globex Billing, taken back by bob",
        "UNMUTED globex",
      ]
    )
  }

  @Test func `the advice for tmux begins with the whole command`() {
    let advice = UserInterface.tmuxAdvice(after: "Copied the ticket for +447700900131 Acme Orders.")
    #expect(advice.hasPrefix("tmux needs: set -g set-clipboard on ("))
    #expect(UserInterface.tmuxAdvice(after: nil) == "tmux needs: set -g set-clipboard on")
  }

  @Test func `no line holds what could steer a terminal or end a line`() async {
    var journal = PlainJournal()
    await readBoth()
    let answers = PlainAnswers(state: model.state)
    let told =
      lines(&journal) + answers.list("all") + answers.show("0142") + answers.causes
    let controls = told.joined().unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x7F }
    #expect(controls.isEmpty)
  }
}
