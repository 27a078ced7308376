import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct ScreenTests {
  private static let sizes = [(80, 24), (120, 40), (160, 50), (60, 12), (40, 10)]

  @Test(arguments: sizes)
  func `an incident, worst first`(width: Int, height: Int) {
    expectScreen(Stage.incident.draw(width, height), "list-\(width)x\(height)")
  }

  @Test(arguments: sizes)
  func `the same in ASCII`(width: Int, height: Int) {
    expectScreen(Stage.incident.draw(width, height, .ascii), "list-ascii-\(width)x\(height)")
  }

  @Test(arguments: sizes)
  func `the tree of a blocked number, on the entity that blocks it`(width: Int, height: Int) {
    let stage = Stage.incident.after(.open, .move(.down))
    expectScreen(stage.draw(width, height), "tree-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (40, 10)])
  func `the tree in ASCII`(width: Int, height: Int) {
    let stage = Stage.incident.after(.open, .move(.down))
    expectScreen(stage.draw(width, height, .ascii), "tree-ascii-\(width)x\(height)")
  }

  @Test func `the tree under the root, with its own detail`() {
    expectScreen(Stage.incident.after(.open).draw(80, 24), "tree-root-80x24")
  }

  @Test func `a narrow and high screen has the detail under the tree`() {
    expectScreen(Stage.incident.after(.open, .move(.down)).draw(60, 30), "tree-60x30")
  }

  @Test func `everything unfolded`() {
    let stage = Stage.incident.after(.open, .toggleAllFolds)
    expectScreen(stage.draw(120, 40), "tree-unfolded-120x40")
  }

  @Test func `the detail alone, scrolled`() {
    let stage = Stage.incident.after(.open, .move(.down), .toggleZoom)
      .after(.scrollDetail(.down), .scrollDetail(.down))
    expectScreen(stage.draw(80, 24), "detail-80x24")
  }

  @Test func `every key is explained`() {
    expectScreen(Stage.incident.after(.help).draw(80, 60), "help-80x60")
  }

  @Test func `help scrolls where it is longer than the screen`() {
    expectScreen(Stage.incident.after(.open, .help).draw(80, 24, .ascii), "help-ascii-80x24")
  }

  @Test func `the sort menu lies over the list`() {
    let stage = Stage.incident.after(.openSortMenu, .move(.down))
    expectScreen(stage.draw(80, 24), "sort-80x24")
  }

  @Test func `every key and what is typed for it`() {
    expectScreen(Stage.incident.after(.help).draw(120, 60), "help-120x60")
  }

  @Test func `a command while it is typed, over marked rows`() {
    let stage = Stage.incident.after(.toggleMark, .toggleMark, .move(.up), .typeCommand("so"))
    expectScreen(stage.draw(80, 24), "command-80x24")
  }

  @Test func `marked rows are counted`() {
    let stage = Stage.incident.after(.toggleMark, .toggleMark, .move(.up))
    expectScreen(stage.draw(80, 24), "marked-80x24")
  }

  @Test func `the messages of this run`() {
    var stage = Stage.incident.after(.pollSelected, .copyIdentifier)
      .after(.runCommand("quti", CommandWords.meaning(of: "quti", in: Stage.incident.state)))
    stage = stage.after(.showMessages)
    expectScreen(stage.draw(80, 24), "messages-80x24")
  }

  @Test func `a raw answer, with long lines and hostile text`() {
    let body = #"""
      {"id":"1065403522131","verified_name":"Evil\u001b[31m \u202eShop 東京","health_status":
      {"can_send_message":"BLOCKED","entities":[{"entity_type":"WABA","id":"102938475610",
      "errors":[{"error_code":141006,"error_description":"There is an error with the payment method.",
      "possible_solution":"There was an error with your payment method. Please add a new payment method to the account."}]}]},
      "webhook":{"verify_token":"hunter2hunter2","url":"https://example.com/?access_token=abc123&x=1"}}
      """#
    var stage = Stage.incident
    let record = stage.state.fleet.records.first { $0.displayNumber == "+447700900131" }
    guard let latest = record?.latest else { return }
    let reading = Reading(
      number: latest.number,
      moment: .sample,
      result: latest.result,
      httpStatus: 200,
      raw: Array(body.utf8)
    )
    stage.receive(FleetUpdate(readings: [reading]))
    expectScreen(stage.after(.showRawAnswer).draw(80, 30), "raw-80x30")
    expectScreen(stage.after(.showRawAnswer).draw(40, 12, .ascii), "raw-ascii-40x12")
  }

  @Test func `nothing is known yet`() {
    expectScreen(Stage.noData.draw(80, 24), "no-data-80x24")
  }

  @Test func `the first sweep has only begun`() {
    expectScreen(Stage.awaiting(512).draw(80, 24), "awaiting-80x24")
  }

  @Test func `all fine is quiet`() {
    expectScreen(Stage.fine(40).draw(80, 24), "fine-80x24")
  }

  @Test func `no problems are left to show`() {
    expectScreen(Stage.fine(40).after(.toggleOnlyProblems).draw(80, 24), "fine-problems-80x24")
  }

  @Test func `old data is shown as old`() {
    expectScreen(Stage.stale.draw(80, 24), "stale-80x24")
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `names in many scripts keep the columns straight`(marks: Marks) {
    let name = marks.isASCII ? "scripts-ascii-120x40" : "scripts-120x40"
    expectScreen(Stage.numbers(28).after(.reverseSort).draw(120, 40, marks), name)
  }

  @Test func `of ten thousand numbers those in sight`() {
    let stage = Stage.numbers(10_000).after(.move(.bottom), .move(.pageUp))
    expectScreen(stage.draw(80, 24), "many-80x24")
  }

  @Test func `a filter while it is typed`() {
    let stage = Stage.incident.after(.startFilter, .editFilter(.insert("acme")))
    expectScreen(stage.draw(80, 24), "filter-80x24")
  }

  @Test func `a filter that nothing matches`() {
    let stage = Stage.incident.after(.startFilter, .editFilter(.insert("zzz")), .editFilter(.keep))
    expectScreen(stage.draw(80, 24), "no-match-80x24")
  }

  @Test func `only problems, paused, times in UTC, panned`() {
    let stage = Stage.incident
      .after(.toggleOnlyProblems, .togglePause, .cycleTimeFormat, .cycleTimeFormat, .right)
    expectScreen(stage.draw(80, 24), "paused-80x24")
  }

  @Test func `wide columns on a wide screen`() {
    expectScreen(Stage.incident.after(.toggleWideColumns).draw(160, 50), "wide-160x50")
  }

  @Test func `an account's budget that stretches the interval is said`() {
    var stage = Stage.fine(40)
    var condition = AccountCondition.sample(.samples[0], nextPoll: .sample + .seconds(18))
    condition.effectiveRefresh = .seconds(300)
    stage.receive(FleetUpdate(accounts: [condition]))
    #expect(stage.draw(100, 24).lines[1].hasSuffix("next 18s · every 5m00s by budget"))
  }

  @Test func `the clock can be off`() {
    let canvas = Stage.incident.draw(80, 24, chrome: Chrome(showsClock: false))
    #expect(canvas.lines[0] == " wabatop  [1]List  2 Tiles  3 Tree  4 Causes  5 Events")
    // What would tick beside it goes in steps, and never looks younger than it is.
    #expect(canvas.lines[1].hasSuffix("polled 15s ago · next 20s"))
  }

  @Test func `too small a screen is a line of counts`() {
    let canvas = Stage.incident.draw(39, 7)
    #expect(canvas.lines.filter { !$0.isEmpty } == ["✘10 ▲4 ●39 ?6 ◌1"])
  }

  @Test func `the terminal's title counts what is bad`() {
    #expect(Screen.title(Stage.incident.state, marks: .unicode) == "✘10 ▲4 wabatop")
    #expect(Screen.title(Stage.fine(3).state, marks: .unicode) == "wabatop")
  }
}
