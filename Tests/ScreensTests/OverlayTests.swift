import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct OverlayTests {
  @Test func `q closes what lies over the view, and quits where nothing does`() {
    for overlay in [Command.help, .showMessages, .openSortMenu, .showRawAnswer] {
      let open = Stage.incident.after(overlay).state
      #expect(KeyMap.answer(to: .character("q"), in: open) == .command(.back))
      #expect(open.after(.back).shell.overlay == nil)
      #expect(KeyMap.answer(to: .control("c"), in: open) == .command(.quit))
    }
    #expect(KeyMap.answer(to: .character("q"), in: Stage.incident.state) == .command(.quit))
  }

  @Test func `a letter sorts by a column`() {
    let menu = Stage.incident.after(.openSortMenu).state
    #expect(Set(ListColumn.sortable.map(\.letter)).count == ListColumn.sortable.count)
    #expect(ListColumn.sortable.allSatisfy { $0.letter.map { !"jkqS".contains($0) } ?? false })
    #expect(KeyMap.answer(to: .character("u"), in: menu) == .command(.sort(.quality)))
    let sorted = menu.after(.sort(.quality))
    #expect(sorted.list.sort.column == .quality)
    #expect(sorted.shell.overlay == nil)
  }

  @Test func `a word is searched in help, and its lines are gone through`() {
    var stage = Stage.incident.after(.help)
    func key(_ key: KeyEvent) {
      guard case .command(let command) = KeyMap.answer(to: key, in: stage.state) else {
        Issue.record("\(key) asks for nothing")
        return
      }
      _ = stage.state.perform(command)
      stage.layOut(60, 12)
    }
    for letter in "/copy" { key(.character(letter)) }
    #expect(stage.draw(60, 12).lines[10].hasPrefix(" /copy_  "))
    #expect(stage.draw(60, 12).lines[1].lowercased().contains("copy"))
    let first = stage.state.shell.overlay?.scroll
    key(.enter)
    key(.character("n"))
    #expect(stage.state.shell.overlay?.scroll != first)
    #expect(stage.draw(60, 12).lines[1].lowercased().contains("copy"))
    key(.character("N"))
    #expect(stage.state.shell.overlay?.scroll == first)
    key(.escape)
    #expect(stage.state.shell.search == nil)
    #expect(stage.state.shell.overlay != nil)
    for letter in "/zzz" { key(.character(letter)) }
    #expect(stage.draw(60, 12).lines[10].contains("nothing found"))
  }

  @Test func `help has the states first, then the keys, in two columns where there is room`() {
    let high = Stage.incident.after(.help).screen(80, 60)
    #expect(high.shows("States", "✘ BLK   can't send", "Moving", "Acting"))
    #expect(high.role(of: "✘ BLK") == .statusBlocked)
    #expect(high.role(of: "▲ LIM") == .statusLimited)
    let small = Stage.incident.after(.open, .help).screen(80, 24, .ascii)
    #expect(small.shows("X BLK   can't send: the provider says BLOCKED"))
    #expect(small.shows(under: "Moving                                  Acting", "Down j", "Up k"))
    #expect(small.shows("keys of this view", "1-20 of 85"))
    #expect(small.hasLine("Up Down scroll  / search  Esc q close"))
    // What a state means is wrapped, not cut.
    let narrow = Stage.incident.after(.help).draw(60, 24).lines
    #expect(!narrow.dropFirst(2).contains { $0.contains("…") }, "\(narrow)")
  }

  @Test func `the messages of this run, the latest first, mistakes in their colour`() {
    let mistake = CommandWords.meaning(of: "quti", in: Stage.incident.state)
    let screen = Stage.incident.after(.pollSelected, .copyIdentifier)
      .after(.runCommand("quti", mistake), .showMessages).screen()
    #expect(
      screen.shows(
        under: "5 Events",
        " 14:32:07 UTC  There is no command quti: did you mean quit?",
        " 14:32:07 UTC  Copied +447700900131.",
        " 14:32:07 UTC  Polling +447700900131."
      )
    )
    #expect(screen.role(of: "There is no command quti") == .error)
    #expect(screen.role(of: "Copied +447700900131.") == .text)
    #expect(screen.shows("messages of this run, the latest first"))
  }

  @Test func `a raw answer in ASCII, on a small screen`() {
    let screen = Stage.hostileAnswer.after(.showRawAnswer).screen(40, 12, .ascii)
    #expect(
      screen.shows(
        under: "14:32:07 UTC",
        " {",
        "   \"id\": \"1065403522131\",",
        #"   "verified_name": "Evil\u001b[31m"#,
        #"        \u202eShop ????","#
      )
    )
    #expect(screen.shows("raw answer of +447700900131  1-9 of 33"))
  }

  @Test func `a message goes with the next key`() {
    let copied = Stage.incident.after(.copyIdentifier)
    #expect(copied.state.shell.message != nil)
    #expect(copied.after(.help).state.shell.message == nil)
    #expect(copied.after(.move(.down)).state.shell.message == nil)
  }

  @Test func `a message that is too long says where the rest is`() {
    let message = Message("The account acme was refused by its provider", at: .sample)
    var canvas = Canvas(width: 41, height: 1)
    MessageView(message: message, marks: .unicode, text: message.text).draw(on: &canvas, width: 40)
    #expect(canvas.lines == [" The account acme was refused…  :messages"])
  }

  @Test func `the link of the remedy is copied alone, where there is one`() {
    var stage = Stage.incident
    let link = "https://business.facebook.com/billing_hub/accounts/details/?asset_id=102938475610"
    #expect(stage.state.perform(.copyLink) == [.copy(link)])
    var cause = Stage.incident.after(.show(.causes))
    #expect(cause.state.perform(.copyLink) == [.copy(link)])
    #expect(
      KeyMap.answer(to: .character("Y"), in: Stage.fine(3).state)
        == .disabled("there is no link here")
    )
  }

  @Test(arguments: KeyBinding.Place.allCases)
  func `the ticket is offered wherever it can be copied`(place: KeyBinding.Place) {
    #expect(Stage.at(place).draw(80, 24).lines[23].contains("y ticket"))
  }

  @Test func `a ticket of a cause names every account, and says when it may be older`() throws {
    let own = HealthEntity.sample("WABA", "77", "BLOCKED", errors: [.samplePayment])
    let readings = ["1", "2"].enumerated().map { index, id in
      let report = HealthReport.sample(id, number: PhoneNumber.sampleText(index), waba: own)
      let account = Account.samples[index]
      let number = PhoneNumber.sample(id, on: account)
      return Reading.sample(number, .success(report))
    }
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(readings: readings), at: .sample)
    state = state.after(.show(.causes))
    guard case .copy(let text)? = state.perform(.copyRemedy).first else {
      Issue.record("nothing was copied")
      return
    }
    let names = Account.samples.prefix(2).map { "\($0.name) (\($0.provider))" }
    #expect(text.contains("Accounts: \(names.joined(separator: ", "))"))
    #expect(text.hasPrefix("payment failed: WABA 77, 2 numbers, since at least "))
    #expect(state.shell.message?.text == "Copied the ticket for WABA 77.")
  }

  @Test func `a ticket of a number's own cause has the phone number instead of its id`() throws {
    let own = HealthEntity.sample("PHONE_NUMBER", "1065", "BLOCKED", errors: [.samplePayment])
    let report = HealthReport.sample("1065", number: PhoneNumber.sampleText(0), own: own)
    var state = ScreenState(now: .sample)
    let reading = Reading.sample(.sample("1065"), .success(report))
    state.receive(FleetUpdate(readings: [reading]), at: .sample)
    state = state.after(.show(.causes))
    guard case .copy(let text)? = state.perform(.copyRemedy).first else {
      Issue.record("nothing was copied")
      return
    }
    let record = try #require(state.fleet.records.first)
    let first = text.prefix { $0 != "\n" }
    #expect(first.contains(": \(record.title), 1 number"))
    #expect(!first.contains("1065"))
    #expect(state.shell.message?.text == "Copied the ticket for \(record.title).")
  }

  @Test func `a cause that is an account has the ticket of the accounts view`() throws {
    var state = Stage.incident.state.after(.show(.causes))
    for _ in 0..<state.causeCount {
      if case .account = state.selectedCause?.id { break }
      state = state.after(.move(.down))
    }
    guard case .account(let name, _)? = state.selectedCause?.id else {
      Issue.record("no account is selected")
      return
    }
    let ticket = try #require(state.accountLine(named: name)).ticket(at: state.now)
    #expect(state.perform(.copyRemedy) == [.copy(ticket.text)])
    #expect(ticket.text.contains("account \(name) ("))
    #expect(state.shell.message?.text == "Copied the ticket for account \(name).")
  }

  @Test func `a ticket of an account with several keys says how many are rejected`() throws {
    var condition = AccountCondition.sample(.samples[0])
    condition.budget.credentialCount = 9
    condition.budget.rejectedCount = 1
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(accounts: [condition]), at: .sample)
    let line = try #require(state.accountLine(named: Account.samples[0].name))
    let lines = line.ticket(at: .sample).text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("1 of 9 keys rejected: account ") == true)
  }
}
