import Canvas
import Health
import TestSupport
import Testing

@testable import Screens

@Suite struct TilesScreenTests {
  static let sizes = [(80, 24), (120, 40), (160, 50), (40, 10), (60, 12)]

  @Test(arguments: sizes)
  func `an incident`(width: Int, height: Int) {
    let stage = Stage.incident.after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-\(width)x\(height)")
  }

  @Test(arguments: sizes)
  func `the same in ASCII`(width: Int, height: Int) {
    let stage = Stage.incident.after(.show(.tiles))
    expectScreen(stage.draw(width, height, .ascii), "tiles-ascii-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `nothing is known yet`(width: Int, height: Int) {
    expectScreen(
      Stage.noData.after(.show(.tiles)).draw(width, height),
      "tiles-no-data-\(width)x\(height)"
    )
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `the first sweep has only begun`(width: Int, height: Int) {
    let stage = Stage.awaiting(512).after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-awaiting-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `all fine is calm`(width: Int, height: Int) {
    let stage = Stage.fine(40).after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-fine-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `everything is old`(width: Int, height: Int) {
    let stage = Stage.stale.after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-stale-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (120, 40), (160, 50), (40, 10)])
  func `two thousand numbers`(width: Int, height: Int) {
    let stage = Stage.numbers(2000).after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-2000-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `ten thousand numbers`(width: Int, height: Int) {
    let stage = Stage.numbers(10_000).after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-10000-\(width)x\(height)")
  }

  @Test func `a wall`() {
    expectScreen(Stage.incident.after(.toggleWall).draw(160, 50), "tiles-wall-160x50")
  }

  @Test func `the wall's other pages`() {
    var stage = Stage.incident.after(.toggleWall)
    for name in ["causes", "events"] {
      stage.now = stage.now + .seconds(20)
      stage.state.letTimePass(to: stage.now)
      expectScreen(stage.draw(120, 40), "tiles-wall-\(name)-120x40")
    }
  }

  @Test(arguments: [(80, 24), (160, 50)])
  func `an outage`(width: Int, height: Int) {
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
    let stage = Stage(state).after(.show(.tiles))
    expectScreen(stage.draw(width, height), "tiles-outage-\(width)x\(height)")
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `names in many scripts keep the tiles straight`(marks: Marks) {
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
    let stage = Stage(state).after(.show(.tiles))
    expectScreen(
      stage.draw(120, 40, marks),
      marks.isASCII ? "tiles-scripts-ascii-120x40" : "tiles-scripts-120x40"
    )
  }

  @Test func `a wall with old data and masked numbers`() {
    expectScreen(Stage.stale.after(.toggleWall).draw(160, 50), "tiles-wall-stale-160x50")
  }
}
