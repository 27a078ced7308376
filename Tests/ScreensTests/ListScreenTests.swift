import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct ListScreenTests {
  @Test(arguments: [Marks.unicode, .ascii])
  func `the worst is first, and on the smallest screen too`(marks: Marks) {
    let screen = Stage.incident.screen(40, 10, marks)
    #expect(screen.list.hasRows(5))
    #expect(screen.list.selects("+447700900131  payment f"))
    #expect(screen.list.lines.allSatisfy { $0.hasSuffix("2h14m") && $0.contains("BLK") })
    #expect(screen.shows("1-5 of 60"))
  }

  @Test func `a wide screen has why, quality and limit beside the cause`() {
    let screen = Stage.incident.screen(120, 40)
    #expect(screen.list.selects("Acme 1"))
    #expect(screen.shows("payment failed WABA Acme UK", "BUSINESS 7788…1122", "GREEN", "YELLOW"))
    #expect(screen.role(of: "YELLOW") == .statusLimited)
  }

  @Test func `wide columns come to a wide screen in place of the detail`() {
    let screen = Stage.incident.after(.toggleWideColumns).screen(160, 50)
    #expect(screen.shows("QUALITY", "LIMIT", "TMPLS", "WABA", "LATENCY"))
    #expect(screen.doesNotShow("│"))
    #expect(screen.list.hasRows(42))
    #expect(screen.shows("1-42 of 60"))
  }

  @Test func `rows have the colour of their state's mark, and healthy ones none`() {
    let screen = Stage.incident.screen(80, 60)
    for (row, state) in [
      ("✘ BLK", HealthState.blocked), ("✘ CRT", .critical), ("▲ LIM", .limited),
      ("▲ WRN", .warning), ("? UNK", .unknown), ("◌ OLD", .stale),
    ] {
      #expect(screen.role(of: row) == StateMark(state).role, "\(row) \(screen.testDescription)")
    }
    let fine = Stage.fine(3).after(.move(.down)).screen()
    #expect(fine.role(of: "OK  +12005550102") == .text)
  }

  @Test func `marked rows have a sign of their own, also under the cursor, and are counted`() {
    let screen = Stage.incident.after(.toggleMark, .toggleMark, .move(.up)).screen()
    #expect(
      screen.list.begin(
        with: "*✘ BLK +447700900131",
        ">✘ BLK*+447700900132",
        " ✘ BLK +447700900133"
      )
    )
    #expect(screen.role(of: "*") == .mark)
    #expect(screen.shows(" 2 marked · sort status, then cause · no filter"))
    #expect(screen.footer.contains("Esc back"))
  }

  @Test(arguments: [Command.show(.list), .show(.tiles), .show(.causes)])
  func `before anything is known the view says what it waits for`(view: Command) {
    let screen = Stage.noData.after(view).screen()
    #expect(screen.hasLine("asking the accounts for their numbers"))
    #expect(screen.hasLine("✘ 0  ▲ 0  ● 0  ? 0  ◌ 0   of 0"))
    #expect(screen.rows.lines.count <= 1)
    #expect(!screen.footer.contains("open"))
  }

  @Test func `numbers that were not asked yet are unknown, and the head counts those that were`() {
    let screen = Stage.awaiting(512).screen()
    #expect(screen.list.hasRows(18))
    #expect(screen.list.lines.allSatisfy { $0.contains("? UNK 100000") })
    #expect(screen.list.lines.allSatisfy { $0.hasSuffix("not polled yet            –") })
    #expect(screen.shows("? 512", "0 of 512 polled", "1-18 of 512"))
    #expect(screen.role(of: "0 of 512 polled") == .textMuted)
  }

  @Test func `no problems are left to show`() {
    let screen = Stage.fine(40).after(.toggleOnlyProblems).screen()
    #expect(screen.list.hasRows(0))
    #expect(screen.shows(under: "all 40: no fault reported", "! shows every number"))
    #expect(screen.role(of: "all 40") == .text)
    #expect(screen.shows("only problems"))
  }

  @Test func `a filter that nothing matches says so, and how it is cleared`() {
    let stage = Stage.incident.after(.startFilter, .editFilter(.insert("zzz")), .editFilter(.keep))
    let screen = stage.screen()
    #expect(screen.list.hasRows(0))
    #expect(screen.shows(under: "no number matches \"zzz\"", "Esc clears the filter"))
    #expect(screen.shows("0 of 60 shown", "sort status, then cause · filter \"zzz\""))
    #expect(screen.shows("payment failed WABA Acme UK 102938475610 BLOCKED → 9 numbers"))
  }

  @Test func `only problems, paused, times in UTC, panned`() {
    let screen = Stage.incident
      .after(.toggleOnlyProblems, .togglePause, .cycleTimeFormat, .cycleTimeFormat, .right).screen()
    #expect(screen.header.hasSuffix("PAUSED 0s   14:32:07 UTC"))
    #expect(screen.list.hasRows(16))
    #expect(
      screen.list.selects(
        "+447700900131  meta      payment failed Acme UK   GREEN   10K      12:18Z"
      )
    )
    #expect(screen.shows("YELLOW  10K      Nov 20", "only problems", "1-16 of 21 (60)"))
    #expect(screen.doesNotShow("Acme 1 ", "● OK"))
  }

  @Test func `of ten thousand numbers those in sight`() {
    let screen = Stage.numbers(10_000).after(.move(.bottom), .move(.pageUp)).screen()
    #expect(screen.list.hasRows(17))
    #expect(screen.list.lines.allSatisfy { $0.contains("● OK ") && $0.hasSuffix("≥10s") })
    #expect(screen.list.selected == screen.list.lines.first)
    #expect(screen.shows("9983-9999 of 10000", "✘ 100  ▲ 141  ● 9759  ? 0  ◌ 0   of 10000"))
    #expect(screen.role(of: "✘ 100") == nil)
    #expect(screen.role(of: "✘") == .statusBlocked)
  }

  @Test func `an account's budget that stretches the interval is said`() {
    var stage = Stage.fine(40)
    var condition = AccountCondition.sample(.samples[0], nextPoll: .sample + .seconds(18))
    condition.effectiveRefresh = .seconds(300)
    stage.receive(FleetUpdate(accounts: [condition]))
    #expect(stage.screen(100).shows("next 18s · every 5m00s by budget"))
  }

  @Test func `the clock can be off`() {
    let screen = Stage.incident.screen(chrome: Chrome(showsClock: false))
    #expect(screen.header == " wabatop  [1]List  2 Tiles  3 Tree  4 Causes  5 Events  6 Accounts")
    // What would tick beside it goes in steps, and never looks younger than it is.
    #expect(screen.lines[1].hasSuffix("polled 15s ago · next 20s"))
  }

  @Test func `too small a screen is a line of counts`() {
    let screen = Stage.incident.screen(39, 7)
    #expect(screen.lines.filter { !$0.isEmpty } == ["✘10 ▲4 ●39 ?6 ◌1"])
  }

  @Test func `the terminal's title counts what is bad`() {
    #expect(Screen.title(Stage.incident.state, marks: .unicode) == "✘10 ▲4 wabatop")
    #expect(Screen.title(Stage.fine(3).state, marks: .unicode) == "wabatop")
  }
}
