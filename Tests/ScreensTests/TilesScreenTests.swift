import Canvas
import Health
import TestSupport
import Testing

@testable import Screens

@Suite struct TilesScreenTests {
  private static let tiles = Stage.incident.after(.show(.tiles))

  @Test(arguments: [(80, 24), (120, 40), (160, 50)], [Marks.unicode, .ascii])
  func `what broke it, a tile for each problem, and a mark for each number`(
    size: (Int, Int),
    marks: Marks
  ) {
    let screen = Self.tiles.screen(size.0, size.1, marks)
    #expect(screen.shows("WHAT BROKE IT", "payment failed WABA Acme UK"))
    #expect(screen.shows("token invalid +447700900204", "quality yellow", "business unverified"))
    #expect(screen.shows("EVERY NUMBER", "meta", "360dialog", "one each"))
    let signs = HealthState.allCases.map { StateMark($0).sign(marks) }
    #expect(Set(signs).reduce(0) { $0 + screen.marks(Character($1)) } == 60)
    guard size.0 > 80 else { return }
    #expect(screen.shows("BLOCKED  10", "LIMITED  2", "AT RISK  2", "Acme 9", "Initech Paris"))
    #expect(screen.shows("JUST NOW", "you act"))
  }

  @Test(arguments: [(40, 10), (60, 12)], [Marks.unicode, .ascii])
  func `a small screen has the first causes and marks by provider`(
    size: (Int, Int),
    marks: Marks
  ) {
    let screen = Self.tiles.screen(size.0, size.1, marks)
    #expect(screen.shows("payment failed", "Acme UK", "token invalid"))
    #expect(screen.shows("meta ", "kapso ", "kaleyra "))
    #expect(screen.shows("Acme 1", "+447700900131"))
    #expect(screen.doesNotShow("JUST NOW"))
  }

  @Test func `a cause of the tiles, its bar and its numbers have one colour`() {
    let screen = Self.tiles.screen(120, 40)
    for (name, sign, state) in [
      ("payment failed WABA", "✘", HealthState.blocked), ("quality yellow", "▲", .warning),
      ("key rejected account india (kaleyra) ", "?", .unknown),
    ] {
      let row = screen.line(of: "\(sign) \(name)") ?? 0
      let cells = screen.canvas.cells(row: row)
      let mark = cells.first { $0.glyph.scalars == Array(sign.unicodeScalars) }
      let bar = cells.first { $0.glyph.scalars.first == "█" }
      #expect(mark?.role == StateMark(state).role, "\(name) \(screen.testDescription)")
      #expect(bar?.role == StateMark(state).history, "\(name) \(screen.testDescription)")
    }
  }

  @Test(arguments: [(160, 50), (120, 40), (80, 24), (60, 12), (40, 10)])
  func `every size says why before what, and no reason is cut`(width: Int, height: Int) {
    let screen = Self.tiles.screen(width, height)
    for why in ["payment failed", "token invalid"] {
      #expect(screen.shows(why))
    }
    #expect(screen.role(of: "payment failed") == .textStrong)
    #expect(screen.doesNotShow("payment f…", "payment fail…", "payment failed 1…"))
    // It would only repeat the reason.
    #expect(screen.doesNotShow("The account's payment failed"))
  }

  @Test func `the unknown numbers are named by their own account`() throws {
    var state = ScreenState(now: .sample)
    let (failing, other) = (Account.samples[0], Account.samples[1])
    let readings = [
      Reading.sample(.sample("1", on: failing), .success(.sample("1"))),
      Reading.sample(.sample("2", on: other), .failure(.sampleUnauthorized)),
    ]
    let accounts: [AccountCondition] = [
      .sample(failing, failure: .sampleUnauthorized), .sample(other),
    ]
    state.receive(FleetUpdate(readings: readings, accounts: accounts), at: .sample)
    let screen = Stage(state).after(.show(.tiles)).screen(160, 50)
    let row = try #require(screen.line(of: "? UNKNOWN"))
    let notes = screen.canvas.lines[(row + 1)...(row + 2)].joined()
    #expect(notes.contains(other.name) && !notes.contains(failing.name), "\(notes)")
  }

  @Test func `before anything is known a large screen has its figures, all nought`() {
    let screen = Stage.noData.after(.show(.tiles)).screen(160, 50)
    #expect(screen.shows("0 numbers · 0 providers · 0 WABAs"))
    #expect(screen.shows("✘ BLOCKED", "▲ LIMITED", "▲ AT RISK", "● AVAILABLE", "? UNKNOWN"))
    #expect(screen.hasLine("asking the accounts for their numbers"))
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `the first sweep has only begun`(width: Int, height: Int) {
    let screen = Stage.awaiting(512).after(.show(.tiles)).screen(width, height)
    #expect(screen.marks("?") == 512)
    #expect(screen.shows("0 of 512 polled", "512 numbers · 5 providers · 0 WABAs"))
    #expect(screen.shows("meta      direct", "kapso     acme", "graph     partner"))
    #expect(screen.doesNotShow("WHAT BROKE IT"))
    #expect(width == 80 || screen.shows("first sweep"))
  }

  @Test func `all fine is calm, in large letters`() {
    let screen = Stage.fine(40).after(.show(.tiles)).screen()
    #expect(screen.shows("██████  ██      ██          ██  ██  ██████      ██████  ██  ██"))
    #expect(screen.hasLine("● all 40: no fault reported"))
    #expect(screen.marks("●") == 40)
    #expect(screen.role(of: "██████") == .statusAvailable)
    #expect(screen.doesNotShow("WHAT BROKE IT"))
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `everything is old: nothing is explained but what isn't answered`(width: Int, height: Int) {
    let screen = Stage.stale.after(.show(.tiles)).screen(width, height)
    #expect(screen.header.contains("DATA 4m12s OLD"))
    #expect(screen.shows("? key rejected account india", "account direct"))
    #expect(screen.doesNotShow("✘ payment", "✘ WABA", "━ BLOCKED", "━ LIMITED", "━ AT RISK"))
    #expect(screen.marks("◌") == 54)
    #expect(screen.marks("✘") + screen.marks("▲") == 0)
  }

  @Test(arguments: [(80, 24), (120, 40), (160, 50), (40, 10)])
  func `two thousand numbers: one cause, one tile, marks by pages where they find no room`(
    width: Int,
    height: Int
  ) {
    let screen = Stage.numbers(2000).after(.show(.tiles)).screen(width, height)
    #expect(screen.shows("▲ quality yellow", "+12005550169"))
    switch width {
    case 40: #expect(screen.shows("page 1 of 14", "▲ 28  ● 1972"))
    case 80: #expect(screen.shows("page 1 of 4", "AT RISK  28", "the first restores 28 of 28"))
    default: #expect(screen.shows("AT RISK  28", "28 of 28"))
    }
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `ten thousand numbers: a tile per cause`(width: Int, height: Int) {
    let screen = Stage.numbers(10_000).after(.show(.tiles)).screen(width, height)
    #expect(screen.shows("WABA 20000099", "WABA 20000199", "▲ quality yellow", "141 numbers"))
    #expect(screen.shows("BLOCKED  100", "AT RISK  141", "page 1 of", "50 of 100"))
    #expect(screen.shows(">✘ 50 numbers"))
  }

  @Test func `the wall's pages take turns: tiles, causes, events`() {
    var stage = Stage.incident.after(.toggleWall)
    #expect(stage.screen(120, 40).shows("WHAT BROKE IT", "EVERY NUMBER"))
    for texts in [("NUMBERS HIT", "If fixed: 10 blocked → 1."), ("this run Nov 16", "CHANGE WHO")] {
      stage.now = stage.now + .seconds(20)
      stage.state.letTimePass(to: stage.now)
      let screen = stage.screen(120, 40)
      #expect(screen.header.hasPrefix(" wabatop   prod   60 numbers · 5 providers · 8 WABAs"))
      #expect(screen.header.hasSuffix("UTC"))
      #expect(screen.shows(texts.0, texts.1, "4/5 accounts answering"))
      #expect(screen.doesNotShow("? help"))
    }
  }

  @Test func `a wall with old data says so in its head`() {
    let screen = Stage.stale.after(.toggleWall).screen(160, 50)
    #expect(screen.header.contains("polled 4m12s ago · 4/5 accounts answering · DATA 4m12s OLD"))
    #expect(screen.shows("◌ STALE", "oldest 4m12s", "53 numbers", "6 numbers    31m"))
    #expect(screen.footer.hasPrefix(" wall mode · rotates every 20s · [tiles]  causes  events"))
  }

  /// Three WABAs without payment, and ten numbers that are blocked by themselves.
  private static let outage: Stage = {
    var state = ScreenState(now: .sample)
    let readings = (0..<400).map { index in
      let isSolo = index % 40 == 0
      let waba = HealthEntity.sample(
        "WABA",
        "\(2000 + index / 80)",
        "BLOCKED",
        errors: [.samplePayment]
      )
      let own = HealthEntity.sample(
        "PHONE_NUMBER",
        "9\(index)",
        "BLOCKED",
        infos: ["Not registered."]
      )
      let report = HealthReport.sample(
        "9\(index)",
        number: PhoneNumber.sampleText(index),
        name: "Shop \(index)",
        own: isSolo ? own : nil,
        waba: isSolo || index >= 240 ? .sample("WABA", "\(2000 + index / 80)") : waba
      )
      return Reading.sample(.sample("9\(index)"), .success(report))
    }
    state.receive(FleetUpdate(readings: readings, accounts: [.sample(.samples[0])]), at: .sample)
    return Stage(state).after(.show(.tiles))
  }()

  @Test(arguments: [(80, 24), (160, 50)])
  func `an outage has a tile per cause, and one for each that is bad alone`(
    width: Int,
    height: Int
  ) {
    let screen = Self.outage.screen(width, height)
    let wabas = (2000...2002).map { "✘ payment failed WABA \($0)" }
    #expect(wabas.allSatisfy { screen.shows($0) })
    #expect(screen.shows("✘ NUMBER +12005550100"))
    #expect(screen.shows("BLOCKED  244", "78 of 244", "Shop 40", "Shop 320"))
    #expect(screen.shows(">✘ Shop 0"))
    #expect(screen.marks("✘") == 244)
    #expect(screen.marks("●") == 156)
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `names in many scripts keep the tiles straight`(marks: Marks) throws {
    var state = ScreenState(now: .sample)
    let readings = String.sampleNames.enumerated().map { index, name in
      let report = HealthReport.sample(
        "9\(index)",
        number: PhoneNumber.sampleText(index),
        name: name,
        own: .sample("PHONE_NUMBER", "9\(index)", "LIMITED", infos: ["Not approved."])
      )
      return Reading.sample(.sample("9\(index)"), .success(report))
    }
    state.receive(FleetUpdate(readings: readings, accounts: [.sample(.samples[0])]), at: .sample)
    let screen = Stage(state).after(.show(.tiles)).screen(120, 40, marks)
    #expect(screen.shows("LIMITED  14", "fixing the first line restores 1 of 14"))
    let first = try #require(screen.line(of: marks.isASCII ? ">! " : ">▲ "))
    let edge = marks.isASCII ? "|" : "▌"
    for row in first..<(first + 6) {
      let cells = Array(screen.canvas.cells(row: row))
      let places = [2, 21, 40, 59, 78, 97].prefix(row < first + 4 ? 6 : 2)
      for place in places where (row, place) != (first, 2) {
        let sign = String(String.UnicodeScalarView(cells[place].glyph.scalars))
        #expect(sign == edge, "\(screen.testDescription)")
        #expect(cells[place].role == .statusLimited || cells[place].role == .historyLimited)
        #expect(cells[place - 1].glyph == .space)
      }
    }
  }
}
