import Canvas
import Health
import TestSupport
import Testing

@testable import Screens

@Suite struct CausesScreenTests {
  private static let causes = Stage.incident.after(.show(.causes))

  @Test(arguments: [(80, 24), (120, 40), (160, 50), (40, 10)], [Marks.unicode, .ascii])
  func `what explains most numbers is first, blocking before limiting`(
    size: (Int, Int),
    marks: Marks
  ) {
    let screen = Self.causes.screen(size.0, size.1, marks)
    // Why comes first, unless it has a column of its own.
    let hasWhy = size.0 == 120
    let waba =
      hasWhy
      ? "WABA Acme UK" : size.0 < 80 ? "payment failed Acme UK" : "payment failed WABA Acme UK"
    let business = hasWhy ? "BUSINESS 778899001122" : "business unverified"
    #expect(screen.causes.selects(waba))
    #expect(screen.causes.begin(with: waba, "token invalid", "quality yellow", business))
    #expect(screen.shows("7 causes"))
    guard size.0 >= 80 else { return }
    #expect(screen.causes.hasRows(7))
    #expect(screen.shows("141006", "9/9", "Fix: Add a valid payment method", "Who acts: you"))
    #expect(screen.shows("2 blocking", "3 limiting", "2 of polling"))
  }

  @Test func `a wide screen has why in two words, and the provider's words`() {
    let screen = Self.causes.screen(120, 40)
    #expect(screen.shows("WHY", "payment failed · There is an error …", "Token is invalid (190)."))
    #expect(screen.shows("The provider: There is an error with the payment method."))
  }

  @Test func `causes have their state's colour, and their bars too`() {
    let screen = Self.causes.after(.move(.bottom)).screen()
    #expect(screen.role(of: "██████████ 9") == nil)
    let bars: [(String, Role)] = [
      ("payment failed", .historyBlocked), ("quality yellow", .historyLimited),
      ("ACCOUNT india", .historyUnknown), ("ACCOUNT direct", .historyStale),
    ]
    for (cause, role) in bars {
      let row = screen.line(of: cause) ?? 0
      let bar = screen.canvas.cells(row: row).first { $0.glyph.scalars.first == "█" }
      #expect(bar?.role == role, "\(cause) \(screen.testDescription)")
    }
  }

  @Test func `the cause under the cursor has the pane`() {
    let ours = Self.causes.after(.move(.bottom)).screen()
    #expect(ours.causes.selects("◌ ACCOUNT direct (meta) · timed out"))
    #expect(ours.shows("ACCOUNT direct · meta · timed out for 12s", "If fixed: 7 unknown → 6."))
    #expect(ours.shows("Last answer: No answer within 15 s."))
    #expect(ours.doesNotShow("Who acts"))
    let templates = Self.causes.after(.move(.bottom), .move(.up), .move(.up)).screen()
    #expect(
      templates.causes.selects("▲ TEMPLATE paused                    132015  templates  1/41")
    )
    #expect(templates.shows("TEMPLATE PAUSED for ≥10s", "Hits  winter_promo Acme UK"))
  }

  @Test func `all fine is quiet`() {
    let screen = Stage.fine(40).after(.show(.causes)).screen()
    #expect(screen.causes.are("all 40: no fault reported"))
    #expect(screen.shows("no causes"))
  }

  @Test func `old answers explain nothing for certain`() {
    let screen = Stage.stale.after(.show(.causes)).screen()
    #expect(screen.header.contains("DATA 4m12s OLD"))
    #expect(screen.causes.selects("◌ payment failed WABA Acme UK"))
    #expect(screen.causes.selected?.hasSuffix("old") == true)
    #expect(screen.causes.lines.count { $0.hasSuffix("old") } == 4)
    #expect(screen.causes.lines.count { $0.hasSuffix("ours") } == 2)
    #expect(screen.shows("not confirmed any more · a cause since 2h18m"))
    #expect(screen.doesNotShow("If fixed"))
  }

  @Test func `nobody can be reached: one cause`() {
    let screen = Stage.offline.after(.show(.causes)).screen()
    #expect(screen.causes.begin(with: "◌ nothing can be reached: probably this mac…", "TEMPLATE"))
    #expect(screen.causes.hasRows(2))
    #expect(screen.causes.selects("60/60  2m05s  ours"))
    #expect(screen.shows("Fix: Check this machine's network, DNS and proxy."))
    #expect(screen.shows("If fixed: 60 unknown → 0."))
  }

  @Test func `of ten thousand numbers the causes, and as many hit as there is room for`() {
    let screen = Stage.numbers(10_000).after(.show(.causes)).screen(120, 40)
    #expect(screen.causes.begin(with: "WABA 20000099", "WABA 20000199", "quality yellow"))
    #expect(screen.causes.hasRows(3))
    #expect(screen.shows("50/50", "142/142", "… 26 more"))
    #expect(screen.shows("If fixed: 100 blocked → 50. Largest single fix available."))
  }

  @Test func `a cause of each number is a row, with a name in any script`() {
    let screen = Stage.scripts.after(.show(.causes)).screen()
    #expect(screen.causes.hasRows(9))
    #expect(screen.causes.selects("name not approved +12005550100"))
    let wide = Stage.scripts.after(.show(.causes)).screen(160, 50)
    #expect(wide.causes.selects("name not approved +12005550100 Acme Orders 0"))
    #expect(wide.shows("+12005550104 Tyrell 東京 4", "+12005550107 مطعم دمشق 7"))
    #expect(screen.causes.lines.allSatisfy { $0.hasSuffix("0s  new") })
    #expect(screen.shows("14 causes · 14 limiting", "1-9 of 14", "If fixed: 14 limited → 13."))
  }
}
