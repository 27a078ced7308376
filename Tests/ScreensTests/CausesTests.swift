import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct CausesTests {
  /// A line each: group, hit of total, what it is.
  static func lines(_ state: ScreenState) -> [String] {
    (0..<state.causeLineCount).map { line in
      guard case .cause(let cause, _)? = state.causeLine(line) else { return "---" }
      let title = state.fleet.title(of: cause.id)
      return "\(cause.state.word.prefix(3)) \(cause.hit)/\(cause.total) \(title)"
    }
  }

  /// One number with as many faults as asked for.
  static func reading(
    _ target: String,
    waba: String = "7",
    isUnpaid: Bool = false,
    quality: String = "GREEN",
    status: String = "CONNECTED",
    on account: Account = .samples[0],
    at moment: Moment = .sample
  ) -> Reading {
    let entity = HealthEntity.sample(
      "WABA",
      waba,
      isUnpaid ? "BLOCKED" : "AVAILABLE",
      errors: isUnpaid ? [.samplePayment] : []
    )
    let report = HealthReport.sample(
      target,
      number: "+1 555 01\(target)",
      waba: entity,
      status: status,
      quality: quality
    )
    return .sample(.sample(target, on: account), .success(report), at: moment)
  }

  static func state(_ readings: [Reading], accounts: [AccountCondition] = []) -> ScreenState {
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(readings: readings, accounts: accounts), at: .sample)
    return state.after(.show(.causes))
  }

  @Test func `an account whose list is not whole is not one that without health data`() throws {
    let account = Account.samples[0]
    let sentence = "List incomplete: a page refers to itself (WABA 7's numbers, 1 read)."
    let state = Self.state([
      Self.reading("1", on: account),
      .sample(
        PhoneNumber(account: account.name, provider: account.provider, target: nil),
        .success(HealthReport(incomplete: sentence))
      ),
    ])
    let cause = try #require(state.causeReport(hits: 9))
    #expect(cause.cause.id == .account(account.name, .listIncomplete))
    #expect(cause.cause.hit == 1)
    #expect(cause.words == sentence)
    #expect(cause.advice.meaning?.contains("there may be more numbers than are shown") == true)
    #expect(cause.advice.meaning?.contains("no health data") == false)
  }

  @Test func `a number that is answered without health keeps its own words`() throws {
    let state = Self.state([.sample(.sample("1"), .success(HealthReport(incomplete: "Nothing.")))])
    let cause = try #require(state.causeReport(hits: 9))
    #expect(cause.advice.meaning?.contains("no health data") == true)
  }

  @Test func `the worst first, then by how many are hit, what is ours last`() {
    #expect(
      Self.lines(ScreenState.sample) == [
        "BLO 9/9 WABA 102938475610", "CRI 1/1 TOKEN: Token is invalid (190).", "---",
        "WAR 2/2 QUALITY: Quality is YELLOW.", "LIM 2/2 BUSINESS 778899001122",
        "WAR 1/41 TEMPLATE PAUSED", "---", "UNK 6/6 ACCOUNT india", "STA 1/30 ACCOUNT direct",
      ]
    )
  }

  @Test func `mending a cause leaves the numbers blocked that have another one as bad`() {
    var state = Self.state([
      Self.reading("1", isUnpaid: true), Self.reading("2", isUnpaid: true, status: "BANNED"),
      Self.reading("3", isUnpaid: true, quality: "RED"), Self.reading("4", quality: "RED"),
    ])
    let unpaid = state.causeReport(hits: 9)
    #expect(unpaid?.cause.id == .entity(EntityReference(type: .waba, id: "7")))
    #expect((unpaid?.prognosis?.before, unpaid?.prognosis?.after) == (3, 1))
    #expect(unpaid?.prognosis?.isLargest == true)
    #expect(unpaid?.hits.count == 3)
    state = state.after(.move(.down))
    // Without the ban the number would still not be paid for.
    #expect(state.causeReport(hits: 9)?.prognosis?.after == 3)
    #expect(state.causeReport(hits: 9)?.prognosis?.isLargest == false)
    state = state.after(.move(.down))
    // Of the two with a red quality one is blocked whatever its quality.
    #expect((state.selectedCause?.hit, state.selectedCause?.relieved) == (2, 1))
  }

  @Test func `a cause that is mended goes, and one that stays keeps its since`() {
    var state = Self.state([Self.reading("1", isUnpaid: true), Self.reading("2", isUnpaid: true)])
    let later = Moment.sample + .seconds(30)
    let better = Self.reading("1", at: later)
    state.receive(FleetUpdate(readings: [better]), at: later)
    #expect(Self.lines(state) == ["BLO 1/2 WABA 7"])
    #expect(state.selectedCause?.since == .sample)
    #expect(state.selectedCause?.sinceIsLowerBound == true)
    state.receive(FleetUpdate(readings: [Self.reading("2", at: later)]), at: later)
    #expect(state.causeCount == 0)
    #expect(state.emptyCauses == .noFault(of: 2))
  }

  @Test func `numbers that go away take their part of a cause with them`() {
    var state = Self.state([Self.reading("1", isUnpaid: true), Self.reading("2", isUnpaid: true)])
    let gone = PhoneNumber.sample("1").id
    state.receive(FleetUpdate(vanished: [gone]), at: .sample + .seconds(5))
    #expect(Self.lines(state) == ["BLO 1/1 WABA 7"])
    #expect(state.selectedCause?.since == .sample)
  }

  @Test func `the cursor stays on its cause while ranks move`() {
    var state = Self.state([
      Self.reading("1", waba: "7", isUnpaid: true), Self.reading("2", waba: "8", isUnpaid: true),
      Self.reading("3", waba: "8"), Self.reading("4", waba: "8"),
    ])
    .after(.move(.top))
    #expect(state.selectedCause?.id == .entity(EntityReference(type: .waba, id: "7")))
    let later = Moment.sample + .seconds(30)
    let worse = Self.reading("3", waba: "8", isUnpaid: true, at: later)
    state.receive(FleetUpdate(readings: [worse]), at: later)
    #expect(Self.lines(state) == ["BLO 2/3 WABA 8", "BLO 1/1 WABA 7"])
    #expect(state.causes.selectedRow == 1)
    #expect(state.selectedCause?.id == .entity(EntityReference(type: .waba, id: "7")))
  }

  @Test func `an account that fails is a cause at once, though its last answers still count`() {
    let failing = AccountCondition.sample(
      .samples[1],
      failure: .sampleUnauthorized,
      failingSince: .sample
    )
    let state = Self.state(
      [Self.reading("1", on: .samples[1]), Self.reading("2")],
      accounts: [.sample(.samples[0]), failing]
    )
    #expect(Self.lines(state) == ["UNK 0/1 ACCOUNT acme"])
  }

  static func unreachable(_ accounts: [Account]) -> [AccountCondition] {
    accounts.map { account in
      let error = ProviderError(account.name == "acme" ? .timedOut : .unreachable, "Nobody there.")
      return .sample(account, failure: error, failingSince: .sample)
    }
  }

  @Test func `all accounts of a provider are the provider, all of all are our line`() {
    let twins = [
      Account.sample("east", provider: "kapso"), .sample("west", provider: "kapso"), .samples[0],
    ]
    let readings = [
      Self.reading("1", on: twins[0]), Self.reading("2", on: twins[1]), Self.reading("3"),
    ]
    let fine = [AccountCondition.sample(twins[2])]
    let provider = Self.state(readings, accounts: Self.unreachable(Array(twins[..<2])) + fine)
    #expect(Self.lines(provider) == ["STA 0/2 PROVIDER kapso"])
    let offline = Self.state(readings, accounts: Self.unreachable(twins))
    let words = "STA 0/3 nothing can be reached: probably this machine's network"
    #expect(Self.lines(offline) == [words])
    // One account alone may be its provider's fault.
    let alone = Self.state([Self.reading("1")], accounts: Self.unreachable([.samples[0]]))
    #expect(Self.lines(alone) == ["STA 0/1 ACCOUNT direct"])
  }

  @Test func `one number opens its tree, many the tree of what they share, and Esc comes back`() {
    let state = ScreenState.sample.after(.show(.causes), .open)
    let waba = CauseID.entity(EntityReference(type: .waba, id: "102938475610"))
    #expect(state.shell.routes == [.causes, .inversion(waba)])
    #expect(state.tree.outline?.nodes.count == 11)
    #expect(state.after(.back).route == .causes)
    #expect(state.after(.invertTree).route == .causes)
    let token = ScreenState.sample.after(.show(.causes), .move(.down), .open)
    #expect(token.treeNumber?.target == "1065403522204")
  }

  @Test func `a number's tree turns round on the chosen entity, and back`() {
    let state = ScreenState.sample.after(.open, .move(.down), .invertTree)
    let waba = CauseID.entity(EntityReference(type: .waba, id: "102938475610"))
    #expect(state.inversionRoot == waba)
    #expect(state.invertedSummary == "all blocked")
    #expect(state.after(.invertTree).treeNumber == TreeTests.first)
  }

  @Test func `an inverted tree follows its numbers`() {
    var state = Self.state([Self.reading("1"), Self.reading("2", quality: "RED")])
      .after(.show(.list), .showTree, .move(.down), .move(.down), .invertTree)
    #expect(state.inversionRoot == .entity(EntityReference(type: .waba, id: "7")))
    #expect(state.tree.outline?.nodes.dropFirst().map(\.identifier) == ["+1555012", "+1555011"])
    let later = Moment.sample + .seconds(9)
    let worse = Self.reading("1", status: "BANNED", at: later)
    state.receive(FleetUpdate(readings: [worse]), at: later)
    #expect(state.tree.outline?.nodes.dropFirst().map(\.identifier) == ["+1555011", "+1555012"])
    #expect(state.tree.outline?.nodes[1].note == "STATUS")
    state.receive(FleetUpdate(vanished: [PhoneNumber.sample("2").id]), at: later)
    #expect(state.tree.outline?.nodes.count == 2)
  }

  @Test func `large crowds show the first few and say how many more`() {
    let state = ScreenState.sample(numbers: 10_000).after(.show(.causes), .open)
    #expect(state.tree.outline?.nodes.last?.note == "42 more")
    #expect(state.after(.move(.bottom), .open).tree.outline?.nodes.count == 51)
  }
}
