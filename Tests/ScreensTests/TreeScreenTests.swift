import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct TreeScreenTests {
  private static let opened = Stage.incident.after(.open)

  @Test func `a tree opens on the number, with all that is known of it beside it`() {
    let screen = Self.opened.screen()
    #expect(
      screen.tree.are(
        ">▾ ✘ PHONE_NUMBER +447700900131 Acme 1",
        "   ├▾✘ WABA 102938475610 Acme UK    ◂ cause",
        "   │ ├▸▲ MESSAGE_TEMPLATE (41)     1 PAUSED",
        "   │ └▸✘ PHONE_NUMBER (8)       all blocked",
        "   ├▾● BUSINESS 556677889900 Acme Group",
        "   │ └▸● WABA (1)                        ok",
        "   └ ● APP 5512340000"
      )
    )
    #expect(screen.shows("│ PHONE_NUMBER +447700900131", "│ why", "▾ 50 more lines · z"))
    #expect(screen.shows("✘ BLOCKED for 2h14m  Acme 1  meta · direct", "node 1 of 7 · 1 cause"))
  }

  @Test func `entities have their state's colour, and the cause is pointed at in it`() {
    let screen = Self.opened.screen()
    #expect(screen.role(of: "◂ cause") == .statusBlocked)
    #expect(screen.role(of: "1 PAUSED") == .textMuted)
    #expect(screen.role(of: "all blocked") == .textMuted)
    #expect(screen.role(of: "BUSINESS") == .treeType)
    #expect(screen.role(of: "├") == .treeLine)
    #expect(screen.role(of: "https://business.facebook.com/") == .accent)
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `a small screen has the tree alone, and the code where there is room`(marks: Marks) {
    let stage = Self.opened.after(.move(.down))
    let small = stage.screen(40, 10, marks)
    #expect(small.tree.hasRows(6))
    #expect(small.tree.selects("WABA 102938475610 Acme"))
    #expect(small.tree.selects("cause"))
    #expect(small.shows("1-6 of 7", "node 2 of 7"))
    let wider = stage.screen(60, 12, marks)
    #expect(wider.tree.hasRows(7))
    #expect(wider.tree.selects("Acme UK            141006"))
    #expect(wider.doesNotShow("can_send_message"))
  }

  @Test func `everything unfolded, a crowd up to its first few`() {
    let screen = Self.opened.after(.toggleAllFolds).screen(120, 40)
    #expect(screen.tree.hasRows(25))
    #expect(screen.shows(under: "MESSAGE_TEMPLATE (41)", "▲ winter_promo", "● notice_1 "))
    #expect(screen.shows(under: "notice_15", "└▸…", "└▾✘ PHONE_NUMBER (8)", "├ ✘ +447700900132"))
    #expect(screen.shows("33 more", "└ ● 180011220033", "20 numbers", "node 1 of 25"))
  }

  @Test(arguments: [(120, 40), (160, 50)])
  func `the detail stands beside the tree and scrolls alone`(width: Int, height: Int) {
    let screen = Self.opened.after(.move(.down)).screen(width, height)
    #expect(screen.tree.hasRows(7))
    #expect(screen.tree.selects("WABA 102938475610 Acme UK"))
    #expect(screen.shows("can_send_message", "blast radius", "9 numbers", "currency"))
    #expect(screen.role(of: "blast radius") == .textStrong)
  }

  @Test func `an entity is turned around to all that hangs on it`() {
    let stage = Stage.incident.after(.show(.causes), .invertTree)
    for (width, height) in [(120, 40), (160, 50)] {
      for marks in [Marks.unicode, .ascii] {
        let screen = stage.screen(width, height, marks)
        #expect(screen.tree.selects("WABA 102938475610 Acme UK"))
        #expect(screen.tree.hasRows(11))
        #expect(screen.shows("MESSAGE_TEMPLATE (41)", "+447700900139 Acme 9", "9 numbers"))
      }
    }
    let small = stage.screen(40, 10)
    #expect(small.header.hasPrefix(" Causes › WABA Acme UK 10…"))
    #expect(small.tree.hasRows(6))
    #expect(small.shows("1-6 of 11", "✘ BLOCKED for 2h14m"))
  }

  @Test func `of many numbers that hang on an entity the first few`() {
    let screen = Stage.numbers(10_000).after(.show(.causes), .open).screen()
    #expect(screen.header.contains("Causes › WABA 20000099"))
    #expect(screen.tree.selects("WABA 20000099                  ◂ cause"))
    #expect(screen.tree.hasRows(10))
    #expect(screen.tree.lines.last?.hasSuffix("42 more") == true)
    #expect(screen.shows("50 numbers · all blocked"))
    #expect(screen.role(of: "all blocked") == .textMuted)
  }

  @Test func `templates hang on their business accounts`() {
    let stage = Stage.incident.after(.show(.causes), .move(.bottom), .move(.up), .move(.up), .open)
    let screen = stage.screen()
    #expect(
      screen.tree.are(
        ">▾ ▲ MESSAGE_TEMPLATE PAUSED        ◂ cause",
        "   └▾▲ WABA 102938475610 Acme UK",
        "     └ ▲ winter_promo          en_GB PAUSED"
      )
    )
    #expect(screen.shows("▲ WARNING for ≥10s  TEMPLATE paused"))
  }

  @Test func `a business is turned around to its accounts, from a number's tree`() {
    let stage = Self.opened.after(.move(.bottom), .move(.up), .move(.up), .invertTree)
    let screen = stage.screen(120, 40)
    #expect(screen.header.contains("List › +447700900131 › BUSINESS Acme Group 5566…9900"))
    #expect(screen.shows("29 numbers · 9 blocked 20 ok"))
    #expect(
      screen.tree.begin(
        with: ">▾ ● BUSINESS 556677889900 Acme Group",
        "├▸✘ WABA 102938475610 Acme UK                       all blocked",
        "└▸● WABA 180011220033                                    all ok"
      )
    )
    #expect(screen.role(of: "all ok") == .textMuted)
  }
}
