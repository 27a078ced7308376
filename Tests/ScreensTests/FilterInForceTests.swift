import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

/// What filters do in the list: while they are typed, as time passes, as readings arrive.
@Suite struct FilterInForceTests {
  private static func typing(_ text: String, in state: ScreenState = .sample) -> ScreenState {
    state.after(.startFilter, .editFilter(.insert(text)))
  }

  @Test func `while the text is wrong the last filter that was right stays in force`() {
    var state = Self.typing("status:b")
    #expect(state.list.rows.count == 9)
    state = state.after(.editFilter(.insert("x")))
    #expect(state.list.rows.count == 9)
    #expect(state.filtering.filter.text == "status:b")
    #expect(state.filtering.draft?.text == "status:bx")
    #expect(state.filtering.draft?.error?.range == 7..<9)
    state = state.after(.editFilter(.keep))
    #expect(state.isTypingFilter)
    #expect(state.after(.editFilter(.deleteBackward), .editFilter(.keep)).list.rows.count == 9)
    #expect(state.after(.editFilter(.drop)).list.rows.count == 60)
  }

  @Test(arguments: [
    ("acme uk", "\"acme\", and \"uk\""), ("Acme", "\"Acme\" (case-sensitive)"),
    ("", "every number"),
    ("!(a OR b)", "not (\"a\", or \"b\")"), ("s:b,l", "status blocked or limited"),
    ("provider:meta,k", "provider beginning with \"meta\" or \"k\""),
    ("waba!=1029", "not waba \"1029\""), ("name=~^a", "name matching ^a"),
    ("quality<=yellow", "quality at most YELLOW"), ("limit>=10K", "limit at least 10000"),
    ("limit<unlimited", "limit less than unlimited"), ("since<1h30m", "since less than 1h30m"),
    ("a (b OR @stale)", "\"a\", and (\"b\", or stale)"), ("s:o", "status stale or available"),
    ("@new", "turned worse less than 10m ago"),
  ])
  func `a filter is explained`(text: String, explanation: String) {
    #expect(Filter.sample(text).explanation == explanation)
  }

  @Test(arguments: [
    ("acme", "Acme Shop ACME", ["Acme"]), ("Acme", "acme Acme", ["Acme"]), ("!acme", "Acme", []),
    ("uk acme", "Acme UK", ["UK", "Acme"]), ("京", "Tyrell 東京", ["京"]), ("name:a", "Acme", []),
    ("(a OR b) !c", "cab", ["a", "b"]), ("\"e u\"", "Acme UK", ["e U"]), ("ß", "Straße", ["ß"]),
  ])
  func `words are shown where they stand`(text: String, shown: String, found: [String]) {
    let ranges = Filter.sample(text).ranges(in: shown)
    #expect(ranges.map { String(shown[$0]) } == found)
  }

  /// At `last` nothing has turned yet, at `first` something has; in milliseconds.
  @Test(arguments: [
    ("since<1h", last: 1_319_999, first: 1_320_000), ("since<=1h", 1_320_000, 1_320_001),
    ("since>2h15m !hooli", 60_000, 60_001), ("since>=2h15m !hooli", 59_999, 60_000),
    ("age<1m", 47_999, 48_000), ("age<=1m", 48_000, 48_001), ("!age>1m", 48_000, 48_001),
    ("hooli OR age>=1m", 47_999, 48_000), ("@new !tyrell", 349_999, 350_000),
  ])
  func `numbers come and go as time passes, at the moment itself`(
    text: String,
    last: Int,
    first: Int
  ) {
    // With so long an interval no reading turns old in between.
    let patient = Account.samples.map { account in
      AccountCondition(account: account, effectiveRefresh: .seconds(1_000_000))
    }
    var state = ScreenState.sample
    state.receive(FleetUpdate(accounts: patient), at: .sample)
    state.letTimePass(to: .sample + .milliseconds(1))
    state = Self.typing(text, in: state)
    let before = state.list.rows.count
    state.letTimePass(to: .sample + .milliseconds(last))
    #expect(state.list.rows.count == before)
    #expect(state.nextVisibleChange.map { $0 > state.now && $0 <= state.now + .seconds(2) } == true)
    state.letTimePass(to: .sample + .milliseconds(first))
    #expect(state.list.rows.count != before)
    let (filter, fleet, now) = (state.filtering.filter, state.fleet, state.now)
    #expect(state.list.rows.count == fleet.records.count { filter.passes($0, in: fleet, at: now) })
  }

  @Test func `a filter that doesn't look at the time needs no clock`() {
    #expect(Self.typing("acme s:b quality<green").list.rows.nextTurn == nil)
  }

  @Test func `a paused display stands still`() {
    var state = Self.typing("age<1m").after(.togglePause)
    state.letTimePass(to: .sample + .seconds(3600))
    #expect(state.list.rows.count == 53)
    state = state.after(.togglePause)
    #expect(state.list.rows.count == 0)
  }

  @Test(arguments: [
    "quality:red", "cause:quality", "age<5s", "outcome:timed_out", "template:rejected", "@new",
    "business:renamed", "code:141006 !quality:red", "!quality:green", "waba:renamed",
  ])
  func `what arrives lets numbers in and puts them out`(text: String) {
    var state = Self.typing(text)
    let number = PhoneNumber.sample("1065403522401")
    let waba = EntityReference(type: .waba, id: "180011220033")
    let business = EntityReference(type: .business, id: "556677889900")
    let report = HealthReport.sample(
      number.target ?? "",
      waba: .sample("WABA", waba.id, errors: [.samplePayment]),
      business: .sample("BUSINESS", business.id),
      quality: "RED"
    )
    let paused = TemplateList(waba: waba.id, templates: .success([.sample("x", "REJECTED")]))
    let updates = [
      FleetUpdate(readings: [.sample(number, .success(report), at: .sample + .seconds(1))]),
      FleetUpdate(templates: [paused]),
      FleetUpdate(entities: [
        EntityFacts(reference: waba, name: "Renamed"),
        EntityFacts(reference: business, name: "Renamed Group"),
      ]),
      FleetUpdate(readings: [
        .sample(.sample("1065403522402"), .failure(.sampleTimeout), at: .sample + .seconds(2))
      ]),
    ]
    for (second, update) in updates.enumerated() {
      state.receive(update, at: .sample + .seconds(second + 1))
      state.letTimePass(to: .sample + .seconds(second + 1))
      let (filter, fleet, now) = (state.filtering.filter, state.fleet, state.now)
      let places = fleet.records.indices
      let passing = places.filter { filter.passes(fleet.records[$0], in: fleet, at: now) }
      #expect(places.filter { state.list.rows.row(of: $0) != nil } == passing)
    }
  }

  /// Each text is typed letter by letter, then deleted again.
  @Test(arguments: [
    "acme OR wayne", "acme !shop", "a\"cme uk\"", "s:b,l name=~^a", "!(acme)", "Acme 1",
    "@stale OR 東", "name:acm uk", "s:b,l !shop", "q<=yellow hooli",
    "number:\"+44 7700\" acme",
    "quality<=yellow since<1d", "wayne 301", "\"a b\"", "e\\ u",
  ])
  func `typing letter by letter shows what the whole text shows`(text: String) {
    var state = ScreenState.sample.after(.startFilter)
    let edits =
      text.map { FilterEdit.insert(String($0)) }
      + Array(repeating: .deleteBackward, count: text.count)
    for edit in edits {
      _ = state.perform(.editFilter(edit))
      let (filter, fleet) = (state.filtering.filter, state.fleet)
      let passing = fleet.records.count { filter.passes($0, in: fleet, at: .sample) }
      #expect(state.list.rows.count == passing)
    }
    #expect(state.list.rows.count == 60)
  }

  @Test(arguments: [
    ("acm", "acme", true), ("acme", "acm", false), ("a", "a OR b", false), ("a", "a b", true),
    ("a", "!a", false), ("A", "Ab", true), ("A", "ab", false), ("a", "Ab", true),
    ("s:b", "s:b,l", false), ("", "x", true), ("", "s:b OR x", true), ("!a", "!ab", false),
    ("age<1h", "age<1h x", false), ("@new", "@new x", false), ("!a", "!a x", true),
    ("s:b", "s:bl", true), ("s:b,l", "s:l", true), ("s:b,l", "s:b x", true),
    ("s:b", "s=blocked", true),
    ("name:a", "name:ac", true), ("name:ac", "name:a", false), ("name:a", "name:ab,b", false),
    ("name:a,b", "name:ab,b", true), ("name:a", "label:ab", false), ("name=a", "name=ab", false),
    ("q<=red", "q<=red a", true), ("q<=red", "q<=yellow", false),
    ("a (b OR c)", "a (b OR c) d", true),
  ])
  func `only what can let nothing new in narrows`(former: String, new: String, narrows: Bool) {
    #expect(RowFilter(new).narrows(RowFilter(former)) == narrows)
  }

  @Test func `next goes from problem to problem, or where there is none from match to match`() {
    var state = Self.typing("acme").after(.editFilter(.keep), .nextProblem)
    #expect(state.list.selectedRow == 1)
    state = Self.typing("sirius").after(.editFilter(.keep), .nextProblem, .nextProblem)
    #expect(state.list.selectedRow == 2)
    #expect(state.after(.previousProblem).list.selectedRow == 1)
    #expect(state.shell.message == nil)
    #expect(ScreenState.sample.after(.toggleOnlyProblems).after(.nextProblem).list.selectedRow == 1)
  }
}
