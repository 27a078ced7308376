import Canvas
import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct AccountsTests {
  // MARK: What is shown

  @Test func `the worst first: rejected, unreachable, throttled, slow, fine`() {
    #expect(
      Self.lines(Self.troubled.state) == [
        "india: key rejected", "partner: unreachable", "shops: throttled", "acme: slow answers",
        "direct: answers",
      ]
    )
  }

  @Test func `an account that was throttled is fine once its pause is over`() {
    var stage = Self.troubled
    stage.state.letTimePass(to: .sample + .seconds(60))
    stage.state = stage.state.after(.show(.list), .show(.accounts))
    #expect(!Self.lines(stage.state).contains("shops: throttled"))
  }

  @Test func `a pause is shown though nothing was refused`() {
    var condition = Self.condition(.samples[2])
    condition.budget.sum.throttledUntil = .sample + .seconds(600)
    condition.nextPoll = .sample + .seconds(600)
    let stage = Self.stage([condition])
    #expect(Self.lines(stage.state) == ["shops: throttled"])
    let pane = Self.text(stage.draw(160, 50))
    #expect(pane.contains("Throttled  paused for 10m"))
  }

  @Test func `receivers of alerts are shown with what waits for them`() {
    var stage = Self.troubled
    stage.state.shell.receivers = [
      ReceiverLine(
        title: "ops (http://am1:9093)",
        failure: "answered 503",
        lastSent: Moment.sample.date.addingTimeInterval(-125),
        waiting: 3,
        dead: 1,
        dropped: 0
      ),
      ReceiverLine(
        title: "pager (page)",
        failure: nil,
        lastSent: nil,
        waiting: 0,
        dead: 0,
        dropped: 0
      ),
    ]
    let pane = Self.text(stage.draw(160, 50))
    #expect(pane.contains("Alerts     ops (http://am1:9093): answered 503 · last sent"))
    #expect(pane.contains("3 waiting"))
    #expect(pane.contains("pager (page): nothing to tell yet"))
  }

  @Test func `figures beyond all bounds are drawn`() {
    var budget = RequestBudgetCondition()
    budget.perMinute = 1e300
    (budget.used, budget.left, budget.moment) = (.max, .max, .sample)
    var condition = Self.condition(.samples[2])
    condition.budget = AccountBudget(
      of: (0..<3).map {
        CredentialCondition(name: "channel/\($0)", isRejected: false, budget: budget)
      },
      at: .sample
    )
    condition.effectiveRefresh = .seconds(180)
    condition.refreshLimit = RefreshLimit(
      requestsPerRound: 180,
      requestsPerMinute: .infinity,
      origin: .provider
    )
    #expect(Self.text(Self.stage([condition]).draw(160, 50)).contains("channel/2"))
  }

  @Test func `some rejected keys of several are not the whole account's`() throws {
    var condition = Self.condition(.samples[2])
    let budget = RequestBudgetCondition()
    condition.budget = AccountBudget(
      of: (0..<40).map {
        CredentialCondition(name: "channel/\($0)", isRejected: $0 == 33, budget: budget)
      },
      at: .sample
    )
    let stage = Self.stage([condition])
    #expect(Self.lines(stage.state) == ["shops: 1 of 40 keys rejected"])
    let pane = Self.text(stage.draw(160, 50))
    #expect(pane.contains("40 · 1 rejected"))
    #expect(pane.contains("channel/33 · rejected"))
  }

  @Test func `the pane has the last error in full, its fix and who acts`() {
    let pane = Self.text(Self.troubled.draw(160, 50))
    #expect(pane.contains("Fix: Replace the key in the configuration"))
    #expect(pane.contains("Who acts: you"))
    #expect(pane.contains("HTTP 401, code 190"))
    #expect(pane.contains("Session has expired"))
  }

  @Test func `a longer interval says what it comes from`() {
    var condition = Self.condition(.samples[0])
    condition.effectiveRefresh = .seconds(180)
    condition.refreshLimit = RefreshLimit(
      requestsPerRound: 180,
      requestsPerMinute: 60,
      origin: .configuration
    )
    let stage = Self.stage([condition])
    #expect(Self.lines(stage.state) == ["direct: slowed by budget"])
    let text = Self.text(stage.draw(160, 50))
    #expect(text.contains("30s→3m00s"))
    #expect(text.contains("a round takes 180"))
    #expect(text.contains("60 a minute are allowed"))
  }

  @Test func `what was used is forgotten with time, and the budget fills again`() {
    let budget = Self.condition(.samples[0]).budget.sum
    #expect(budget.used(at: .sample) == 41)
    #expect(budget.left(at: .sample) == 19)
    #expect(budget.used(at: .sample + .seconds(60)) == 0)
    #expect(budget.left(at: .sample + .seconds(10)) == 29)
    #expect(budget.left(at: .sample + .seconds(600)) == 60)
  }

  @Test func `token and webhook are those of the account's own numbers`() {
    var stage = Self.troubled
    let waba = EntityReference(type: .waba, id: "7")
    stage.receive(
      FleetUpdate(
        readings: [CausesTests.reading("1", on: .samples[0])],
        entities: [
          EntityFacts(
            reference: waba,
            name: nil,
            conditions: [
              EntityCondition(.token, sentence: "The token expires in 3 d.", severity: .warning),
              EntityCondition(.webhook, sentence: "Subscribed: Acme.", severity: .ok),
            ]
          )
        ]
      )
    )
    let direct = Self.text(stage.choosing("direct").draw(160, 50))
    #expect(direct.contains("The token expires in 3 d."))
    #expect(direct.contains("Subscribed: Acme."))
    #expect(!Self.text(stage.choosing("acme").draw(160, 50)).contains("The token expires"))
  }

  // MARK: Moving and acting

  @Test func `the cursor stays on its account while others move`() {
    var stage = Self.troubled.choosing("acme")
    stage.receive(FleetUpdate(accounts: [Self.condition(.samples[3])]))
    #expect(stage.state.selectedAccount?.name == "acme")
  }

  @Test func `n goes from trouble to trouble and round`() {
    let names = (1...4).map { count in
      (0..<count).reduce(Self.troubled) { stage, _ in stage.after(.nextProblem) }
        .state.selectedAccount?.name
    }
    #expect(names == ["partner", "shops", "acme", "india"])
  }

  @Test func `Enter shows the numbers of the account alone, whatever its name`() {
    let account = Account.sample("a \"b\\ OR c", provider: "kapso")
    let (own, other) = (PhoneNumber.sample("1", on: account), PhoneNumber.sample("2"))
    let conditions = [Self.condition(account), Self.condition(.samples[0])]
    let update = FleetUpdate(
      readings: [own, other].map { .sample($0, .success(.sample("1", number: "+1 555 0100"))) }
    )
    var stage = Self.stage(conditions)
    stage.receive(update)
    let state = stage.choosing(account.name).after(.open).state
    #expect(state.route == .list)
    #expect((0..<state.list.rows.count).map { state.record(at: $0).id } == [own.id])
  }

  @Test func `Esc goes back to the accounts, with the filter that was there before`() {
    let stage = Stage.incident.after(.filter("provider:kapso"), .show(.accounts))
    let opened = stage.after(.open)
    #expect(opened.state.route == .list)
    let back = opened.after(.back)
    #expect(back.state.route == .accounts)
    #expect(back.state.filtering.filter == stage.state.filtering.filter)
    #expect(back.state.selectedAccount?.name == stage.state.selectedAccount?.name)
    // A filter that was chosen there is kept.
    let other = opened.after(.filter("provider:meta"), .back)
    #expect(other.state.filtering.filter.text == "provider:meta")
  }

  @Test func `the filter leaves the accounts that have such numbers, and says so`() {
    let stage = Stage.incident.after(.filter("provider:kapso"), .show(.accounts))
    #expect(stage.state.accounts.names == ["acme"])
    #expect(Self.text(stage.draw(80, 24)).contains("1 of 5 accounts"))
  }

  @Test func `r polls all of the account, even where no number of it is known`() {
    var state = Self.stage([Self.condition(.samples[1])]).state
    let placeholder = PhoneNumber(account: "acme", provider: "kapso", target: nil)
    #expect(state.perform(.pollSelected) == [.poll([placeholder.id])])
  }

  @Test func `the ticket tells what is wrong, since when, the fix and the last error`() {
    let ticket = Self.troubled.state.room.remedyToCopy(in: Self.troubled.state)?.text ?? ""
    #expect(ticket.hasPrefix("key rejected: account india (kaleyra), since 2026-11-21"))
    #expect(ticket.contains("Fix: Replace the key"))
    #expect(ticket.contains("code 190"))
  }

  @Test func `events of the account, its tree of trouble and its name`() {
    let state = Self.troubled.state
    #expect(state.room.eventSubject(in: state) == .account("india"))
    #expect(state.room.identifierToCopy(in: state)?.text == "india")
    #expect(state.after(.invertTree).route == .inversion(.account("india", .keyRejected)))
  }

  // MARK: As it looks

  @Test func `rejected, unreachable, throttled and slow accounts`() {
    expectScreen(Self.troubled.draw(80, 24), "accounts-80x24")
    expectScreen(Self.troubled.choosing("shops").draw(160, 50), "accounts-160x50")
  }

  @Test func `the same in ASCII on a small screen`() {
    expectScreen(Self.troubled.draw(60, 12, .ascii), "accounts-ascii-60x12")
  }

  @Test(arguments: [0, 1, 40], [(80, 24), (160, 50), (60, 12), (40, 8)])
  func `any number of accounts fits`(count: Int, size: (width: Int, height: Int)) {
    let hostile = "\u{1B}[31m" + String(repeating: "漢字", count: 250)
    let conditions = (0..<count).map { index in
      Self.condition(.sample(index == 0 ? hostile : "account\(index)", provider: "kapso"))
    }
    let stage = Self.stage(conditions).after(.move(.bottom))
    for marks in [Marks.unicode, .ascii] {
      let text = Self.text(stage.draw(size.width, size.height, marks))
      #expect(!text.contains("\u{1B}"))
      if count == 0 { #expect(text.contains("no accounts") || size.height <= 8) }
      if count == 40 { #expect(text.contains("account39")) }
    }
  }
}

extension AccountsTests {
  static func lines(_ state: ScreenState) -> [String] {
    (0..<state.accountCount).compactMap { row in
      state.accountLine(row: row).map { "\($0.name): \($0.standing.phrase)" }
    }
  }

  static func text(_ canvas: Canvas) -> String { canvas.lines.joined(separator: "\n") }

  static func stage(_ conditions: [AccountCondition]) -> Stage {
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(accounts: conditions), at: .sample)
    return Stage(state).after(.show(.accounts))
  }

  /// One that answers: 41 of 60 requests a minute are used.
  static func condition(_ account: Account, latency: Int = 180) -> AccountCondition {
    var condition = AccountCondition.sample(account, nextPoll: .sample + .seconds(18))
    condition.lastSuccess = .sample(ago: .seconds(2))
    condition.list.lastRead = .sample(ago: .seconds(240))
    condition.latency = AnswerLatency(
      median: .milliseconds(latency),
      worst: .milliseconds(latency * 3),
      count: 64
    )
    condition.budget = AccountBudget(
      of: [CredentialCondition(name: "", isRejected: false, budget: budget)],
      at: .sample
    )
    return condition
  }

  private static var budget: RequestBudgetCondition {
    var budget = RequestBudgetCondition()
    budget.perMinute = 60
    budget.origin = .configuration
    (budget.used, budget.left, budget.moment) = (41, 19, .sample)
    return budget
  }

  /// An account of each kind of trouble.
  static var troubled: Stage {
    var rejected = failing(
      .samples[3],
      ProviderError(
        .credentialRejected,
        "Kaleyra refused the key of account india (190): \"Session has expired\".",
        httpStatus: 401,
        code: .init("190")
      )
    )
    rejected.lastSuccess = .sample(ago: .seconds(740))
    let unreachable = failing(
      .samples[4],
      ProviderError(.unreachable, "graph.example did not answer: connection refused.")
    )
    var throttled = condition(.samples[2])
    var budget = budget
    budget.left = 0
    budget.throttledUntil = .sample + .seconds(40)
    budget.throttledInARow = 3
    budget.lastThrottled = .sample(ago: .seconds(20))
    throttled.budget = AccountBudget(
      of: ["support", "sales", "billing"].map { name in
        CredentialCondition(
          name: "channel/\(name)",
          isRejected: false,
          budget: name == "support" ? budget : Self.budget
        )
      },
      at: .sample
    )
    let slow = condition(.samples[1], latency: 2_400)
    return stage([condition(.samples[0]), slow, throttled, rejected, unreachable])
  }

  private static func failing(_ account: Account, _ error: ProviderError) -> AccountCondition {
    let since = Moment.sample(ago: .seconds(734))
    var condition = condition(account)
    condition.failure = error
    condition.failingSince = since
    condition.lastError = PollError(error, at: since, of: "number/1065403522401")
    return condition
  }
}

extension Stage {
  /// With the cursor on an account.
  fileprivate func choosing(_ name: String) -> Stage {
    let row = state.accounts.names.firstIndex(of: name) ?? 0
    return after(.move(.top)).after(Array(repeating: .move(.down), count: row))
  }

  private func after(_ commands: [Command]) -> Stage {
    commands.reduce(self) { $0.after($1) }
  }
}
