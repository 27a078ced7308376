import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct TilesViewTests {
  private static func marks(in canvas: Canvas, _ sign: Character) -> Int {
    let lines = canvas.lines
    guard let heading = lines.firstIndex(where: { $0.contains("EVERY NUMBER") }) else { return 0 }
    return lines[(heading + 1)...].prefix { !$0.contains("JUST NOW") }.joined().count { $0 == sign }
  }

  @Test func `two thousand numbers are two thousand marks on one screen`() {
    let canvas = Stage.numbers(2000).after(.show(.tiles)).draw(160, 50)
    #expect(Self.marks(in: canvas, "●") + Self.marks(in: canvas, "▲") == 2000)
  }

  @Test func `the pages of ten thousand numbers show each once`() {
    var stage = Stage.numbers(10_000).after(.show(.tiles))
    stage.layOut(160, 50)
    let pages = stage.state.tiles.pages
    var seen = 0
    for _ in 0..<pages {
      let canvas = stage.draw(160, 50)
      for sign in "●▲✘" { seen += Self.marks(in: canvas, sign) }
      stage = stage.after(.move(.pageDown))
    }
    #expect(pages > 1)
    #expect(seen == 10_000)
  }

  @Test func `masked numbers are masked in every view`() {
    var state = ScreenState(now: SampleIncident.steps[0].moment, masksNumbers: true)
    for step in SampleIncident.steps { state.receive(step.update, at: step.moment) }
    state.letTimePass(to: .sample)
    let stage = Stage(state)
    let views = [
      stage, stage.after(.show(.tiles)), stage.after(.toggleWall), stage.after(.open),
      stage.after(.open, .move(.bottom)), stage.after(.open, .toggleZoom),
      stage.after(.open, .toggleAllFolds), stage.after(.pollSelected),
    ]
    for view in views {
      for marks in [Marks.unicode, .ascii] {
        let text = view.draw(200, 60, marks).lines.joined(separator: "\n")
        #expect(!text.contains("7700900"), "\(text)")
        #expect(!text.contains("7700 900"), "\(text)")
        #expect(
          text.contains(marks.isASCII ? "+44*******131" : "+44•••••••131")
            || view.state.shell.wall != nil
        )
      }
    }
  }

  @Test func `the wall asks before it quits, but never for ^C`() {
    let wall = Stage.incident.after(.toggleWall).state
    #expect(KeyMap.answer(to: .character("q"), in: wall) == .command(.askToQuit))
    #expect(KeyMap.answer(to: .control("c"), in: wall) == .command(.quit))
    #expect(KeyMap.answer(to: .character("w"), in: wall) == .command(.toggleWall))
    #expect(KeyMap.answer(to: .function(9), in: wall) == .command(.haltWall))
    let asked = Stage.incident.after(.toggleWall, .askToQuit)
    #expect(KeyMap.answer(to: .character("q"), in: asked.state) == .command(.quit))
    #expect(KeyMap.answer(to: .character("y"), in: asked.state) == .command(.quit))
    #expect(KeyMap.answer(to: .enter, in: asked.state) == .command(.haltWall))
    #expect(asked.draw(80, 24).lines[23].contains("Quit wabatop?"))
  }

  @Test func `a number that is chosen is in sight among a hundred tiles`() {
    var state = ScreenState(now: .sample)
    let readings = (0..<60).map { index in
      let own = HealthEntity.sample(
        "PHONE_NUMBER",
        "10\(index)",
        "BLOCKED",
        errors: [.samplePayment]
      )
      let report = HealthReport.sample("10\(index)", name: "Shop \(index)", own: own)
      return Reading.sample(.sample("10\(index)"), .success(report))
    }
    state.receive(FleetUpdate(readings: readings), at: .sample)
    var stage = Stage(state).after(.show(.tiles))
    stage.layOut(80, 24)
    stage = stage.after(.move(.bottom))
    let chosen = stage.draw(80, 24).lines.filter { $0.contains(">✘ ") }
    #expect(chosen.count == 1)
    #expect(chosen.first?.contains("Shop 59") == true)
  }

  @Test func `a click chooses the tile that is drawn there, a second one opens its tree`() throws {
    var stage = Stage.incident.after(.show(.tiles))
    let screen = stage.layOut(160, 50)
    let lines = screen.canvas.lines
    for name in ["Acme 8", "Initech Paris", "Globex 1"] {
      let row = try #require(
        lines.firstIndex { $0.contains("✘ \(name)") || $0.contains("▲ \(name)") }
      )
      let range = try #require(lines[row].firstRange(of: name))
      let column = lines[row].distance(from: lines[row].startIndex, to: range.lowerBound)
      let press = MouseEvent(.press, row: row, column: column)
      func command() -> Command? {
        screen.layout.command(for: press, in: stage.state)
      }
      _ = stage.state.perform(try #require(command()))
      #expect(stage.state.selectedRecord?.name == name)
      #expect(command() == .open)
    }
    let nowhere = MouseEvent(.press, row: 0, column: 0)
    #expect(screen.layout.command(for: nowhere, in: stage.state) == nil)
  }

  @Test func `figures that find no room give way to the counts`() {
    let canvas = Stage.numbers(2000).after(.show(.tiles)).draw(100, 50)
    #expect(canvas.lines[1].hasPrefix(" ✘ 0  ▲ 28") || canvas.lines[1].hasPrefix(" 2000 numbers"))
  }

  @Test(arguments: [0, 1, 23, 456, 7890, 10_000])
  func `digits stand beside each other`(value: Int) {
    #expect(BigText("\(value)").width == String(value).count * 4 - 1)
  }

  @Test func `a long sentence is cut at its first clause, and says that it is cut`() {
    #expect("Add a card. Make it the default.".clause(in: 40) == "Add a card. Make it the default")
    #expect(
      "The payment method has a fault: nothing is sent.".clause(in: 32)
        == "The payment method has a fault…"
    )
    // A clause alone would state something else.
    #expect("The number is not registered, so it can't send.".clause(in: 36).hasSuffix("…"))
    #expect("Unbreakable sentence here".clause(in: 10).count == 10)
  }
}
